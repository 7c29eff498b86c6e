"""Reading an entry: one topic's answer in its lengths, and the questions it answers."""

from __future__ import annotations

from pathlib import Path

from knowledge.errors import Problem
from knowledge.markup import Section, read_document, source_keys, take_attributes
from knowledge.model import Entry, Passage, Place
from knowledge.report import Report

SECTIONS = ("answer", "more", "simpler", "example")


def read_entry(path: Path, file: str) -> tuple[Entry, list[Problem]]:
    """Read one entry as far as it can be read.

    Returns:
        The entry and what is wrong with its form.

    Raises:
        ContentError: The file cannot be read at all.
    """
    document = read_document(path, file)
    report = Report(file, offset=1)
    front = document.front
    sources = report.texts(front, "sources")
    passages = _read_passages(document.sections, sources, report)
    if "answer" not in passages:
        report.add(1, "no section 'answer'; add ## answer")
    questions = report.texts(front, "questions")
    pilot = next((section.title for section in document.sections if section.kind == "example"), None)
    entry = Entry(
        id=report.text(front, "id"),
        title=report.text(front, "title"),
        lesson=report.text(front, "lesson", optional=True) or None,
        sources=sources,
        next=report.texts(front, "next", optional=True),
        questions=questions,
        answer=passages.get("answer", Passage("", (), Place(file, 1))),  # reported above
        more=passages.get("more"),
        simpler=passages.get("simpler"),
        example=passages.get("example"),
        example_pilot=pilot or None,
        place=Place(file, 1),
        question_places=tuple(Place(file, report.line(front["questions"], n)) for n in range(len(questions))),
    )
    return entry, report.problems


def _read_passages(sections: list[Section], sources: tuple[str, ...], report: Report) -> dict[str, Passage]:
    passages: dict[str, Passage] = {}
    for section in sections:
        if section.kind not in SECTIONS:
            report.add(section.line, f"section '{section.kind}' is unknown; use {', '.join(SECTIONS)}")
        elif section.kind in passages:
            report.add(section.line, f"a second section '{section.kind}'; keep one")
        else:
            passages[section.kind] = _read_passage(section, sources, report)
    return passages


def _read_passage(section: Section, sources: tuple[str, ...], report: Report) -> Passage:
    text, attributes = take_attributes(section.text_until())
    return Passage(
        text,
        source_keys(attributes) or sources,
        Place(report.file, section.line),
        note=attributes.get("note"),
        image=attributes.get("image"),
        reading=attributes.get("reading"),
    )
