"""The tutor's Markdown becomes safe HTML, and plain text for readers that show no marks."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telling.web import ALLOWED_TAGS, to_html, to_plain

LINK_ATTRIBUTES = {"href", "target", "rel", "title"}
LIST_ATTRIBUTES = {"start"}
SAFE_LINK = '<a href="https://example.org/a?b=1" target="_blank" rel="noopener noreferrer">text</a>'


class Parser(HTMLParser):
    """Collects the tags, attributes and words of an HTML text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag."""
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        """Take words."""
        self.words += data


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("one *two* **three**", "<p>one <em>two</em> <strong>three</strong></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("1. one\n2. two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
        ("3. three\n   why", '<ol start="3">\n<li>three<br>\nwhy</li>\n</ol>'),
        ("[text](https://example.org/a?b=1)", f"<p>{SAFE_LINK}</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
    ],
)
def test_markdown_is_rendered_as_html(text: str, html: str) -> None:
    """What an author may write comes out as expected."""
    assert to_html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "[text](javascript:alert(1))",
        "[text](JaVaScRiPt:alert(1))",
        "[text](&#106;avascript:alert(1))",
        "[text](data:text/html,<script>alert(1)</script>)",
        '[text](https://example.org "x\\" onclick=alert(1) y=\\"")',
        "![text](https://example.org/track.gif)",
        "<javascript:alert(1)>",
        '<a href="javascript:alert(1)">text</a>',
        "`<b>`",
    ],
)
def test_hostile_text_becomes_harmless_html(text: str) -> None:
    """Scripts, handlers, foreign pictures and links that run code are shown as text, or not at all."""
    parsed = Parser(to_html(text))

    assert parsed.tags <= {"p", "a", "code"}
    assert {name for name, _ in parsed.attributes} <= LINK_ATTRIBUTES
    assert all((value or "").startswith("https://") for name, value in parsed.attributes if name == "href")


@given(text=st.text(max_size=60) | st.text(alphabet="<>[]()!*_`#&;:/\"'= \n-ajavscriptonhef", max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_allowed_tags_only(text: str) -> None:
    """Whatever the text, the HTML holds allowed tags, and only attributes of a safe link and of a list."""
    parsed = Parser(to_html(text))

    assert parsed.tags <= ALLOWED_TAGS
    assert {name for name, _ in parsed.attributes} <= LINK_ATTRIBUTES | LIST_ATTRIBUTES
    assert not [value for name, value in parsed.attributes if name == "href" and "script:" in (value or "").lower()]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("", ""),
        ("**A story: One**\n\nTwo *three*.", "A story: One\n\nTwo three."),
        ("Two things:\n\n- one\n- **two**\n\nThree", "Two things:\n\n- one\n- two\n\nThree"),
        ("An order:\n\n1. **one**\n2. two", "An order:\n\n1. one\n2. two"),
        ("3. **three**\n   why\n\n4. four", "3. three\nwhy\n\n4. four"),
        ("one\ntwo", "one\ntwo"),
        ("> said\n\nlesson", "said\n\nlesson"),
        ("[text](https://example.org)", "text"),
        ("> ```\n> said\n> ```", "said"),
        ("    said", "said"),
    ],
)
def test_markdown_is_told_without_marks(text: str, plain: str) -> None:
    """A reader that shows no marks gets the words, with lists and paragraphs."""
    assert to_plain(text) == plain


words = st.text(alphabet="abcdefgh", min_size=1, max_size=8)


@given(parts=st.lists(words, min_size=1, max_size=6), marks=st.sampled_from(["{}", "*{}*", "**{}**", "- {}", "> {}"]))
@settings(max_examples=100, deadline=None)
def test_no_word_is_lost_in_either_form(parts: list[str], marks: str) -> None:
    """Marks go, words stay, in order."""
    text = "\n\n".join(marks.format(part) for part in parts)

    assert to_plain(text).replace("- ", "").split() == parts
    assert Parser(to_html(text)).words.split() == parts
