"""Reading what helps to take a question rightly: places, facets of pilots, languages, false premises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from knowledge.errors import Problem
from knowledge.markup import parse_yaml, read_text
from knowledge.model import Correction, Facet, Passage, Place, Places
from knowledge.report import Report


def read_places(path: Path, file: str) -> tuple[Places, list[Problem]]:
    """Read the names by which people mean a pilot, and the places where there was none."""
    report, data = Report(file), parse_yaml(read_text(path, file), file)
    pilots: dict[str, tuple[str, ...]] = {}
    own = report.mapping(data, "pilots")
    for topic in own:
        pilots |= dict.fromkeys(report.texts(own, topic), (str(topic),))
    for row in report.rows(data, "several"):
        pilots |= dict.fromkeys(report.texts(row, "names"), report.texts(row, "pilots"))
    elsewhere = report.mapping(data, "elsewhere")
    countries = {name: str(country) for country in elsewhere for name in (country, *report.texts(elsewhere, country))}
    told = report.text(data, "told_of_elsewhere")
    return Places(pilots, countries, told, Place(file, 1)), report.problems


def read_facets(path: Path, file: str) -> tuple[tuple[Facet, ...], list[Problem]]:
    """Read what people ask about a pilot."""
    report, data = Report(file), parse_yaml(read_text(path, file), file)
    rows = {str(key): report.mapping(data, key) for key in data}
    facets = tuple(
        Facet(
            key,
            report.text(row, "label"),
            report.text(row, "none", optional=True),
            report.texts(row, "in_place"),
            report.texts(row, "questions"),
            Place(file, report.line(data, key)),
        )
        for key, row in rows.items()
    )
    return facets, report.problems


def read_languages(path: Path, file: str) -> tuple[dict[str, str], list[Problem]]:
    """Read what is said to people who write in another language, by its ISO 639-1 code."""
    report, data = Report(file), parse_yaml(read_text(path, file), file)
    return {str(code): report.text(data, code) for code in data}, report.problems


def read_refusals(path: Path, file: str) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """Read examples of what the course does not cover, by kind."""
    report, data = Report(file), parse_yaml(read_text(path, file), file)
    return {str(kind): report.texts(data, kind) for kind in data}, report.problems


def read_practice(path: Path, file: str) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], list[Problem]]:
    """Read questions that no answer lists as its own, each with the topics that answer it, best first."""
    report, data = Report(file), parse_yaml(read_text(path, file), file, kind=list)
    rows = report.mappings(data)
    return tuple((report.text(row, "question"), report.texts(row, "topics")) for row in rows), report.problems


def read_evaluation(path: Path, file: str) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], list[Problem]]:
    """Read questions that models are judged by, each with its topics; one without ought to be refused.

    There need not be such a file: the desk begins it.
    """
    if not path.exists():
        return (), []
    report, data = Report(file), parse_yaml(read_text(path, file), file, kind=list)
    rows = report.mappings(data)
    return tuple(
        (report.text(row, "question"), report.texts(row, "topics", optional=True)) for row in rows
    ), report.problems


def read_corrections(path: Path, file: str) -> tuple[tuple[Correction, ...], list[Problem]]:
    """Read false premises, each with what is true instead."""
    report, data = Report(file), parse_yaml(read_text(path, file), file, kind=list)
    return tuple(_read_correction(row, report) for row in report.mappings(data)), report.problems


def _read_correction(row: Any, report: Report) -> Correction:
    place = Place(report.file, report.line(row, "id"))
    return Correction(
        id=report.text(row, "id"),
        text=Passage(report.text(row, "text"), report.texts(row, "sources"), place),
        topics=report.texts(row, "topics", optional=True),
        questions=report.texts(row, "questions"),
        place=place,
    )
