"""The month: who comes on which day, and everybody's words in the order of time."""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from commands.demo.clock import Clock
from commands.demo.habits import Character, Habits, Visit, visits_of
from commands.demo.visitor import Visitor
from knowledge.markup import parse_yaml
from knowledge.model import Knowledge

PEOPLE_FILE = Path(__file__).with_name("people.yml")
DAYS = 28
VISITS_AT_MOST = 8
COMES_BACK = 0.62
WEEKEND_SHARE = 0.25
ZONES = ("Europe/Tallinn", "Europe/Helsinki", "Europe/Amsterdam", "Europe/London", "Europe/Madrid", "Europe/Warsaw")
Report = Callable[[str], None]


class Month:
    """Made-up people over some weeks that end today.

    Args:
        knowledge: What is taught.
        learners: How many people.
        seed: The same seed gives the same people with the same words; the tutor's part is its own.
        ends: The last day's end.
    """

    def __init__(self, knowledge: Knowledge, learners: int, seed: int, ends: datetime) -> None:
        self._chance = random.Random(seed)
        self._habits = Habits(knowledge, self._chance)
        self._texts: dict[str, Any] = parse_yaml(PEOPLE_FILE.read_text(encoding="utf-8"), PEOPLE_FILE.name)
        self._begins = (ends - timedelta(days=DAYS)).replace(hour=0, minute=0, second=0, microsecond=0)
        self._numbers = itertools.count()
        self._waiting: list[tuple[datetime, int, int, Visit | None]] = []
        self._people = [self._character() for _ in range(learners)]
        self._visitors: dict[int, Visitor] = {}
        for who in range(learners):
            for moment in self._moments():
                self._wait(moment, who, None)

    def live(self, clock: Clock, meet: Callable[[str], Visitor], report: Report) -> int:
        """Let everybody speak, in the order of time.

        Returns:
            How many messages were said.
        """
        day = self._begins
        while self._waiting:
            moment, _, who, visit = heapq.heappop(self._waiting)
            if moment.date() > day.date():
                day = moment
                report(f"{day:%d %B}: {sum(one.turns for one in self._visitors.values()):,} messages so far")
            clock.set(moment)
            self._speak(moment, who, visit, meet)
        return sum(one.turns for one in self._visitors.values())

    def _speak(self, moment: datetime, who: int, visit: Visit | None, meet: Callable[[str], Visitor]) -> None:
        """Let one person say one thing, and wait for the next."""
        if who not in self._visitors:
            self._visitors[who] = meet(self._chance.choice(ZONES))
        visit = visit or self._choose_visit(who)
        pause = next(visit, None)
        if pause is not None:
            self._wait(moment + timedelta(seconds=pause), who, visit)

    def _choose_visit(self, who: int) -> Visit:
        character = self._people[who]
        weights, habits = zip(*visits_of(self._habits, character), strict=True)
        return self._chance.choices(habits, weights)[0](self._visitors[who], character)

    def _wait(self, moment: datetime, who: int, visit: Visit | None) -> None:
        heapq.heappush(self._waiting, (moment, next(self._numbers), who, visit))

    def _moments(self) -> list[datetime]:
        """Choose when somebody comes: more in later weeks, on working days, at noon and in the evening."""
        day, moments = self._chance.triangular(0, DAYS, DAYS * 0.6), []
        for _ in range(VISITS_AT_MOST):
            moment = self._begins + timedelta(days=int(day), minutes=self._minute())
            is_weekend = moment.weekday() >= 5 and self._chance.random() > WEEKEND_SHARE
            if day >= DAYS:
                break
            if not is_weekend or not moments:  # everybody comes once
                moments.append(moment)
            if self._chance.random() > COMES_BACK:
                break
            day = int(day) + self._chance.randint(1, 5)
        return moments

    def _minute(self) -> int:
        noon_or_evening = self._chance.choice([12.3, 13.0, 17.5, 20.0])
        return int(60 * min(22.5, max(6.0, self._chance.gauss(noon_or_evening, 1.4))))

    def _character(self) -> Character:
        shares = self._chance.uniform
        return Character(
            skill=shares(0.35, 0.95),
            patience=shares(0.8, 0.995),
            chatty=shares(0.0, 0.06),
            slips=shares(0.0, 0.4),
            judges=shares(0.0, 0.5),
            next_lesson=self._chance.choice([1, 1, 1, 2, 9]),
            texts=self._texts,
        )
