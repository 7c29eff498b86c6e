"""Reading the list of pictures; the drawings stand beside it, one SVG each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from knowledge.errors import ContentError, Problem
from knowledge.markup import parse_yaml, read_text
from knowledge.model import Picture, Place
from knowledge.report import Report

DRAWINGS = Path(__file__).resolve().parent / "content" / "images"
_VIEW_BOX = re.compile(r"<svg\b[^>]*\bviewBox\s*=\s*[\"']\s*-?[\d.]+[\s,]+-?[\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*[\"']")


def read_pictures(path: Path, file: str) -> tuple[dict[str, Picture], list[Problem]]:
    """Read the names, titles and descriptions of all pictures; one without its drawing is a problem."""
    report, data = Report(file), parse_yaml(read_text(path, file), file)
    pictures = {str(name): _read_picture(str(name), data, path.parent, report) for name in data}
    return pictures, report.problems


def _read_picture(name: str, data: Any, folder: Path, report: Report) -> Picture:
    row, line = report.mapping(data, name), report.line(data, name)
    return Picture(
        name,
        report.text(row, "title"),
        report.text(row, "alt"),
        report.texts(row, "sources", optional=True),
        Place(report.file, line),
        _read_size(folder / f"{name}.svg", line, report),
    )


def _read_size(drawing: Path, line: int, report: Report) -> tuple[int, int]:
    """Read how large a drawing is, so that the page can keep its room before it is there."""
    if not drawing.is_file():
        report.add(line, f"no drawing {drawing.name} beside this file; draw it, or take {drawing.stem} out")
        return (0, 0)
    try:
        found = _VIEW_BOX.search(read_text(drawing, drawing.name))
        width, height = (round(float(side)) for side in found.groups()) if found else (0, 0)
    except (ContentError, ValueError):
        width, height = 0, 0
    if width < 1 or height < 1:
        report.add(line, f'{drawing.name} does not say how large it is; write <svg viewBox="0 0 width height" ...>')
        return (0, 0)
    return (width, height)
