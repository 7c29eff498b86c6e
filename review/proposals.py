"""What can be done with questions that were not answered well, as a change of the content: to see, and to publish."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from knowledge.course_map import Topic
from knowledge.listed import form_of
from knowledge.loader import EVALUATION_FILE
from knowledge.model import Entry, Knowledge
from knowledge.passage import Passage, Place
from review.content_edits import add_rows, add_to_list, tidy_question
from review.masking import mask
from review.publishing import Change, mark_of

Deed = Literal["variant", "refusal", "entry", "ignore"]
DEEDS: tuple[Deed, ...] = ("variant", "entry", "refusal", "ignore")
REFUSALS_FILE = "refusals.yml"
KINDS = ("near", "off", "personal", "noise", "inject", "rude")  # of refusals that the desk may add to
TEXTS_AT_MOST = 12
NEW_TOPIC = "new.answer"
MARKS = ("[mail]", "[phone]", "[number]", "[name]", "[link]")
CONTENT_PREFIX = "knowledge/content/"


class ContentTexts(Protocol):
    """Gives the text of a content file as it is now, by its path from the content's folder; None when there is none."""

    def text(self, path: str) -> str | None:
        """Return the text."""


@dataclass(frozen=True)
class Proposal:
    """What is to be done with some questions.

    ``texts`` are to be learnt. ``judges`` are kept apart: no model learns them, so they tell whether one is good.
    ``topic`` belongs to a variant, ``kind`` to a refusal.
    """

    deed: Deed
    texts: tuple[str, ...] = ()
    judges: tuple[str, ...] = ()
    topic: str = ""
    kind: str = ""


def read_lines(text: str) -> tuple[str, ...]:
    r"""Read questions, one a line, each once.

    Example:
        >>> read_lines("who pays?  \n\nWho pays\nand why")
        ('who pays?', 'and why')
    """
    lines = [tidy_question(line) for line in text.splitlines()]
    return tuple({form_of(line): line for line in reversed(lines) if form_of(line)}.values())[::-1][:TEXTS_AT_MOST]


def find_faults(proposal: Proposal, knowledge: Knowledge, commands: dict[str, str]) -> list[str]:
    """Say what keeps a proposal from being published, in words for the team; empty when nothing does.

    Args:
        proposal: What is to be done.
        knowledge: The content as it is.
        commands: Examples of commands, by ``form_of``, with what each is an example of.
    """
    if proposal.deed == "ignore":
        return []
    faults = [] if proposal.texts else ["Write at least one question, one a line."]
    if proposal.deed == "variant" and proposal.topic not in knowledge.entries:
        faults.append("Choose the answer that these questions ask for.")
    if proposal.deed == "refusal" and proposal.kind not in KINDS:
        faults.append("Choose what kind of question it is.")
    for text in (*proposal.texts, *proposal.judges):
        if any(mark in text for mark in MARKS) or mask(text) != text:
            faults.append(f"“{mask(text)}” may tell who somebody is. Write it without that, in other words.")
        if form_of(text) in commands:
            faults.append(f"“{text}” is also what people say for something the tutor does ({commands[form_of(text)]}).")
    return faults


def change_of(proposal: Proposal) -> Callable[[Knowledge], Knowledge]:
    """Return how a proposal changes the content, as far as answers go."""

    def change(knowledge: Knowledge) -> Knowledge:
        if proposal.deed == "variant":
            entry = knowledge.entries[proposal.topic]
            asked = replace(entry, questions=(*entry.questions, *proposal.texts))
            return replace(knowledge, entries={**knowledge.entries, proposal.topic: asked})
        if proposal.deed == "refusal":
            refused = (*knowledge.refusals.get(proposal.kind, ()), *proposal.texts)
            return replace(knowledge, refusals={**knowledge.refusals, proposal.kind: refused})
        return _with_entry(knowledge, proposal.texts) if proposal.deed == "entry" else knowledge

    return change


def _with_entry(knowledge: Knowledge, texts: Sequence[str]) -> Knowledge:
    """Return content with an answer to some questions that is not written yet: only its questions speak for it."""
    place, title = Place("answers", 1), texts[0]
    topic = Topic(NEW_TOPIC, title, " ".join(texts), knowledge.course.themes[0].id, None)
    blank = Passage("", (), place)
    entry = Entry(NEW_TOPIC, title, None, (), (), tuple(texts), blank, None, None, None, None, place)
    course = replace(knowledge.course, topics={**knowledge.course.topics, NEW_TOPIC: topic})
    return replace(knowledge, course=course, entries={**knowledge.entries, NEW_TOPIC: entry})


def files_of(proposal: Proposal, knowledge: Knowledge, content: ContentTexts) -> list[Change]:
    """Write a proposal into the files of the content.

    Raises:
        EditError: A file cannot take the lines.
    """
    changes = []
    if proposal.deed == "variant":
        path = knowledge.entries[proposal.topic].place.file.removeprefix(CONTENT_PREFIX)
        changes.append(_change(content, path, lambda text: add_to_list(text, "questions", proposal.texts)))
    if proposal.deed == "refusal":
        changes.append(_change(content, REFUSALS_FILE, lambda text: add_to_list(text, proposal.kind, proposal.texts)))
    if proposal.judges and proposal.deed in ("variant", "refusal"):
        topics = [proposal.topic] if proposal.deed == "variant" else []
        rows: list[dict[str, str | list[str]]] = [{"question": text, "topics": topics} for text in proposal.judges]
        changes.append(_change(content, EVALUATION_FILE, lambda text: add_rows(text, rows)))
    return changes


def _change(content: ContentTexts, path: str, edit: Callable[[str], str]) -> Change:
    text = content.text(path)
    return Change(path, edit(text or ""), mark_of(text))
