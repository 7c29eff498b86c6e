"""The notebook's paper holds every note under its lesson."""

from __future__ import annotations

from learning.notebook import Note
from learning.papers.document import Heading, Paragraph, Quote
from learning.papers.notes_document import make_notes_document
from learning.papers.plain import opening
from learning.papers.words import say
from tests.learning.papers.samples import ARABIC, ENGLISH, TODAY, the_course


def test_notes_stand_under_their_lesson_with_what_was_asked() -> None:
    """The lesson's title, the question of the reflection, and the words as written."""
    lesson = next(one for one in the_course().lessons.values() if any(card.keep_as for card in one.cards))
    card = next(card for card in lesson.cards if card.keep_as)
    note = Note(1, lesson.id, card.keep_as or "", ARABIC)

    blocks = make_notes_document(the_course(), [note], TODAY).blocks

    assert blocks[1:] == (Heading(lesson.title), Paragraph(opening(card.body.text), leads=True), Quote(ARABIC))


def test_note_of_a_lesson_that_is_gone_is_kept() -> None:
    """Nothing that was written is lost when the course changes."""
    blocks = make_notes_document(the_course(), [Note(1, "gone.lesson", "own", ENGLISH)], TODAY).blocks

    assert blocks[1:] == (Heading(say("note_other")), Quote(ENGLISH))


def test_empty_notebook_says_how_to_fill_it() -> None:
    """Without a note there is one kind sentence."""
    assert make_notes_document(the_course(), [], TODAY).blocks == (Paragraph(say("notes_empty")),)
