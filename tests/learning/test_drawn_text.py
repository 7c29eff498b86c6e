"""Text in drawings cannot become markup."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from hypothesis import given
from hypothesis import strategies as st

from learning.drawn_text import safe, shorten


@given(text=st.text())
def test_safe_text_is_one_text(text: str) -> None:
    """Whatever is written, an XML reader finds one text and no element."""
    root = ElementTree.fromstring(f"<t>{safe(text)}</t>")

    assert len(root) == 0
    assert (root.text or "") == "".join(char for char in text if char.isprintable() or char == " ")


@given(text=st.text(), limit=st.integers(1, 40))
def test_short_text_is_never_too_long(text: str, limit: int) -> None:
    """What fits stays, and what is cut says so."""
    short = shorten(text, limit)

    assert len(short) <= limit
    assert short == text or short.endswith("…")
