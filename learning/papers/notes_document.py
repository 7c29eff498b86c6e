"""The notebook as a paper: what a person wrote in the lessons, under what was asked. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from knowledge.model import Knowledge
from learning.notebook import Note
from learning.papers.document import Block, Document, Heading, Paragraph, Quote
from learning.papers.plain import opening
from learning.papers.words import say, say_date


def make_notes_document(knowledge: Knowledge, notes: Sequence[Note], made_on: date) -> Document:
    """Lay notes out by lesson, in the order in which they are given."""
    course = knowledge.course.title
    return Document(
        kind="notes",
        title=say("notes_title"),
        subtitle=say("notes_subtitle", course=course, date=say_date(made_on)),
        footer=say("footer", course=course),
        made_on=made_on,
        blocks=(Paragraph(say("notes_lead" if notes else "notes_empty")), *_lessons(knowledge, notes)),
    )


def _lessons(knowledge: Knowledge, notes: Sequence[Note]) -> Iterator[Block]:
    titles = {one.id: one.title for one in knowledge.course.lessons}
    asked = {
        (lesson.id, card.keep_as): opening(card.body.text)
        for lesson in knowledge.lessons.values()
        for card in lesson.cards
        if card.keep_as
    }
    for lesson_id, group in groupby(notes, key=lambda one: one.lesson_id):
        yield Heading(titles.get(lesson_id) or say("note_other"))
        for note in group:
            if question := asked.get((lesson_id, note.keep_as)):
                yield Paragraph(question, leads=True)
            yield Quote(note.text)
