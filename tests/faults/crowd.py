"""Some people who talk with the running tutor through both doors at the same time, while its processes are killed."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count, cycle
from typing import Any

import httpx

from tests.channels.telegram.chat import Chat, StandIn, wait_until
from tests.faults.audit import find_trouble
from tests.faults.telegram_audit import find_telegram_trouble
from tests.person import Person, new_id
from tests.running import RunningTutor

TEXTS = ("lesson 1", "next", "what is co-design?", "start the quiz", "b", "next", "c", "show my progress")
KEYS = {"next": "Next", "b": "B.", "c": "C."}  # what stands for a text under the newest message
PAUSE_SECONDS = 0.2
LATE_KILL_SECONDS = 0.1
ANSWER_LIMIT_SECONDS = 120.0
CHAT_IDS = count(7_300_001)
BOT_ID = 4242


@dataclass
class Talker(ABC):
    """Somebody who says one text after another.

    Attributes:
        texts: What is said, over and over.
        acknowledged: Ids of the messages that the tutor has taken.
    """

    texts: Iterator[str] = field(default_factory=lambda: cycle(TEXTS), kw_only=True)
    acknowledged: list[str] = field(default_factory=list, kw_only=True)

    @abstractmethod
    def say_next(self) -> None:
        """Say the next text, however long it takes."""

    @abstractmethod
    def wait(self) -> None:
        """Wait until all that was said is answered."""


@dataclass
class WebTalker(Talker):
    """Somebody on the web page, who sends each text again until it is acknowledged."""

    person: Person

    def say_next(self) -> None:
        """Say the next text."""
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

    def wait(self) -> None:
        """Wait as the page does."""
        self.person.wait()


@dataclass
class TelegramTalker(Talker):
    """Somebody in Telegram, who presses what can be pressed, and else types two texts in a row.

    Telegram takes every message, and gives it to the tutor until the tutor has asked for later ones. One of three
    comes twice, as it may.
    """

    chat: Chat
    tutor: RunningTutor

    def say_next(self) -> None:
        """Say the next text or two, and wait for the answers."""
        text = next(self.texts)
        if key := self._find_key(text):
            with self.chat.stand_in.counting:
                self._do(self.chat.query_of(key["callback_data"]))
            self.acknowledged.append(f"press-{key['callback_data']}")
        else:
            self._type(text)
            self._type(next(self.texts))
        self.wait()
        self.chat.look()

    def _find_key(self, text: str) -> dict[str, str] | None:
        """Find what can be pressed in place of a text, under the newest message."""
        title, newest = KEYS.get(text), self.chat.told[-1:]
        rows = [row for call in newest for row in (call.get("reply_markup") or {}).get("inline_keyboard", [])]
        return next((key for row in rows for key in row if title and key["text"].startswith(title)), None)

    def _type(self, text: str) -> None:
        with self.chat.stand_in.counting:
            update = self.chat.stand_in.update(message=self.chat.message(text=text))
            self._do(update)
        self.acknowledged.append(f"telegram-{BOT_ID}-{update['update_id']}")

    def _do(self, update: dict[str, Any]) -> None:
        for _ in range(2 if update["update_id"] % 3 == 0 else 1):
            self.chat.stand_in.do(update)

    def wait(self) -> None:
        """Wait until the newest message is answered, and all is delivered."""
        wait_until(self._is_answered, ANSWER_LIMIT_SECONDS)

    def _is_answered(self) -> bool:
        answered = "SELECT 1 FROM inbox WHERE message_id = ? AND answered_at IS NOT NULL"
        waiting = (
            "SELECT 1 FROM outbox JOIN telegram_chat USING (learner_id)"
            " WHERE chat_id = ? AND author = 'tutor' AND delivered_at IS NULL"
        )
        is_answered = not self.acknowledged or self.tutor.read(answered, self.acknowledged[-1])
        return bool(is_answered) and not self.tutor.read(waiting, self.chat.chat_id)


@dataclass
class Crowd:
    """Those people, and what has befallen the tutor.

    Attributes:
        gateway_kills: How often the gateway was killed; each time a reply that was on its way may come again.
    """

    tutor: RunningTutor
    talkers: list[Talker]
    gateway_kills: int = 0

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
            talker.wait()
        self.gateway_kills += is_killed and name == "gateway"
        return is_killed

    def _watch(self, name: str, saying: list[Future[None]]) -> bool:
        while self.tutor.is_running(name):
            if all(one.done() for one in saying):
                time.sleep(LATE_KILL_SECONDS)  # what was meant to be the last commit may end the process just now
                return not self.tutor.is_running(name)
            time.sleep(0.02)
        return True

    def trouble(self) -> list[str]:
        """Look at what is stored of these people, and at what they were shown in Telegram."""
        found = find_trouble(self.tutor.read, [one for talker in self.talkers for one in talker.acknowledged])
        for talker in self.talkers:
            if isinstance(talker, TelegramTalker):
                found += find_telegram_trouble(self.tutor.read, talker.chat, self.tutor.url, self.gateway_kills)
        return found


def open_web(tutor: RunningTutor) -> WebTalker:
    """Give somebody new on the web page."""
    return WebTalker(Person(tutor.url))


def open_telegram(tutor: RunningTutor, stand_in: StandIn) -> TelegramTalker:
    """Give somebody new in Telegram."""
    return TelegramTalker(Chat(stand_in, next(CHAT_IDS)), tutor)
