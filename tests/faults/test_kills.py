"""Each process is killed at each of its write points, and at many more of them by chance; nothing is lost or doubled.

``--kills 200`` kills as often as that; the stored state is looked at after every kill.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle

import httpx
import pytest

from tests.faults.audit import find_trouble
from tests.person import Person, new_id
from tests.running import PROCESSES, RunningTutor

TEXTS = ("lesson 1", "next", "what is co-design?", "start the quiz", "b", "next", "c", "show my progress")
PEOPLE = 3
PAUSE_SECONDS = 0.2
LEAST_WRITE_POINTS = {"gateway": 2, "actions": 1, "assistant": 1}
CHANCES = {"gateway": 0.76, "actions": 0.16, "assistant": 0.08}  # the quicker a process starts, the more often


@dataclass
class Talker:
    """Somebody who says one text after another, and sends each again until it is acknowledged."""

    person: Person
    texts: Iterator[str] = field(default_factory=lambda: cycle(TEXTS))
    acknowledged: list[str] = field(default_factory=list)

    def say_next(self) -> None:
        """Say the next text, however long it takes."""
        text, message_id = next(self.texts), new_id()
        while not self._is_taken(text, message_id):
            time.sleep(PAUSE_SECONDS)
        self.acknowledged.append(message_id)

    def _is_taken(self, text: str, message_id: str) -> bool:
        try:
            answer = self.person.say(text, message_id)
        except httpx.TransportError:
            return False
        assert answer.status_code in (200, 202, 503), answer.text
        return answer.status_code != 503


@dataclass
class Crowd:
    """Some people who talk at the same time while processes are killed."""

    tutor: RunningTutor
    talkers: list[Talker]

    def strike(self, name: str, phase: str, number: int) -> bool:
        """Kill a process at a commit of the next messages; False if there were not as many commits."""
        self.tutor.arm(name, phase, number)
        with ThreadPoolExecutor(len(self.talkers)) as pool:
            saying = [pool.submit(talker.say_next) for talker in self.talkers]
            is_killed = self._watch(name, saying)
            if is_killed:
                self.tutor.start(name)
            for one in saying:
                one.result()
        self.tutor.disarm(name)
        for talker in self.talkers:
            talker.person.wait()
        return is_killed

    def _watch(self, name: str, saying: list[Future[None]]) -> bool:
        while self.tutor.is_running(name):
            if all(one.done() for one in saying):
                return False
            time.sleep(0.02)
        return True

    def trouble(self) -> list[str]:
        """Look at what is stored of these people."""
        acknowledged = [message_id for talker in self.talkers for message_id in talker.acknowledged]
        return find_trouble(self.tutor.read, acknowledged)


@pytest.fixture
def crowd(tutor: RunningTutor) -> Crowd:
    """Give people who have not said anything yet."""
    return Crowd(tutor, [Talker(Person(tutor.url)) for _ in range(PEOPLE)])


@pytest.mark.parametrize("name", PROCESSES)
def test_process_killed_at_each_write_point_loses_nothing(tutor: RunningTutor, name: str) -> None:
    """A turn's commits are gone through one by one, with a kill before and after each, until there are no more."""
    crowd, points = Crowd(tutor, [Talker(Person(tutor.url))]), 0
    crowd.talkers[0].say_next()
    while all([crowd.strike(name, phase, points + 1) for phase in ("before", "after")]):
        points += 1

    assert points >= LEAST_WRITE_POINTS[name]
    assert crowd.trouble() == []


def test_many_kills_lose_nothing(crowd: Crowd, pytestconfig: pytest.Config) -> None:
    """While several people talk, processes are killed at write points by chance, over and over."""
    chance, wanted, kills = random.Random(6), int(pytestconfig.getoption("--kills")), {name: 0 for name in PROCESSES}

    while sum(kills.values()) < wanted:
        (name,) = chance.choices(list(CHANCES), list(CHANCES.values()))
        kills[name] += crowd.strike(name, chance.choice(("before", "after")), chance.randint(1, 4))
        assert crowd.trouble() == [], kills

    print(f"kills: {kills}; messages: {sum(len(talker.acknowledged) for talker in crowd.talkers)}")
