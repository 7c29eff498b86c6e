"""Reading what is data: the course map, pilots, glossary, sources, and topics that are planned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from knowledge.errors import Problem
from knowledge.markup import parse_yaml
from knowledge.model import FACETS, Course, LessonPlan, Passage, Pilot, Place, Source, Term, Theme, Topic
from knowledge.report import Report

Read = tuple[Any, list[Problem]]


def read_course(path: Path, file: str) -> tuple[Course, list[Problem]]:
    """Read the map of the course: themes, lessons, topics, stages of the roadmap, pilots."""
    report, data = Report(file), parse_yaml(path.read_text(encoding="utf-8"), file)
    topics: dict[str, Topic] = {}
    themes = []
    for theme in data.get("themes") or []:
        theme_id = report.text(theme, "id")
        plans = []
        for lesson in theme.get("lessons") or []:
            plan = LessonPlan(
                report.text(lesson, "id"), report.text(lesson, "title"), report.text(lesson, "objective"), theme_id
            )
            plans.append(plan)
            _add_topics(topics, lesson.get("topics"), theme_id, plan.id, report)
        themes.append(Theme(theme_id, report.text(theme, "title"), report.text(theme, "question"), tuple(plans)))
    roadmap = data.get("roadmap") or {}
    _add_topics(topics, [*(roadmap.get("stages") or []), *(roadmap.get("topics") or [])], "roadmap", None, report)
    _add_topics(topics, data.get("pilots"), "pilot", None, report, about="place")
    course = Course(
        report.text(data, "title"), report.text(data, "origin"), report.text(data, "promise"), tuple(themes), topics
    )
    return course, report.problems


def _add_topics(
    topics: dict[str, Topic], rows: Any, group: str, lesson: str | None, report: Report, about: str = "about"
) -> None:
    for row in rows or []:
        topic = Topic(report.text(row, "id"), report.text(row, "title"), report.text(row, about), group, lesson)
        if topic.id in topics:
            report.add(report.line(row, "id"), f"topic '{topic.id}' stands twice; keep one")
        topics[topic.id] = topic


def read_pilot(path: Path, file: str) -> tuple[Pilot, list[Problem]]:
    """Read what one pilot did."""
    report, data = Report(file), parse_yaml(path.read_text(encoding="utf-8"), file)
    facts = data.get("facts") or {}
    for facet in facts:
        if facet not in FACETS:
            report.add(report.line(facts, facet), f"'{facet}' is not a list of facts; use {', '.join(FACETS)}")
    for facet in FACETS:
        if facet not in facts:
            report.add(report.line(data, "facts"), f"no list '{facet}'; write {facet}: [] if the sources do not say")
    pilot = Pilot(
        id=report.text(data, "id"),
        title=report.text(data, "title"),
        place_name=report.text(data, "place"),
        country=report.text(data, "country"),
        years=report.text(data, "years"),
        facts={facet: _read_facts(facts.get(facet), report) for facet in FACETS},
        story=Passage(
            report.text(data, "story"), report.texts(data, "story_sources"), Place(file, report.line(data, "story"))
        ),
        place=Place(file, 1),
    )
    return pilot, report.problems


def _read_facts(rows: Any, report: Report) -> tuple[Passage, ...]:
    return tuple(
        Passage(report.text(row, "text"), report.texts(row, "sources"), Place(report.file, report.line(row, "text")))
        for row in rows or []
    )


def read_glossary(path: Path, file: str) -> tuple[tuple[Term, ...], list[Problem]]:
    """Read the words of the field."""
    report, data = Report(file), parse_yaml(path.read_text(encoding="utf-8"), file)
    terms = tuple(
        Term(
            term=report.text(row, "term"),
            also=report.texts(row, "also", optional=True),
            definition=report.text(row, "definition"),
            sources=report.texts(row, "sources", optional=True),
            topic=report.text(row, "topic", optional=True) or None,
            place=Place(file, report.line(row, "term")),
        )
        for row in data
    )
    return terms, report.problems


def read_sources(path: Path, file: str) -> tuple[dict[str, Source], dict[str, Place], list[Problem]]:
    """Read what is cited, by key, with the place of each."""
    report, data = Report(file), parse_yaml(path.read_text(encoding="utf-8"), file)
    sources = {
        key: Source(
            key,
            report.text(row, "title"),
            report.text(row, "author"),
            report.text(row, "year", optional=True),
            report.text(row, "url", optional=True),
        )
        for key, row in data.items()
    }
    return sources, {key: Place(file, report.line(data, key)) for key in data}, report.problems


def read_planned(path: Path, file: str) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """Read the questions about topics that are not written yet."""
    report, data = Report(file), parse_yaml(path.read_text(encoding="utf-8"), file)
    return {topic: report.texts(data, topic) for topic in data}, report.problems
