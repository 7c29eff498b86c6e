"""Links of sources: which are well formed, and what is said of the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.source_checks import link_fault


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org",
        "http://example.org/a/b.html?c=d&e=%20#f",
        "https://sub.example.co.uk:8443/",
        "https://web.archive.org/web/2021/https://example.org/",
        "https://bücher.example/ä",
        "https://10.1.2.3/x",
    ],
)
def test_link_well_formed_is_taken(link: str) -> None:
    """Any page of a site with a dot in its name is a link."""
    assert link_fault(link) is None


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("www.example.org", "begins with https://"),
        ("mailto:a@example.org", "begins with https://"),
        ("javascript:alert(1)", "begins with https://"),
        ("https://example.org/a b", "no spaces"),
        ("https://example.org/a\tb", "no spaces"),
        ("https://localhost/a", "a dot in it"),
        ("https://example.", "a dot in it"),
        ("https://.org", "a dot in it"),
        ("https:/example.org", "a dot in it"),
        ("https://[example.org", "no address"),
        ("https://example.org:port/", "no address"),
    ],
)
def test_link_malformed_is_told(link: str, fault: str) -> None:
    """What is wrong is said, with what would be right."""
    assert fault in (link_fault(link) or "")


@given(st.text(max_size=80))
def test_any_text_as_link_is_judged(text: str) -> None:
    """Whatever stands there, it is a link or a fault, and never a crash."""
    assert link_fault(text) is None or link_fault(f"https://{text}") != ""
