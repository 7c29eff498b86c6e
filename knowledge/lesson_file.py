"""Reading a lesson: cards, stories, reflections, quiz items and the summary."""

from __future__ import annotations

import hashlib
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from knowledge.errors import ContentError, Problem
from knowledge.markup import Document, Section, read_document, source_keys, take_attributes
from knowledge.model import Card, Item, Lesson, Option, Passage, Place, Step
from knowledge.report import Report, slug

ITEM_KINDS = ("one right", "several right", "true or false", "put in order")
ITEM_MARKS = frozenset({"case", "sure"})  # may stand beside the kind
_FRONT_MATTER_FENCE_LINES = 1


def read_lesson(path: Path, file: str) -> tuple[Lesson, list[Problem]]:
    """Read one lesson as far as it can be read.

    Returns:
        The lesson and what is wrong with its form. What it says is checked in ``knowledge.checks``.

    Raises:
        ContentError: The file cannot be read at all.
    """
    document = read_document(path, file)
    report = Report(file, offset=_FRONT_MATTER_FENCE_LINES)
    front = document.front
    lesson_id = report.text(front, "id")
    steps, summary = _read_steps(document, lesson_id, report)
    lesson = Lesson(
        id=lesson_id,
        title=report.text(front, "title"),
        objective=report.text(front, "objective"),
        minutes=report.number(front, "minutes"),
        topics=report.texts(front, "topics"),
        next=report.texts(front, "next", optional=True),
        steps=tuple(steps),
        summary=summary,
        version=hashlib.sha256(path.read_bytes()).hexdigest()[:12],
        place=Place(file, 1),
    )
    return lesson, report.problems


def _read_steps(document: Document, lesson_id: str, report: Report) -> tuple[list[Step], str]:
    steps: list[Step] = []
    summary = ""
    for section in document.sections:
        if section.kind in ("card", "story", "reflect"):
            steps.append(_read_card(section, report))
        elif section.kind == "quiz":
            steps.append(_read_item(section, lesson_id, report))
        elif section.kind == "summary":
            summary = _read_summary(section, summary, report)
        else:
            report.add(section.line, f"section '{section.kind}' is unknown; use card, story, reflect, quiz or summary")
    if not summary:
        report.add(1, "no summary; end the lesson with ## summary and two sentences")
    return steps, summary


def _read_summary(section: Section, before: str, report: Report) -> str:
    text, attributes = take_attributes(section.text_until())
    if before:
        report.add(section.line, "a second summary; keep one")
    if attributes:
        report.add(section.line, "a summary has no attributes; take the braces out")
    return text


def _read_card(section: Section, report: Report) -> Card:
    text, attributes = take_attributes(section.text_until())
    if not slug(section.title):
        report.add(section.line, f"no title; write ## {section.kind}: and a title")
    return Card(
        key=slug(section.title),
        kind=section.kind,  # type: ignore[arg-type]  # one of the three, by the caller
        title=section.title,
        body=Passage(
            text,
            source_keys(attributes),
            Place(report.file, section.line),
            image=attributes.get("image"),
            reading=attributes.get("reading"),
        ),
        pilot=attributes.get("pilot"),
        note=attributes.get("note"),
        keep_as=attributes.get("keep-as"),
    )


def _read_item(section: Section, lesson_id: str, report: Report) -> Item:
    key, kind, marks = _read_item_heading(section, report)
    is_order = kind == "put in order"
    wanted = "ordered_list" if is_order else "bullet_list"
    at = next((n for n, node in enumerate(section.nodes) if node.type == wanted), None)
    if at is None:
        form = "1. and 2., in the right order" if is_order else "- [ ] and - [x]"
        told = f"item '{key}' has no options; write them as {form}"
        raise ContentError([Problem(report.file, section.line, told)])
    stem, attributes = take_attributes(section.text_until(section.nodes[at]))
    hint, more = _read_below(section, section.nodes[at + 1 :], report)
    return Item(
        id=f"{lesson_id}.{key}",
        key=key,
        kind=kind,  # type: ignore[arg-type]  # checked in _read_item_heading
        is_case="case" in marks,
        stem=Passage(stem, source_keys(attributes) + source_keys(more), Place(report.file, section.line)),
        options=tuple(_read_option(node, report, is_marked=not is_order) for node in section.nodes[at].children),
        hint=hint,
        misconception=(attributes | more).get("misconception"),
        asks_sure="sure" in marks,
    )


def _read_item_heading(section: Section, report: Report) -> tuple[str, str, set[str]]:
    name, _, rest = section.title.partition("(")
    words = [word.strip() for word in rest.rstrip(") ").split(",")]
    kind = next((word for word in words if word in ITEM_KINDS), "")
    if not kind or not slug(name) or set(words) - {kind, *ITEM_MARKS}:
        report.add(section.line, f"write the heading as ## quiz: key (kind), the kind one of: {', '.join(ITEM_KINDS)}")
    return slug(name), kind or "one right", set(words) & ITEM_MARKS


def _read_option(node: SyntaxTreeNode, report: Report, *, is_marked: bool) -> Option:
    line = node.map[0] + 1 if node.map else 1
    label = node.children[0].children[0].content if node.children and node.children[0].type == "paragraph" else ""
    mark, text = (label[:3].lower(), " ".join(label[3:].split())) if is_marked else ("", " ".join(label.split()))
    if (is_marked and mark not in ("[ ]", "[x]")) or not text:
        form = "- [ ] text, or - [x] text if it is right" if is_marked else "1. text"
        report.add(line, f"write an option as {form}")
    feedback, attributes = take_attributes(_read_feedback(node.children[1:], line, report))
    return Option(
        key=hashlib.sha256(text.encode()).hexdigest()[:6],
        text=text,
        is_right=mark == "[x]" or not is_marked,
        feedback=Passage(feedback, source_keys(attributes), Place(report.file, line)),
        misconception=attributes.get("misconception"),
    )


def _read_feedback(nodes: list[SyntaxTreeNode], line: int, report: Report) -> str:
    quoted = [child for node in nodes if node.type == "blockquote" for child in node.children]
    paragraphs = [child for child in quoted if child.type == "paragraph"]
    if len(paragraphs) < len(quoted) or any(node.type != "blockquote" for node in nodes):
        report.add(line, "an option holds its text and plain feedback in lines that begin with >; no more")
    return "\n\n".join(child.children[0].content for child in paragraphs)


def _read_below(section: Section, nodes: list[SyntaxTreeNode], report: Report) -> tuple[str, dict[str, str]]:
    """Read what stands below the options: the hint, and the attributes of the item."""
    hint = ""
    attributes: dict[str, str] = {}
    for node in nodes:
        text, found = take_attributes(node.children[0].content if node.type == "paragraph" else "")
        attributes |= found
        if text.lower().startswith("hint:"):
            hint = " ".join(text[len("hint:") :].split())
        elif text or node.type != "paragraph":
            line = node.map[0] + 1 if node.map else section.line
            report.add(line, "text below the options; only a line that begins with hint: stands there")
    if not hint:
        report.add(section.line, "no hint; add a line that begins with hint:")
    return hint, attributes
