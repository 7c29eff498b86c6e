"""Reading what a person wants done with a note."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.note_words import NoteWish, is_about_a_note, read_note_wish


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("my notes", NoteWish("list")),
        ("what did i write", NoteWish("list")),
        ("delete note 2", NoteWish("delete", 2)),
        ("please remove the third one of my notes", NoteWish("delete", 3)),
        ("erase that reflection", NoteWish("delete")),
        ("change my last note", NoteWish("change", -1)),
        ("edit note 4 pls", NoteWish("change", 4)),
        ("open note 3", NoteWish("open", 3)),
        ("note 12", NoteWish("open", 12)),
        ("read me my second note", NoteWish("open", 2)),
        ("more notes", NoteWish("list", turn=1)),
        ("next page of my notes", NoteWish("list", turn=1)),
        ("show me the notes that I made in lesson 2", NoteWish("list")),
        ("delete what i wrote in the first lesson", NoteWish("delete")),
        ("previous notes", NoteWish("list", turn=-1)),
    ],
)
def test_wish_about_notes_is_read(text: str, wish: NoteWish) -> None:
    """Deleting, changing, opening and turning pages, with the number that was named."""
    assert read_note_wish(text) == wish


@pytest.mark.parametrize(
    ("text", "is_about"),
    [("delete it", True), ("change that one", True), ("what is co-creation", False), ("we changed our town", False)],
)
def test_text_about_the_open_note_is_told_apart(text: str, is_about: bool) -> None:
    """Only a wish to change or delete something is about the note that is open."""
    assert is_about_a_note(text) is is_about


@given(st.text(max_size=60))
def test_any_text_gives_a_wish(text: str) -> None:
    """Whatever is typed, there is one of the four wishes, and a number is never zero or below the last."""
    wish = read_note_wish(text)

    assert wish.wish in ("list", "open", "change", "delete")
    assert wish.number is None or wish.number >= -1
