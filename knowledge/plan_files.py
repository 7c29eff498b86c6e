"""Reading what a person's own project is planned and compared with: stages of the Roadmap, attributes of services."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from knowledge.errors import Problem
from knowledge.markup import parse_yaml, read_text
from knowledge.model import Attribute, Passage, Place, PlanQuestion, Stage
from knowledge.report import Report


def read_comparison(path: Path, file: str) -> tuple[tuple[Attribute, ...], list[Problem]]:
    """Read the attributes by which a service is compared with the pilots, in the order in which they are asked."""
    report, data = Report(file), parse_yaml(read_text(path, file), file, kind=list)
    attributes = tuple(
        Attribute(
            key=report.text(row, "key"),
            ask=report.text(row, "ask"),
            several=row.get("several") is True,
            values={report.text(one, "key"): report.text(one, "label") for one in report.rows(row, "values")},
            place=Place(file, report.line(row, "key")),
        )
        for row in report.mappings(data)
    )
    return attributes, report.problems


def read_stage(path: Path, file: str) -> tuple[Stage, list[Problem]]:
    """Read one stage of the Roadmap."""
    report, data = Report(file), parse_yaml(read_text(path, file), file)
    purpose = Passage(
        report.text(data, "purpose"),
        report.texts(data, "sources", optional=True),
        Place(file, report.line(data, "purpose")),
        note=report.text(data, "note", optional=True) or None,
    )
    stage = Stage(
        id=report.text(data, "id"),
        title=report.text(data, "title"),
        purpose=purpose,
        questions=tuple(_read_question(row, report) for row in report.rows(data, "questions")),
        tips=_read_advice(report.rows(data, "tips"), report),
        pitfalls=_read_advice(report.rows(data, "pitfalls"), report),
        catalysts=report.texts(data, "catalysts", optional=True),
        lessons=report.texts(data, "lessons", optional=True),
        pilots=report.texts(data, "pilots", optional=True),
        place=Place(file, 1),
    )
    return stage, report.problems


def _read_question(row: Any, report: Report) -> PlanQuestion:
    return PlanQuestion(
        key=report.text(row, "key"),
        theme=report.text(row, "theme"),
        ask=report.text(row, "ask"),
        help=report.text(row, "help"),
        example=report.text(row, "example"),
        sources=report.texts(row, "sources", optional=True),
        note=report.text(row, "note", optional=True) or None,
        place=Place(report.file, report.line(row, "key")),
    )


def _read_advice(rows: list[Any], report: Report) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            report.text(row, "text"),
            report.texts(row, "sources", optional=True),
            Place(report.file, report.line(row, "text")),
            note=report.text(row, "note", optional=True) or None,
        )
        for row in rows
    )
