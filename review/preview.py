"""What a content file looks like to people: each bubble as the page shows it, and as Telegram does.

The bubbles are made by the same functions that the tutor speaks with, and filled into its own responses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nh3
from markupsafe import Markup

from knowledge.markup import parse_yaml
from knowledge.model import Correction, Entry, Item, Knowledge, Lesson, Passage, Term
from learning.ordering import letters, shown_options
from settings import ROOT
from telling.cards import Bubble, card_bubbles, passage_texts
from telling.telegram import TAGS, to_telegram
from telling.web import to_html

SECTIONS = ("answer", "more", "simpler", "example")
ITEM_RESPONSES = {"several right": "utter_item_several", "put in order": "utter_item_order"}
PIECES_SHOWN = 400


@dataclass(frozen=True)
class Piece:
    """One bubble. ``line`` is where it stands in the file; ``buttons`` are those that the content names."""

    where: str
    line: int
    web: Markup
    telegram: Markup
    sources: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()


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
    entries = [one for one in knowledge.entries.values() if one.place.file == path]
    lessons = [one for one in knowledge.lessons.values() if one.place.file == path]
    return [
        *(piece for entry in entries for piece in _entry(entry, knowledge)),
        *(piece for lesson in lessons for piece in _lesson(lesson)),
    ]


def _piece(where: str, line: int, bubble: Bubble, sources: Iterable[str] = (), buttons: Iterable[str] = ()) -> Piece:
    text = _responses()[bubble.response].format_map(bubble.values)
    shown = nh3.clean(to_telegram(text), tags=set(TAGS), attributes={"a": {"href"}})
    return Piece(where, line, Markup(to_html(text)), Markup(shown), tuple(sources), tuple(buttons))  # noqa: S704 - clean


@lru_cache(maxsize=1)
def _responses(file: Path = ROOT / "domain.yml") -> dict[str, str]:
    """Read what the tutor says, by the name of each response: the first of its variants."""
    responses = parse_yaml(file.read_text(encoding="utf-8"), file.name)["responses"]
    return {str(name): str(variants[0].get("text", "")) for name, variants in responses.items()}


def _entry(entry: Entry, knowledge: Knowledge) -> Iterator[Piece]:
    pilot = knowledge.course.topics.get(entry.example_pilot or "")
    for section in SECTIONS:
        passage: Passage | None = getattr(entry, section)
        if passage is None or not passage.text:
            continue
        response = "utter_example" if section == "example" and pilot else "utter_answer"
        for text in passage_texts(passage):
            values = {"passage": text, "place": pilot.about if pilot else ""}
            yield _piece(section, passage.place.line, Bubble(response, values), passage.sources)


def _lesson(lesson: Lesson) -> Iterator[Piece]:
    for step in lesson.steps:
        if isinstance(step, Item):
            yield from _item(step)
            continue
        for bubble in card_bubbles(step):
            yield _piece(f"{step.kind}: {step.title}", step.body.place.line, bubble, step.body.sources)
    if lesson.summary:
        yield _piece("summary", 1, Bubble("utter_answer", {"passage": lesson.summary}))


def _item(item: Item) -> Iterator[Piece]:
    named = letters(item)
    options = [f"{named.get(option.key, '?')}. {option.text}" for option in shown_options(item)]
    asked = Bubble(ITEM_RESPONSES.get(item.kind, "utter_item"), {"stem": item.stem.text, "example": "B A"})
    yield _piece(f"question: {item.key}", item.stem.place.line, asked, item.stem.sources, options)
    for option in item.options:
        told, letter = option.feedback, named.get(option.key, "?")
        response = "utter_graded_right" if option.is_right else "utter_graded_wrong"
        if told.text:
            bubble = Bubble(response, {"feedback": f"**{letter}. {option.text}**\n\n{told.text}"})
            yield _piece(f"when somebody takes {letter}", told.place.line, bubble, told.sources)
    if item.hint:
        yield _piece("hint", item.stem.place.line, Bubble("utter_hint", {"hint": item.hint}))


def _terms(glossary: Iterable[Term]) -> Iterator[Piece]:
    for term in glossary:
        values = {"term": term.term, "definition": term.definition}
        yield _piece(term.term, term.place.line, Bubble("utter_definition", values), term.sources)


def _corrections(corrections: Iterable[Correction]) -> Iterator[Piece]:
    for one in corrections:
        yield _piece(one.id, one.place.line, Bubble("utter_answer", {"passage": one.text.text}), one.text.sources)
