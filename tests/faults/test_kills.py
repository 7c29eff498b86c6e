"""Each process is killed at each of its write points, and at many more of them by chance; nothing is lost or doubled.

People talk through both doors meanwhile. ``--kills 200`` kills as often as that; the stored state, and what was shown
in Telegram, are looked at after every kill.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.channels.telegram.chat import StandIn
from tests.faults.crowd import Crowd, TelegramTalker, open_telegram, open_web
from tests.running import PROCESSES, RunningTutor

WRITE_POINTS = {"gateway": 12, "actions": 4, "assistant": 4}  # of two people on the web and two in Telegram, at least
LEAST_WRITE_POINTS = {"gateway": 2, "actions": 1, "assistant": 1}
LEAST_TELEGRAM_POINTS = 5  # a message kept, its update claimed, answered, where its buttons hang, delivered
CHANCES = {"gateway": 0.76, "actions": 0.16, "assistant": 0.08}  # the quicker a process starts, the more often


@pytest.fixture
def new_chat(tutor: RunningTutor, bot_api: StandIn) -> Callable[[], TelegramTalker]:
    """Give a maker of people in Telegram."""
    return lambda: open_telegram(tutor, bot_api)


@pytest.mark.parametrize("name", PROCESSES)
def test_process_killed_at_each_write_point_loses_nothing(tutor: RunningTutor, name: str) -> None:
    """A turn's commits are gone through one by one, with a kill before and after each, until there are no more."""
    crowd, points = Crowd(tutor, [open_web(tutor)]), 0
    crowd.talkers[0].say_next()
    while all([crowd.strike(name, phase, points + 1) for phase in ("before", "after")]):
        points += 1

    assert points >= LEAST_WRITE_POINTS[name]
    assert crowd.trouble() == []


def test_gateway_killed_at_each_write_point_of_telegram_loses_nothing(
    tutor: RunningTutor, new_chat: Callable[[], TelegramTalker]
) -> None:
    """Of a turn in Telegram each commit of the gateway is its last one once; what was sent comes again at most."""
    crowd, points = Crowd(tutor, [new_chat()]), 0
    crowd.talkers[0].say_next()
    while crowd.strike("gateway", "after" if points % 2 else "before", points + 1):
        points += 1

    assert points >= LEAST_TELEGRAM_POINTS
    assert crowd.trouble() == []


def test_many_kills_lose_nothing_at_either_door(
    tutor: RunningTutor, new_chat: Callable[[], TelegramTalker], pytestconfig: pytest.Config
) -> None:
    """While people talk at both doors, processes are killed at write points by chance, over and over."""
    crowd = Crowd(tutor, [open_web(tutor), open_web(tutor), new_chat(), new_chat()])
    chance, wanted, kills = random.Random(6), int(pytestconfig.getoption("--kills")), {name: 0 for name in PROCESSES}

    while sum(kills.values()) < wanted:
        (name,) = chance.choices(list(CHANCES), list(CHANCES.values()))
        kills[name] += crowd.strike(name, chance.choice(("before", "after")), chance.randint(1, WRITE_POINTS[name]))
        assert crowd.trouble() == [], kills

    messages = {type(talker).__name__: len(talker.acknowledged) for talker in crowd.talkers}
    print(f"kills: {kills}; messages of each: {messages}")
