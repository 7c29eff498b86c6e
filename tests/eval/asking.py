"""Asking the tutor every question of the sets, the same way as in the chat: the trained model first, then retrieval."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from knowledge.markup import parse_yaml
from settings import ROOT
from tests.eval.sets import Row, plain, practice_rows, read_set, training_texts

if TYPE_CHECKING:
    from commands.ask import Questions


RESPONSES = {
    name: str(rows[0]["text"])
    for name, rows in parse_yaml((ROOT / "domain.yml").read_text(encoding="utf-8"), "domain.yml")["responses"].items()
}


@dataclass(frozen=True)
class Asked:
    """One row of a set, and what the tutor made of it.

    ``offered`` are the topics that the person gets to see: the one answered, or those to choose from. ``chance`` is the
    probability that an answer with the first topic is right, 0 to 1; 0 where it is refused.
    """

    row: Row
    decision: str
    topics: tuple[str, ...]
    offered: tuple[str, ...]
    score: float
    chance: float
    why: dict[str, Any]

    @property
    def id(self) -> str:
        """The row's id."""
        return str(self.row["id"])

    @property
    def text(self) -> str:
        """The question, and the one before it where there is one."""
        return " / ".join(self.row.get("turns") or [self.row["text"]])

    @property
    def is_right_first(self) -> bool:
        """Whether the topic named first is an accepted one."""
        return is_first(self.row, self.topics)

    @property
    def is_right_among_three(self) -> bool:
        """Whether any of the topics named is an accepted one."""
        return is_among(self.row, self.topics)

    @property
    def is_right_offered(self) -> bool:
        """Whether an accepted topic is answered, or stands among the choices."""
        return is_among(self.row, self.offered)

    @property
    def is_answered_wrong(self) -> bool:
        """Whether the tutor gave an answer, and it is not an accepted one: the worst that it can do."""
        return self.decision == "answer" and not self.is_right_first

    @property
    def is_refused(self) -> bool:
        """Whether the tutor gave no answer and no choice: it declined, or corrected a false premise."""
        return self.decision == "abstain"

    @property
    def is_sent_on(self) -> bool:
        """Whether the tutor declined, and said where to turn."""
        places = (RESPONSES["utter_refuse_personal"], RESPONSES["utter_distress"])
        return self.is_refused and str(self.why["text"]).endswith(places)


@dataclass(frozen=True)
class Parse:
    """One utterance, the intent that the model named, and whether a training example has the same words."""

    row: Row
    intent: str
    confidence: float
    is_seen: bool

    @property
    def is_right(self) -> bool:
        """Whether the intent is the labelled one."""
        return bool(self.intent == self.row["intent"])


@dataclass(frozen=True)
class Heard:
    """One text of ``distress.jsonl``: whether people who can help were named, and whether tutoring stopped for it."""

    row: Row
    is_told: bool
    is_stopped: bool

    @property
    def is_right(self) -> bool:
        """Whether help was named to who tells of distress, and nobody else was stopped."""
        return self.is_told if self.row["is_distress"] else not self.is_stopped


@dataclass(frozen=True)
class Measured:
    """Everything that was asked and parsed."""

    questions: list[Asked]
    practice: list[Asked]
    followups: list[Asked]
    practice_followups: list[Asked]
    unanswerable: list[Asked]
    utterances: list[Parse]
    new_followups: list[Asked] = field(default_factory=list)
    personal: list[Asked] = field(default_factory=list)
    distress: list[Heard] = field(default_factory=list)


def is_first(row: Row, topics: tuple[str, ...]) -> bool:
    """Tell whether the first of the topics is an accepted one."""
    return bool(topics) and topics[0] in row["topics"]


def is_among(row: Row, topics: tuple[str, ...]) -> bool:
    """Tell whether any of the topics is an accepted one."""
    return not set(topics).isdisjoint(row["topics"])


def ask_all(questions: Questions) -> Measured:
    """Ask and parse everything; some seconds."""
    seen = set(map(plain, training_texts()))
    return Measured(
        questions=[ask(questions, row) for row in read_set("questions")],
        practice=[ask(questions, row) for row in practice_rows(questions.answerer.knowledge)],
        followups=[ask(questions, row) for row in read_set("followups")],
        practice_followups=[ask(questions, row) for row in read_set("practice_followups")],
        new_followups=[ask(questions, row) for row in read_set("new_followups")],
        personal=[ask(questions, row) for row in read_set("personal")],
        distress=[hear(questions, row) for row in read_set("distress")],
        unanswerable=[ask(questions, row) for row in read_set("unanswerable")],
        utterances=[_parse(questions, row, seen) for row in read_set("utterances")],
    )


def ask(questions: Questions, row: Row) -> Asked:
    """Ask one row, all its turns."""
    told = questions.answer(row["id"], row.get("turns") or [row["text"]], is_explained=True)
    decision, topics, why = told["decision"], tuple(told["topics"]), told.get("why", {})
    written = tuple(topic for topic in topics if topic in questions.answerer.knowledge.entries)
    offered = {"answer": topics[:1], "choose": written}.get(decision, ())
    chance = why["first_is_right"]["probability"] if offered else 0.0
    return Asked(row, decision, topics, offered, told["score"], chance, {**why, "text": told["text"]})


def hear(questions: Questions, row: Row) -> Heard:
    """Say one text, and see whether people who can help are named."""
    text = questions.answer(row["id"], [row["text"]])["text"]
    is_stopped = text == RESPONSES["utter_distress"]
    return Heard(row, is_stopped or text.startswith(RESPONSES["utter_distress_likely"]), is_stopped)


def _parse(questions: Questions, row: Row, seen: set[str]) -> Parse:
    _, parsed, _ = questions.ask([row["text"]])
    return Parse(row, parsed.intent, parsed.confidence, plain(row["text"]) in seen)
