"""What made-up people do with the tutor: each habit is a visit, told step by step, with the pauses between."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from commands.demo.visitor import Visitor
from knowledge.mistypes import with_slips
from knowledge.model import Item, Knowledge

STEPS_AT_MOST = 60
READING_SECONDS, TYPING_SECONDS = (9.0, 55.0), (15.0, 90.0)
SURE = ("Sure", "Not sure", "A guess", "Rather not say")
WRITES = 0.5  # share of the questions about one's own service that somebody answers
Visit = Iterator[float]  # of pauses in seconds; the visitor says something between two of them


@dataclass
class Character:
    """What somebody is like: shares from 0 to 1.

    ``skill`` is how often a quiz answer is right, ``patience`` how often the next step is taken, ``chatty`` how often a
    question comes in between, ``slips`` how often words are mistyped, ``judges`` how often an answer is rated.
    """

    skill: float
    patience: float
    chatty: float
    slips: float
    judges: float
    next_lesson: int = 1
    has_plan: bool = False
    has_learnt: bool = False
    texts: Mapping[str, Sequence[Any]] = field(default_factory=dict)


class Habits:
    """Visits to the tutor, by chance, as somebody of that character makes them."""

    def __init__(self, knowledge: Knowledge, chance: random.Random) -> None:
        self._chance = chance
        self._questions = [question for entry in knowledge.entries.values() for question in entry.questions]
        lessons = knowledge.lessons.values()
        items = [step for lesson in lessons for step in lesson.steps if isinstance(step, Item)]
        self._right = {_plain(option.text) for item in items for option in item.options if option.is_right}

    def ask(self, visitor: Visitor, who: Character) -> Visit:
        """Ask a few questions, and judge some answers."""
        for _ in range(self._chance.randint(1, 4)):
            yield from self._ask_one(visitor, who)

    def learn(self, visitor: Visitor, who: Character) -> Visit:
        """Take a lesson as far as patience goes, with its quiz; now and then go on with the next."""
        visitor.say(self._chance.choice([f"lesson {who.next_lesson}", f"start lesson {who.next_lesson}"]))
        yield self._pause(READING_SECONDS)
        who.has_learnt = True
        for _ in range(STEPS_AT_MOST):
            if self._chance.random() > who.patience:
                return
            if self._chance.random() < who.chatty:
                yield from self._ask_one(visitor, who)
                visitor.say("go on with the lesson")
                yield self._pause(READING_SECONDS)
            if not self._take_step(visitor, who):
                who.next_lesson += 1
                return
            yield self._pause(READING_SECONDS)

    def plan(self, visitor: Visitor, who: Character) -> Visit:
        """Begin a plan of one's own, or go on with it, and answer a few of its questions."""
        visitor.say("my plan" if who.has_plan else "start my plan")
        yield self._pause(READING_SECONDS)
        visitor.press(self._chance.choice(["Prepare", "Co-initiate", "Co-design"])) or visitor.press("Go on")
        yield self._pause(READING_SECONDS)
        for _ in range(self._chance.randint(2, 5)):
            visitor.say(self._chance.choice(who.texts["plan_answers"]))
            who.has_plan = True
            yield self._pause(TYPING_SECONDS)

    def practise(self, visitor: Visitor, who: Character) -> Visit:
        """Practise what is due, if anything is."""
        visitor.say("practise")
        yield self._pause(READING_SECONDS)
        for _ in range(10):
            if not self._options(visitor) or self._chance.random() > who.patience:
                return
            self._take_step(visitor, who)
            yield self._pause(READING_SECONDS)

    def _ask_one(self, visitor: Visitor, who: Character) -> Visit:
        visitor.say(self._question(who))
        yield self._pause(READING_SECONDS)
        if self._chance.random() < who.judges and any(one in visitor.titles() for one in ("👍", "👎")):
            visitor.press("👍" if self._chance.random() < 0.75 else "👎")
            yield self._pause(TYPING_SECONDS)

    def _question(self, who: Character) -> str:
        source = self._chance.choices(("covered", "indirect", "not_covered", "asides"), (62, 20, 16, 2))[0]
        if source == "covered":
            text = self._chance.choice(self._questions)
        elif source == "not_covered":
            groups = who.texts["not_covered"]
            group = self._chance.choices(groups, [one["weight"] for one in groups])[0]
            text = self._chance.choice(group["texts"])
        else:
            text = self._chance.choice(who.texts[source])
        return with_slips(text, self._chance) if self._chance.random() < who.slips else str(text)

    def _take_step(self, visitor: Visitor, who: Character) -> bool:
        """Do what the tutor waits for; False at the end of a lesson."""
        titles = visitor.titles()
        if any(title in SURE for title in titles):
            return visitor.press(self._chance.choices(SURE, (5, 3, 2, 1))[0])
        if options := self._options(visitor):
            return visitor.press(self._choose(options, who))
        if visitor.heard().startswith("Your turn") and self._chance.random() < WRITES:
            visitor.say(self._chance.choice(who.texts["reflections"]))
            return True
        for title in ("Next", "Go on", "To the quiz", "Start the quiz", "Start"):
            if title in titles:
                return visitor.press(title)
        return visitor.press("Skip") if "Skip" in titles else False

    def _options(self, visitor: Visitor) -> list[str]:
        return [title for title in visitor.titles() if re.match(r"[A-F]\. |True$|False$", title)]

    def _choose(self, options: list[str], who: Character) -> str:
        right = [title for title in options if _plain(title[3:]) in self._right]
        wrong = [title for title in options if title not in right]
        wanted = right if self._chance.random() < who.skill else wrong
        return self._chance.choice(wanted or options)

    def _pause(self, seconds: tuple[float, float]) -> float:
        return self._chance.uniform(*seconds)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def visits_of(habits: Habits, who: Character) -> list[tuple[float, Callable[[Visitor, Character], Visit]]]:
    """Weigh what somebody does at a visit; nobody practises before they have taken a lesson."""
    practises = 0.8 * who.patience if who.has_learnt else 0.0
    weights = (3 * who.patience, 2 - who.patience, 0.6 if who.has_learnt or who.has_plan else 0.15, practises)
    return list(zip(weights, (habits.learn, habits.ask, habits.plan, habits.practise), strict=True))
