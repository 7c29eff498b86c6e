"""The content's files as a team finds them: by what they are, with their titles instead of their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.errors import ContentError
from knowledge.markup import parse_yaml
from review.drafts import Draft
from review.errors import PublishingError
from review.publishing import Publisher

ROOMS = (
    ("lessons/", "Lessons"),
    ("answers/", "Answers"),
    ("pilots/", "Pilots"),
    ("roadmap/", "Stages of the Roadmap"),
    ("", "Lists of the whole course"),
)
LISTS = {
    "course.yml": "The map: themes, lessons, topics",
    "glossary.yml": "Words of the field",
    "sources.yml": "Sources that are cited",
    "planned.yml": "What is not written yet",
    "corrections.yml": "False beliefs, and what is true",
    "refusals.yml": "What the course does not cover",
    "practice.yml": "Questions to measure by",
    "places.yml": "Names of places",
    "facets.yml": "Sides of a pilot",
    "languages.yml": "What is said in other languages",
    "comparison.yml": "What services are compared by",
    "words.yml": "Words to avoid about people",
    "images/images.yml": "Pictures",
}
_TITLE = re.compile(r"^title:.*$", re.M)


@dataclass(frozen=True)
class File:
    """One file of the list."""

    path: str
    title: str
    draft: Draft | None


def list_files(publisher: Publisher, drafts: Sequence[Draft]) -> list[tuple[str, list[File]]]:
    """List the files by room, those with a draft that are not published yet among them."""
    by_path = {draft.path: draft for draft in drafts}
    paths = sorted({*publisher.paths(), *by_path})
    files = [File(path, _title(publisher, path, by_path.get(path)), by_path.get(path)) for path in paths]
    return [(name, [one for one in files if _room(one.path) == prefix]) for prefix, name in ROOMS]


def _room(path: str) -> str:
    return next(prefix for prefix, _ in ROOMS if path.startswith(prefix) and (prefix or path in LISTS))


def _title(publisher: Publisher, path: str, draft: Draft | None) -> str:
    try:
        return title_of(path, draft.text if draft else publisher.text(path) or "")
    except PublishingError:  # not UTF-8: the page of the file says so
        return path


def title_of(path: str, text: str) -> str:
    """Return what a file is called: its own title, or what its list holds."""
    found = _TITLE.search(text)
    try:
        title = parse_yaml(found[0], path)["title"] if found else None
    except ContentError:  # the check of its page says what is wrong
        title = None
    return LISTS.get(path) or str(title or path)
