"""Ten thousand made-up learners: what each turn of theirs leaves in the tables. The same seed gives the same rows."""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from benchmarks.desk_events import events_of_turn
from knowledge.model import Item, Knowledge, Lesson

MONTHS_DAYS = 180
KINDS = {"question": 36, "go_on": 30, "attempt": 24, "note": 4, "rating": 6}
DECISIONS = {"answer": 74, "choose": 12, "abstain": 14}
WORDS = (
    "the council of our town wants to ask people who use home care what they miss and nobody answers letters".split()
)
Rows = Iterator[tuple[str, dict[str, Any]]]


@dataclass(frozen=True)
class Size:
    """How much is made; every turn leaves ``events_a_turn`` events, so that turns times that is their sum."""

    learners: int = 10_000
    turns: int = 100_000
    events_a_turn: int = 10


class People:
    """Makes the rows of learners, in the order in which they would have been written.

    Args:
        knowledge: The course that they learn.
        size: How many.
        seed: Of all that happens by chance.
        now: The end of the months in which they learnt, UTC without a zone.
    """

    def __init__(self, knowledge: Knowledge, size: Size, seed: int, now: datetime) -> None:
        self._size, self._now = size, now
        self._chance = random.Random(seed)
        self._ids = [hashlib.sha256(f"{seed}-{number}".encode()).hexdigest()[:32] for number in range(size.learners)]
        self._lessons = list(knowledge.lessons.values())
        self._entries = [entry for entry in knowledge.entries.values() if entry.questions]
        self._places: dict[tuple[str, str], dict[str, Any]] = {}
        self._skill = {learner_id: self._chance.betavariate(6, 3) for learner_id in self._ids}
        self._ease: dict[str, float] = defaultdict(lambda: self._chance.uniform(-0.3, 0.25))
        self._tries: Counter[tuple[str, str]] = Counter()
        self._seqs: Counter[str] = Counter()

    def rows(self) -> Rows:
        """Give table and row of everything; places and repetitions, which change with time, at the end."""
        for learner_id in self._ids:
            made = self._now - timedelta(days=MONTHS_DAYS)
            yield "learner", {"id": learner_id, "created_at": made, "lesson_id": self._chance.choice(self._lessons).id}
        for number, (moment, learner_id) in enumerate(self._turns()):
            yield from self._turn(f"m{number}", moment, learner_id)
        yield from (("lesson_place", place) for place in self._places.values())
        yield from self._repetitions()
        yield from self._marks()

    def _turns(self) -> list[tuple[datetime, str]]:
        """Share the turns out, many to a few people, over the months, every person at least one."""
        weights = [self._chance.paretovariate(1.6) for _ in self._ids]
        more = max(0, self._size.turns - len(self._ids))
        who = [*self._ids[: self._size.turns], *self._chance.choices(self._ids, weights, k=more)]
        moments = (self._now - timedelta(days=MONTHS_DAYS * self._chance.random() ** 1.3) for _ in who)
        return sorted(zip(moments, who, strict=True))

    def _turn(self, message_id: str, moment: datetime, learner_id: str) -> Rows:
        kind = self._chance.choices([*KINDS], [*KINDS.values()])[0]
        own = {"learner_id": learner_id, "message_id": message_id}
        text, rows = getattr(self, f"_{kind}")(own, moment)
        yield from rows
        told = " ".join(self._chance.choices(WORDS, k=60))
        for author, said in (("you", text), ("tutor", told)):
            yield "outbox", {**own, "author": author, "text": said, "extras": "{}", "sent_at": moment}
        seq, count = self._seqs[learner_id], self._size.events_a_turn
        self._seqs[learner_id] += count
        confidence = round(self._chance.uniform(0.4, 1), 3)
        for event in events_of_turn(own, moment, (kind, text, told, confidence), seq, count):
            yield "conversation_event", event

    def _question(self, own: dict[str, Any], moment: datetime) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
        entry = self._chance.choice(self._entries)
        text = f"{self._chance.choice(entry.questions)} {' '.join(self._chance.choices(WORDS, k=4))}"
        decision = self._chance.choices([*DECISIONS], [*DECISIONS.values()])[0]
        asked = {"text": text, "decision": decision, "topics": json.dumps([entry.id]), "asked_at": moment}
        return text, [("question", {**own, **asked, "score": round(self._chance.random(), 3)})]

    def _rating(self, own: dict[str, Any], moment: datetime) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
        topic_id = self._chance.choice(self._entries).id
        is_helpful = self._chance.random() < 0.8
        return "/rate", [("rating", {**own, "topic_id": topic_id, "is_helpful": is_helpful, "rated_at": moment})]

    def _go_on(self, own: dict[str, Any], moment: datetime) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
        lesson = self._lesson(own["learner_id"])
        key = (own["learner_id"], lesson.id)
        place = self._places.setdefault(key, {"learner_id": key[0], "lesson_id": lesson.id, "step_number": -1})
        number = min(place["step_number"] + self._chance.randint(1, 6), len(lesson.steps))
        is_done = number == len(lesson.steps)
        step = "summary" if is_done else lesson.steps[number].key
        place |= {"step_number": number, "step_key": step, "is_done": is_done, "updated_at": moment}
        place |= {"version": lesson.version, "picked": "[]", "tries": 0, "is_closed": False, "answered": "[]"}
        at = {"key": step, "number": number}
        outcome = json.dumps({"kind": "step", "lesson_id": lesson.id, "place": at})
        return "go on", [("handled", {**own, "outcome": outcome, "handled_at": moment})]

    def _attempt(self, own: dict[str, Any], moment: datetime) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
        lesson = self._lesson(own["learner_id"])
        item = self._chance.choice(lesson.items)
        is_right = self._chance.random() < self._skill[own["learner_id"]] + self._ease[item.id]
        self._tries[own["learner_id"], item.id] += 1
        row = {"lesson_id": lesson.id, "item_id": item.id, "version": lesson.version, "answered_at": moment}
        row |= {
            "chosen": json.dumps(self._chosen(item, is_right=is_right)),
            "outcome": "right" if is_right else "wrong",
        }
        return "/answer", [("attempt", {**own, **row, "number": self._tries[own["learner_id"], item.id]})]

    def _chosen(self, item: Item, *, is_right: bool) -> Sequence[str]:
        wrong = [option.key for option in item.options if not option.is_right]
        return sorted(item.right_keys) if is_right or not wrong else [self._chance.choice(wrong)]

    def _note(self, own: dict[str, Any], moment: datetime) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
        lesson, text = self._lesson(own["learner_id"]), " ".join(self._chance.choices(WORDS, k=25))
        keep = next((card.keep_as for card in lesson.cards if card.keep_as), "note")
        return text, [("note", {**own, "lesson_id": lesson.id, "keep_as": keep, "text": text, "written_at": moment})]

    def _lesson(self, learner_id: str) -> Lesson:
        """A person stays near three lessons of her own."""
        first = int(learner_id[:6], 16)
        return self._lessons[(first + self._chance.choice((0, 0, 0, 1, 2))) % len(self._lessons)]

    def _repetitions(self) -> Rows:
        for learner_id, item_id in self._tries:
            answered = self._now - timedelta(days=self._chance.randint(0, 30))
            due = answered + timedelta(days=self._chance.randint(1, 45))
            row = {"learner_id": learner_id, "item_id": item_id, "fingerprint": "0", "stability": 3.0}
            yield "repetition", {**row, "difficulty": 5.0, "answered_on": answered.date(), "due_on": due.date()}

    def _marks(self) -> Rows:
        for learner_id in self._chance.sample(self._ids, len(self._ids) // 20):
            row = {"learner_id": learner_id, "reviewed_to": 1, "is_flagged": self._chance.random() < 0.1}
            yield "desk_mark", {**row, "tags": ",money,", "note": "", "changed_by": "bench", "changed_at": self._now}
