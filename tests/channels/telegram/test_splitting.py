"""Cutting HTML to what Telegram takes: each piece is whole by itself, and no word is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.telegram.parcels import strip_marks
from channels.telegram.splitting import count_units, split_html
from tests.channels.telegram.stand_in import find_bad_mark

LIMIT = 64
inline = st.text("ab. !?👍&<>\n", min_size=1, max_size=80).map(lambda text: text.replace("&", "&amp;"))
plain = inline.map(lambda text: text.replace("<", "&lt;").replace(">", "&gt;"))
marked = st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["b", "i", "code", "blockquote"]), plain)
linked = plain.map(lambda text: f'<a href="https://x.example">{text}</a>')
texts = st.lists(plain | marked | linked, max_size=6).map("".join)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        (" \n", []),
        ("<b></b>", []),
        ("short", ["short"]),
        ("One here. Two there. Three", ["One here. Two there.", "Three"]),
        ("One two three four\n\nfive six", ["One two three four", "five six"]),
        ("<b>One here now. Two</b>", ["<b>One here now.</b>", "<b>Two</b>"]),
        ("abcdefghijklmnopqrstuvwxyz", ["abcdefghijklmnopqrstuv", "wxyz"]),
        ('<a href="https://x.example">  &lt;</a><b>&lt;</b>', ['<a href="https://x.example">&lt;</a>', "<b>&lt;</b>"]),
        ("👍" * 12, ["👍" * 11, "👍"]),
        ("a &amp; b &lt; c &gt; d &amp; e", ["a &amp; b &lt; c &gt;", "d &amp; e"]),
    ],
)
def test_text_is_cut_at_the_best_place(text: str, pieces: list[str]) -> None:
    """After a paragraph, a sentence or a word, and within a word only if there is no other way."""
    assert split_html(text, 22) == pieces


@given(text=texts)
def test_pieces_fit_are_whole_and_lose_nothing(text: str) -> None:
    """Each piece is within the limit, its marks are closed, and all signs but blanks stay in order."""
    pieces = split_html(text, LIMIT)

    assert all(count_units(piece) <= LIMIT for piece in pieces)
    assert all(find_bad_mark(piece) == "" and strip_marks(piece).strip() for piece in pieces)
    assert "".join("".join(map(strip_marks, pieces)).split()) == "".join(strip_marks(text).split())
