"""Previews of what people meet piece by piece: a pilot, a stage of the Roadmap, the map of the course, the sources."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from typing import Protocol

from markupsafe import Markup

from knowledge.facets import OVERVIEW
from knowledge.model import Knowledge, Pilot, PlanQuestion, Source, Stage
from knowledge.passage import Place
from review.preview_piece import Piece, make_piece
from telling.cards import Bubble
from telling.course_map import lesson_titles, theme_title, topic_title
from telling.pilots import compared_bubble, facet_bubble, name_shared
from telling.stages import (
    FIRST_MOVES,
    advice_bubble,
    advice_bubbles,
    example_bubble,
    help_bubble,
    opening_bubble,
    question_bubble,
    sources_of,
)
from telling.telegram import is_web_address, link_opening


class _Placed(Protocol):
    @property
    def place(self) -> Place: ...


def pilot_pieces(pilot: Pilot, knowledge: Knowledge) -> Iterator[Piece]:
    """Show each side of a pilot as it is told to who asks for it, and the pilot in a comparison that fits it wholly.

    Its story is material for lessons and answers, and is not told from here.
    """
    topic = knowledge.course.topics.get(pilot.id)
    for facet in knowledge.facets:
        if facet.key == OVERVIEW:
            continue
        bubble, sources = facet_bubble(pilot, facet, topic.about if topic else pilot.place_name)
        facts = pilot.facts.get(facet.key, ())
        line = facts[0].place.line if facts else pilot.place.line
        yield make_piece(f"when somebody asks: {facet.label}", line, bubble, sources)
    if pilot.compare:
        bubble, sources = compared_bubble(pilot, 1, name_shared(knowledge, pilot.compare))
        yield make_piece("in a comparison", pilot.place.line, bubble, sources)


def stage_pieces(stage: Stage, knowledge: Knowledge) -> Iterator[Piece]:
    """Show a stage from its opening to what helped elsewhere."""
    yield make_piece("opening", stage.purpose.place.line, opening_bubble(stage), stage.purpose.sources)
    for question in stage.questions:
        yield from _question(stage, question)
    advice, sources = advice_bubble(stage)
    yield make_piece("at the end of the stage", stage.place.line, advice, sources, _reading(stage, knowledge))
    for where, response, passages in (
        ("all tips", "utter_stage_tips", stage.tips),
        ("all pitfalls", "utter_stage_pitfalls", stage.pitfalls),
    ):
        line = passages[0].place.line if passages else stage.place.line
        for bubble in advice_bubbles(response, passages):
            yield make_piece(where, line, bubble, sources_of(passages))


def _question(stage: Stage, question: PlanQuestion) -> Iterator[Piece]:
    line, where = question.place.line, f"question: {question.key}"
    yield make_piece(where, line, question_bubble(stage, question), buttons=FIRST_MOVES)
    yield make_piece(f"{where}, what is meant", line, help_bubble(question), question.sources)
    yield make_piece(f"{where}, example", line, example_bubble(question), question.sources)


def _reading(stage: Stage, knowledge: Knowledge) -> list[str]:
    lessons = [f"Lesson: {knowledge.lessons[one].title}" for one in stage.lessons if one in knowledge.lessons]
    topics = [knowledge.course.topics[one] for one in (*stage.catalysts, *stage.pilots) if one in knowledge.entries]
    return [*lessons, *map(topic_title, topics)]


def map_pieces(knowledge: Knowledge) -> Iterator[Piece]:
    """Show the themes and their lessons as people choose among them, and the names of topics on buttons."""
    course = knowledge.course
    yield make_piece("which theme", 1, Bubble("utter_which_theme", {}), buttons=map(theme_title, course.themes))
    for theme in course.themes:
        bubble = Bubble("utter_lessons_of_theme", {"theme": theme.title, "question": theme.question})
        titles = [title for _, title in lesson_titles(knowledge, theme.id)]
        yield make_piece(f"theme: {theme.title}", _first_line(theme.lessons), bubble, buttons=titles)
        for plan in theme.lessons:
            yield _topics(knowledge, plan.id, f"answers of the lesson {plan.title}", plan.place.line)
    for group, told in (("roadmap", "the Roadmap"), ("pilot", "pilots"), ("about", "the tutor and the course")):
        named = [one for one in course.topics.values() if one.group == group]
        buttons = [topic_title(one) for one in named if one.id in knowledge.entries]
        choice = Bubble("utter_choose_topic", {})
        yield make_piece(f"answers about {told}, as buttons", _first_line(named), choice, buttons=buttons)


def _topics(knowledge: Knowledge, lesson_id: str, where: str, line: int) -> Piece:
    named = [one for one in knowledge.course.topics.values() if one.lesson == lesson_id and one.id in knowledge.entries]
    buttons = [topic_title(one) for one in named]
    return make_piece(f"{where}, as buttons", line, Bubble("utter_choose_topic", {}), buttons=buttons)


def _first_line(placed: Iterable[_Placed]) -> int:
    return next((one.place.line for one in placed), 1)


def source_pieces(knowledge: Knowledge) -> Iterator[Piece]:
    """Show each source as it stands under an answer: the same words at both doors."""
    for source in knowledge.sources.values():
        shown = Markup(_source(source))  # noqa: S704 - each part is escaped
        yield Piece(source.key, 1, shown, shown)


def _source(source: Source) -> str:
    title = html.escape(source.title)
    linked = f"{link_opening(source.url)}{title}</a>" if is_web_address(source.url) else title
    origin = html.escape(", ".join(one for one in (source.author, source.year) if one))
    return f"{linked} ({origin})" if origin else linked
