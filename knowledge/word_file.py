"""Reading the list of words that name people by a problem."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge.errors import Problem
from knowledge.markup import parse_yaml, read_text
from knowledge.model import Label, Place
from knowledge.report import Report

_FORM = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*\*?")


def read_labels(path: Path, file: str) -> tuple[tuple[Label, ...], list[Problem]]:
    """Read the words that are not used for people, each with what to write instead, and why."""
    report, data = Report(file), parse_yaml(read_text(path, file), file, kind=list)
    labels = []
    for row in report.mappings(data):
        place = Place(file, report.line(row, "words"))
        forms = report.texts(row, "words")
        for form in forms:
            if not _FORM.fullmatch(form):
                report.add(place.line, f"'{form}' is no word; write letters, with a * at the end for any ending")
        labels.append(Label(forms, report.text(row, "write"), report.text(row, "why"), place))
    return tuple(labels), report.problems
