"""Everything of the course that people read, piece by piece, with its place; and everything that cites a source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from knowledge.model import Card, Entry, Item, Knowledge, Lesson, Passage, Pilot, Place, Stage


@dataclass(frozen=True)
class Wording:
    """Texts that are sent as one message, and the name of the picture that is sent with them."""

    texts: tuple[str, ...]
    place: Place
    image: str | None = None

    @property
    def message(self) -> str:
        """The message, without what a door adds to it."""
        return "\n\n".join(text for text in self.texts if text)


def all_wordings(knowledge: Knowledge) -> Iterator[Wording]:
    """Yield all that people read; not the questions, in which people ask in their own words, nor titles of sources."""
    course = knowledge.course
    yield Wording((course.title, course.promise), course.place)
    for theme in course.themes:
        yield Wording((theme.title, theme.question), course.place)
    yield from (Wording((plan.title, plan.objective), plan.place) for plan in course.lessons)
    yield from (Wording((topic.title,), topic.place) for topic in course.topics.values())
    yield from chain.from_iterable(map(_in_lesson, knowledge.lessons.values()))
    yield from chain.from_iterable(map(_in_entry, knowledge.entries.values()))
    yield from chain.from_iterable(map(_in_pilot, knowledge.pilots.values()))
    yield from chain.from_iterable(map(_in_stage, knowledge.stages.values()))
    yield from (Wording((term.definition,), term.place) for term in knowledge.glossary)
    yield from (Wording((picture.title, picture.alt), picture.place) for picture in knowledge.pictures.values())
    yield from (Wording((one.text.text,), one.place) for one in knowledge.corrections)
    yield from (Wording((facet.label, facet.none), facet.place) for facet in knowledge.facets)
    yield from (Wording((one.ask, *one.values.values()), one.place) for one in knowledge.comparison)


def _in_lesson(lesson: Lesson) -> Iterator[Wording]:
    yield Wording((lesson.title, lesson.objective), lesson.place)
    for step in lesson.steps:
        yield from (_in_card(step),) if isinstance(step, Card) else _in_item(step)
    yield Wording((lesson.summary,), lesson.place)


def _in_card(card: Card) -> Wording:
    return Wording((card.title, card.body.text, card.note or ""), card.body.place, card.body.image)


def _in_item(item: Item) -> Iterator[Wording]:
    yield Wording((item.stem.text, *(option.text for option in item.options)), item.stem.place)
    yield Wording((item.hint, item.misconception or ""), item.stem.place)
    for option in item.options:
        yield Wording((option.feedback.text, option.misconception or ""), option.feedback.place)


def _in_entry(entry: Entry) -> Iterator[Wording]:
    yield Wording((entry.title,), entry.place)
    yield from map(_in_passage, _sections(entry))


def _sections(entry: Entry) -> tuple[Passage, ...]:
    sections = (entry.answer, entry.more, entry.simpler, entry.example)
    return tuple(passage for passage in sections if passage is not None)


def _in_passage(passage: Passage) -> Wording:
    return Wording((passage.text, passage.note or ""), passage.place, passage.image)


def _in_pilot(pilot: Pilot) -> Iterator[Wording]:
    yield Wording((pilot.title,), pilot.place)
    yield from map(_in_passage, (*chain.from_iterable(pilot.facts.values()), pilot.story))


def _in_stage(stage: Stage) -> Iterator[Wording]:
    yield Wording((stage.title,), stage.place)
    yield from map(_in_passage, (stage.purpose, *stage.tips, *stage.pitfalls))
    for question in stage.questions:
        yield Wording((question.ask, question.help, question.example, question.note or ""), question.place)


def all_citations(knowledge: Knowledge) -> Iterator[tuple[tuple[str, ...], Place]]:
    """Yield the keys of sources that stand at each place."""
    for lesson in knowledge.lessons.values():
        for item in lesson.items:
            yield from ((option.feedback.sources, option.feedback.place) for option in item.options)
            yield item.stem.sources, item.stem.place
        yield from ((card.body.sources, card.body.place) for card in lesson.cards)
    for entry in knowledge.entries.values():
        yield entry.sources, entry.place
        own = (passage for passage in _sections(entry) if passage.sources != entry.sources)
        yield from ((passage.sources, passage.place) for passage in own)
    for pilot in knowledge.pilots.values():
        facts = (*chain.from_iterable(pilot.facts.values()), pilot.story)
        yield from ((fact.sources, fact.place) for fact in facts)
        yield pilot.compare_sources, pilot.place
    for stage in knowledge.stages.values():
        yield from ((one.sources, one.place) for one in (stage.purpose, *stage.tips, *stage.pitfalls))
        yield from ((question.sources, question.place) for question in stage.questions)
    yield from ((one.text.sources, one.place) for one in knowledge.corrections)
    yield from ((term.sources, term.place) for term in knowledge.glossary)
    yield from ((picture.sources, picture.place) for picture in knowledge.pictures.values())
