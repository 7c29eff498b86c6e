"""Crashes, a network that is away, a locked database: nothing is lost, nothing is heard twice, order is kept."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from channels.telegram.door import keep_going
from tests.channels.telegram.chat import Chat, StandIn, free_port, wait_until
from tests.channels.telegram.conftest import Served

KILLS = 5
LONG_SECONDS = 90.0  # every start of the gateway takes its time on a busy machine


def test_network_that_was_away_gets_what_waited(tmp_path: Path) -> None:
    """While nobody answers at the Bot API's address the web works; afterwards what waits comes, in order, once."""
    port = free_port()
    stand_in = StandIn(port)
    served = Served(tmp_path, stand_in, {"mode": "hook"})
    served.start()
    chat = Chat(stand_in)
    chat.say("hello")
    stand_in.close()
    secret = {"X-Telegram-Bot-Api-Secret-Token": "hook-secret"}
    try:
        for number, word in enumerate(("one", "two"), 900):
            update = {"update_id": number, "message": chat.message(text=word)}
            assert post(served, update, secret) == 200
        wait_until(lambda: served.waiting() == 2)

        back = StandIn(port)
        chat_again = Chat(back, chat.chat_id)
        try:
            told = chat_again.wait(2)
        finally:
            back.close()

        assert [call["text"] for call in told] == ["You said: one", "You said: two"]
    finally:
        served.kill()


def test_kill_between_keeping_and_answering_loses_nothing(tmp_path: Path) -> None:
    """A message that was kept is answered after a crash, and one that was answered is not answered again."""
    stand_in = StandIn()
    served = Served(tmp_path, stand_in, {"mode": "poll"})
    served.start()
    chat = Chat(stand_in)
    try:
        chat.say("first")
        wait_until(lambda: served.waiting() == 0)  # that it was brought is kept a moment after it was
        stand_in.fail("sendMessage", times=1, status=500)
        chat.send(text="second")
        wait_until(lambda: served.waiting() == 1)
        served.kill()
        stand_in.heal()
        served.start()

        told = chat.wait()

        assert [call["text"] for call in told] == ["You said: second"]
        assert served.said(chat) == ["first", "second"]
    finally:
        served.kill()
        stand_in.close()


def test_kills_at_any_moment_lose_nothing(tmp_path: Path) -> None:
    """However often the gateway dies, each message is heard once, in order, and each answer comes at least once."""
    stand_in = StandIn()
    served = Served(tmp_path, stand_in, {"mode": "poll"})
    chat = Chat(stand_in)
    words = [f"word {number}" for number in range(KILLS * 3)]
    chance = random.Random(6)
    try:
        for kill in range(KILLS):
            served.start()
            for word in words[kill * 3 : kill * 3 + 3]:
                chat.send(text=word)
            time.sleep(chance.uniform(0.0, 0.25))
            served.kill()
        served.start()
        wait_until(lambda: len({call["text"] for call in chat.answers()}) == len(words), LONG_SECONDS)
        wait_until(lambda: served.waiting() == 0)

        told = list(dict.fromkeys(call["text"] for call in chat.answers()))
        assert served.said(chat) == words
        assert told == [f"You said: {word}" for word in words]
        assert len(chat.answers()) <= len(words) + KILLS
    finally:
        served.kill()
        stand_in.close()


def test_locked_database_is_outlasted(served: Served, chat: Chat) -> None:
    """While another program holds the database nothing is lost; afterwards there is one answer to each message."""
    chat.say("before")
    with ThreadPoolExecutor() as pool:
        locked = pool.submit(served.lock, 8.0)
        wait_until(served.is_locked)
        chat.send(text="meanwhile")
        locked.result()
    chat.wait()

    assert served.said(chat) == ["before", "meanwhile"]
    assert [call["text"] for call in chat.answers()] == ["You said: before", "You said: meanwhile"]


async def test_part_with_a_fault_begins_again() -> None:
    """A fault that nobody foresaw does not leave the door half open for good."""
    tries: list[int] = []

    async def work() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise RuntimeError("unforeseen")

    await keep_going("part", work, pause_seconds=0.0)

    assert len(tries) == 3


def post(served: Served, update: object, headers: dict[str, str]) -> int:
    """Post an update to the web hook."""
    return httpx.post(f"{served.url}/hooks/tutor", json=update, headers=headers, trust_env=False).status_code
