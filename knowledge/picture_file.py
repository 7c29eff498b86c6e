"""Reading the list of pictures; the drawings stand beside it, one SVG each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from knowledge.errors import Problem
from knowledge.markup import parse_yaml, read_text
from knowledge.model import Picture, Place
from knowledge.report import Report


def read_pictures(path: Path, file: str) -> tuple[dict[str, Picture], list[Problem]]:
    """Read the names, titles and descriptions of all pictures; one without its drawing is a problem."""
    report, data = Report(file), parse_yaml(read_text(path, file), file)
    pictures = {str(name): _read_picture(str(name), data, report) for name in data}
    for name in pictures:
        if not (path.parent / f"{name}.svg").is_file():
            report.add(report.line(data, name), f"no drawing {name}.svg beside this file; draw it, or take {name} out")
    return pictures, report.problems


def _read_picture(name: str, data: Any, report: Report) -> Picture:
    row = report.mapping(data, name)
    return Picture(
        name,
        report.text(row, "title"),
        report.text(row, "alt"),
        report.texts(row, "sources", optional=True),
        Place(report.file, report.line(data, name)),
    )
