"""The tutor's Markdown becomes HTML of the few tags that Telegram knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.telegram.parcels import strip_marks
from telling.telegram import to_telegram
from tests.channels.telegram.stand_in import find_bad_mark

PIECES = [
    "**",
    "*",
    "`",
    "[",
    "](https://x.example)",
    "> ",
    "- ",
    "1. ",
    "\n",
    "\n\n",
    "    ",
    "<b>",
    "&lt;",
    "&",
    "# ",
]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("one *two* **three**", "one <i>two</i> <b>three</b>"),
        ("# A title\n\ntext", "<b>A title</b>\n\ntext"),
        ("one\ntwo", "one\ntwo"),
        ("Two:\n\n- one\n- **two**\n\nend", "Two:\n\n• one\n• <b>two</b>\n\nend"),
        ("1. one\n2. two", "1. one\n2. two"),
        ("3. **x**\n   why\n\n4. y", "3. <b>x</b>\nwhy\n4. y"),
        ("- a\n  - b\n- c", "• a\n   • b\n• c"),
        ("> said\n> > deep\n\nend", "<blockquote>said\n\ndeep</blockquote>\n\nend"),
        (">\n\nend", "end"),
        ("`a < b`", "<code>a &lt; b</code>"),
        ("```\na & b\n```", "<pre>a &amp; b</pre>"),
        ("[text](https://x.example/?a=1&b=2)", '<a href="https://x.example/?a=1&amp;b=2">text</a>'),
        ("[text](mailto:a@x.example)", "text"),
        ("[text](javascript:alert(1))", "[text](javascript:alert(1))"),
        ("[text](tg://user?id=1)", "text"),
        ("<b>bold</b> & <script>", "&lt;b&gt;bold&lt;/b&gt; &amp; &lt;script&gt;"),
        ("![a picture](https://x.example/p.png)", "a picture"),
    ],
)
def test_markdown_is_rendered_for_telegram(text: str, html: str) -> None:
    """What an author may write comes out as expected."""
    assert to_telegram(text) == html


@given(text=st.text(max_size=60) | st.lists(st.sampled_from(PIECES) | st.text("ab<>&", max_size=4)).map("".join))
def test_any_text_is_taken_by_telegram(text: str) -> None:
    """Whatever the text, its marks are known, closed in order, and nothing in it is taken for a mark."""
    assert find_bad_mark(to_telegram(text)) == ""


@given(words=st.lists(st.text("abcdef", min_size=1, max_size=6), min_size=1, max_size=6))
def test_words_can_be_had_without_marks(words: list[str]) -> None:
    """Taking the marks off again gives the words that were written."""
    html = to_telegram("\n\n".join(f"**{word}** & <{word}>" for word in words))

    assert strip_marks(html).split() == [part for word in words for part in (word, "&", f"<{word}>")]
