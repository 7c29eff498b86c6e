"""Reading what is data: the course map, pilots, glossary, sources, and topics that are planned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from knowledge.course_map import Criterion
from knowledge.errors import Problem
from knowledge.markup import parse_yaml, read_text
from knowledge.model import FACETS, Course, LessonPlan, Passage, Pilot, Place, Source, Term, Theme, Topic
from knowledge.report import Report

PLANNED_LESSONS = "lessons"
Planned = tuple[dict[str, tuple[str, ...]], tuple[str, ...], dict[str, Place], list[Problem]]


def read_course(path: Path, file: str) -> tuple[Course, list[Problem]]:
    """Read the map of the course: themes, lessons, topics, stages of the roadmap, pilots."""
    report, data = Report(file), parse_yaml(read_text(path, file), file)
    topics: dict[str, Topic] = {}
    themes: list[Theme] = []
    for theme in report.rows(data, "themes"):
        theme_id = report.text(theme, "id")
        plans: list[LessonPlan] = []
        for lesson in report.rows(theme, "lessons"):
            plan = LessonPlan(
                report.text(lesson, "id"),
                report.text(lesson, "title"),
                report.text(lesson, "objective"),
                theme_id,
                Place(file, report.line(lesson, "id")),
            )
            if plan.id in {one.id for one in (*plans, *(other for before in themes for other in before.lessons))}:
                report.add(report.line(lesson, "id"), f"lesson '{plan.id}' stands twice; keep one")
            plans.append(plan)
            _add_topics(topics, report.rows(lesson, "topics"), theme_id, plan.id, report)
        if theme_id in {one.id for one in themes}:
            report.add(report.line(theme, "id"), f"theme '{theme_id}' stands twice; keep one")
        themes.append(Theme(theme_id, report.text(theme, "title"), report.text(theme, "question"), tuple(plans)))
    roadmap = report.mapping(data, "roadmap")
    stages = _add_topics(topics, report.rows(roadmap, "stages"), "roadmap", None, report)
    _add_topics(topics, report.rows(roadmap, "topics"), "roadmap", None, report)
    _add_topics(topics, report.rows(data, "pilots"), "pilot", None, report, about="place")
    _add_topics(topics, report.rows(data, "about"), "about", None, report)
    course = Course(
        title=report.text(data, "title"),
        origin=report.text(data, "origin"),
        promise=report.text(data, "promise"),
        themes=tuple(themes),
        topics=topics,
        stages=stages,
        place=Place(file, 1),
        certificate=_read_criterion(data, report),
    )
    return course, report.problems


def _read_criterion(data: Any, report: Report) -> Criterion:
    """Read what a certificate asks for; ``lessons: all`` is no number."""
    values = report.mapping(data, "certificate")
    if not values:
        report.add(
            report.line(data, "certificate"), "no certificate; write certificate: with lessons and score_percent"
        )
        return Criterion()
    lessons, place = values.get("lessons"), Place(report.file, report.line(data, "certificate"))
    is_all = str(lessons).strip().lower() == "all"
    if not is_all and not isinstance(lessons, int):
        report.add(report.line(values, "lessons"), "lessons must be all, or a whole number, such as lessons: 20")
        is_all = True
    asked = None if is_all else report.number(values, "lessons")
    return Criterion(asked, report.number(values, "score_percent"), place)


def _add_topics(
    topics: dict[str, Topic], rows: list[Any], group: str, lesson: str | None, report: Report, about: str = "about"
) -> tuple[str, ...]:
    """Add the topics of some rows to the others; their ids are returned."""
    added = []
    for row in rows:
        place = Place(report.file, report.line(row, "id"))
        topic = Topic(report.text(row, "id"), report.text(row, "title"), report.text(row, about), group, lesson, place)
        if topic.id in topics:
            report.add(place.line, f"topic '{topic.id}' stands twice; keep one")
        topics[topic.id] = topic
        added.append(topic.id)
    return tuple(added)


def read_pilot(path: Path, file: str) -> tuple[Pilot, list[Problem]]:
    """Read what one pilot did."""
    report, data = Report(file), parse_yaml(read_text(path, file), file)
    facts = report.mapping(data, "facts")
    for facet in facts:
        if facet not in FACETS:
            report.add(report.line(facts, facet), f"'{facet}' is not a list of facts; use {', '.join(FACETS)}")
    for facet in FACETS:
        if facet not in facts:
            report.add(report.line(data, "facts"), f"no list '{facet}'; write {facet}: [] if the sources do not say")
    compare = report.mapping(data, "compare")
    pilot = Pilot(
        id=report.text(data, "id"),
        title=report.text(data, "title"),
        place_name=report.text(data, "place"),
        country=report.text(data, "country"),
        years=report.text(data, "years"),
        facts={facet: _read_facts(report.rows(facts, facet), report) for facet in FACETS},
        story=Passage(
            report.text(data, "story"), report.texts(data, "story_sources"), Place(file, report.line(data, "story"))
        ),
        place=Place(file, 1),
        compare=_read_likeness(compare, report),
        compare_sources=report.texts(data, "compare_sources", optional=True),
        compare_places={str(key): Place(file, report.line(compare, key)) for key in compare},
    )
    return pilot, report.problems


def _read_likeness(values: Any, report: Report) -> dict[str, tuple[str, ...]]:
    """Read the attributes of a pilot; one value may stand without brackets."""
    is_list = {key: isinstance(values[key], list) for key in values}
    return {str(key): report.texts(values, key) if is_list[key] else (report.text(values, key),) for key in values}


def _read_facts(rows: list[Any], report: Report) -> tuple[Passage, ...]:
    return tuple(
        Passage(report.text(row, "text"), report.texts(row, "sources"), Place(report.file, report.line(row, "text")))
        for row in rows
    )


def read_glossary(path: Path, file: str) -> tuple[tuple[Term, ...], list[Problem]]:
    """Read the words of the field."""
    report, data = Report(file), parse_yaml(read_text(path, file), file, kind=list)
    terms = tuple(
        Term(
            term=report.text(row, "term"),
            also=report.texts(row, "also", optional=True),
            definition=report.text(row, "definition"),
            sources=report.texts(row, "sources", optional=True),
            topic=report.text(row, "topic", optional=True) or None,
            place=Place(file, report.line(row, "term")),
        )
        for row in report.mappings(data)
    )
    return terms, report.problems


def read_sources(path: Path, file: str) -> tuple[dict[str, Source], dict[str, Place], list[Problem]]:
    """Read what is cited, by key, with the place of each."""
    report, data = Report(file), parse_yaml(read_text(path, file), file)
    sources = {str(key): _read_source(key, data, report) for key in data}
    return sources, {str(key): Place(file, report.line(data, key)) for key in data}, report.problems


def _read_source(key: Any, data: Any, report: Report) -> Source:
    row = data[key]
    if not isinstance(row, dict):
        report.add(report.line(data, key), f"{key} must hold title, author, year and url")
        return Source(str(key), "", "", "", "")
    return Source(
        str(key),
        report.text(row, "title"),
        report.text(row, "author"),
        report.text(row, "year", optional=True),
        report.text(row, "url", optional=True),
    )


def read_planned(path: Path, file: str) -> Planned:
    """Read what is not written yet: the questions about each topic, the ids of lessons, and the place of each key."""
    report, data = Report(file), parse_yaml(read_text(path, file), file)
    questions = {str(key): report.texts(data, key) for key in data if key != PLANNED_LESSONS}
    lessons = report.texts(data, PLANNED_LESSONS, optional=True)
    return questions, lessons, {str(key): Place(file, report.line(data, key)) for key in data}, report.problems
