"""What a content file looks like to people: each bubble as the page shows it, and as Telegram does.

The bubbles are made by the same functions that the tutor speaks with, and filled into its own responses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.model import Correction, Entry, Item, Knowledge, Lesson, Passage, Term
from learning.ordering import letters, shown_options
from review.preview_course import map_pieces, pilot_pieces, source_pieces, stage_pieces
from review.preview_piece import Piece, make_piece
from telling.cards import Bubble, card_bubbles, passage_texts

SECTIONS = ("answer", "more", "simpler", "example")
ITEM_RESPONSES = {"several right": "utter_item_several", "put in order": "utter_item_order"}
PIECES_SHOWN = 400


def preview(knowledge: Knowledge, path: str) -> list[Piece]:
    """Show what a file of the content says.

    Args:
        knowledge: The content as it would be.
        path: The file, named as in ``knowledge``.

    Returns:
        Its bubbles in their order; none for a file that is not told in bubbles.
    """
    if path == "glossary.yml":
        return list(_terms(knowledge.glossary))[:PIECES_SHOWN]
    if path == "corrections.yml":
        return list(_corrections(knowledge.corrections))[:PIECES_SHOWN]
    if path == "course.yml":
        return list(map_pieces(knowledge))[:PIECES_SHOWN]
    if path == "sources.yml":
        return list(source_pieces(knowledge))
    entries = [one for one in knowledge.entries.values() if one.place.file == path]
    lessons = [one for one in knowledge.lessons.values() if one.place.file == path]
    return [
        *(piece for entry in entries for piece in _entry(entry, knowledge)),
        *(piece for lesson in lessons for piece in _lesson(lesson)),
        *(
            piece
            for one in knowledge.pilots.values()
            if one.place.file == path
            for piece in pilot_pieces(one, knowledge)
        ),
        *(
            piece
            for one in knowledge.stages.values()
            if one.place.file == path
            for piece in stage_pieces(one, knowledge)
        ),
    ]


def _entry(entry: Entry, knowledge: Knowledge) -> Iterator[Piece]:
    pilot = knowledge.course.topics.get(entry.example_pilot or "")
    for section in SECTIONS:
        passage: Passage | None = getattr(entry, section)
        if passage is None or not passage.text:
            continue
        response = "utter_example" if section == "example" and pilot else "utter_answer"
        for text in passage_texts(passage):
            values = {"passage": text, "place": pilot.about if pilot else ""}
            yield make_piece(section, passage.place.line, Bubble(response, values), passage.sources)


def _lesson(lesson: Lesson) -> Iterator[Piece]:
    for step in lesson.steps:
        if isinstance(step, Item):
            yield from _item(step)
            continue
        for bubble in card_bubbles(step):
            yield make_piece(f"{step.kind}: {step.title}", step.body.place.line, bubble, step.body.sources)
    if lesson.summary:
        yield make_piece("summary", 1, Bubble("utter_answer", {"passage": lesson.summary}))


def _item(item: Item) -> Iterator[Piece]:
    named = letters(item)
    options = [f"{named.get(option.key, '?')}. {option.text}" for option in shown_options(item)]
    asked = Bubble(ITEM_RESPONSES.get(item.kind, "utter_item"), {"stem": item.stem.text, "example": "B A"})
    yield make_piece(f"question: {item.key}", item.stem.place.line, asked, item.stem.sources, options)
    for option in item.options:
        told, letter = option.feedback, named.get(option.key, "?")
        response = "utter_graded_right" if option.is_right else "utter_graded_wrong"
        if told.text:
            bubble = Bubble(response, {"feedback": f"**{letter}. {option.text}**\n\n{told.text}"})
            yield make_piece(f"when somebody takes {letter}", told.place.line, bubble, told.sources)
    if item.hint:
        yield make_piece("hint", item.stem.place.line, Bubble("utter_hint", {"hint": item.hint}))


def _terms(glossary: Iterable[Term]) -> Iterator[Piece]:
    for term in glossary:
        values = {"term": term.term, "definition": term.definition}
        yield make_piece(term.term, term.place.line, Bubble("utter_definition", values), term.sources)


def _corrections(corrections: Iterable[Correction]) -> Iterator[Piece]:
    for one in corrections:
        yield make_piece(one.id, one.place.line, Bubble("utter_answer", {"passage": one.text.text}), one.text.sources)


__all__ = ["Piece", "preview"]
