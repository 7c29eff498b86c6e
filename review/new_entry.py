"""A new answer: its file as a form to fill in, and the row of its topic in the map of the course. Pure functions."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from knowledge.errors import ContentError
from knowledge.markup import line_of, parse_yaml
from knowledge.model import Course
from knowledge.report import slug
from review.errors import PublishingError
from review.masking import mask

COURSE_MAP = "course.yml"
GROUPS = ("roadmap", "about")
TITLE_LIMIT_CHARS = 60
QUESTIONS_AT_MOST = 50
QUESTION_LIMIT_CHARS = 300
UNNAMED = "New answer"


@dataclass(frozen=True)
class NewEntry:
    """An answer that is not written yet. ``home`` is a lesson's id, or one of ``GROUPS``."""

    id: str
    path: str
    title: str
    home: str
    text: str


def homes_of(course: Course) -> list[tuple[str, str]]:
    """List where a new answer can belong: an id, and what it is called."""
    groups = (("roadmap", "The Roadmap"), ("about", "About the tutor and the course"))
    return [*((plan.id, plan.title) for plan in course.lessons), *groups]


def plan_entry(
    questions: Sequence[str], course: Course, taken: Collection[str], *, title: str = "", home: str = ""
) -> NewEntry:
    """Make the form of a new answer, under an id and a file that nobody has.

    Raises:
        PublishingError: There is no such lesson or group.
    """
    title = " ".join(title.split())[:TITLE_LIMIT_CHARS] or UNNAMED
    home = home or course.lessons[0].id
    if home not in dict(homes_of(course)):
        raise PublishingError(f"{home!r} is no lesson of the course; choose one from the list")
    group = home.partition(".")[0]
    name = _free_name(slug(title) or "new-answer", group, course, taken)
    asked = [" ".join(mask(question).split())[:QUESTION_LIMIT_CHARS] for question in questions[:QUESTIONS_AT_MOST]]
    lines = [f"  - {json.dumps(question, ensure_ascii=False)}" for question in dict.fromkeys(filter(None, asked))]
    head = [f"id: {group}.{name}", f"title: {json.dumps(title, ensure_ascii=False)}"]
    head += [] if home in GROUPS else [f"lesson: {home}"]
    head += ["sources: []", "next: []", *(["questions:", *lines] if lines else ["questions: []"])]
    text = "\n".join(["---", *head, "---", "", "## answer", "", "## more", "", "## simpler", ""])
    return NewEntry(f"{group}.{name}", f"answers/{group}/{name}.md", title, home, text)


def _free_name(name: str, group: str, course: Course, taken: Collection[str]) -> str:
    numbered = [name[:TITLE_LIMIT_CHARS], *(f"{name[:TITLE_LIMIT_CHARS]}-{number}" for number in range(2, 1000))]
    return next(
        one for one in numbered if f"{group}.{one}" not in course.topics and f"answers/{group}/{one}.md" not in taken
    )


def add_topic(text: str, entry: NewEntry) -> str:
    """Add the row of a topic to the text of the map, below the last one of its home; all else stays as it is.

    Raises:
        PublishingError: The map has no place for it, or cannot be read.
    """
    row = _last_row(text, entry.home)
    lines = text.split("\n")
    indent = re.match(r" *", lines[row])[0]  # type: ignore[index]  # it always matches
    end = row + 1
    while end < len(lines) and lines[end].startswith(f"{indent} ") and lines[end].strip():
        end += 1
    title = json.dumps(entry.title, ensure_ascii=False)
    added = [f"{indent}- id: {entry.id}", f"{indent}  title: {title}", f"{indent}  about: {title}"]
    return "\n".join([*lines[:end], *added, *lines[end:]])


def add_to_lesson(text: str, entry: NewEntry) -> str:
    """Add a topic to those of its lesson; a lesson that lists them in another way stays, and the check tells."""
    return re.sub(r"^(topics: \[[^\]\n]*)\]", rf"\1, {entry.id}]", text, count=1, flags=re.M)


def _last_row(text: str, home: str) -> int:
    """Return the number, from 0, of the line where the last topic of a home begins."""
    try:
        data = parse_yaml(text, COURSE_MAP)
        lessons = [lesson for theme in data["themes"] for lesson in theme["lessons"]]
        of_group = {"roadmap": data["roadmap"]["topics"], "about": data["about"]}
        topics = of_group.get(home) or next(one["topics"] for one in lessons if one["id"] == home)
        return line_of(topics, len(topics) - 1) - 1
    except (ContentError, KeyError, TypeError, StopIteration, IndexError) as error:
        raise PublishingError(f"{COURSE_MAP} has no place for a topic of {home!r}; mend its draft first") from error
