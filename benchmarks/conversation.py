"""A conversation as a client has it, with the time that each turn takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import httpx

from benchmarks.processes import BenchmarkError

TURN_LIMIT_SECONDS = 30.0
Send = Callable[[str], httpx.Response]


def open_client(port: int) -> httpx.Client:
    """Open a client that keeps its connection, as a page does."""
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=TURN_LIMIT_SECONDS, trust_env=False)


class Conversation:
    """One person's turns: the same few texts over and over.

    Args:
        sender: By what the system knows the person.
        texts: What is typed.
        send: Posts one text and returns the answer.
        replies: Takes the replies out of an answer's JSON.
        turns: How many turns there were before.
    """

    def __init__(
        self, sender: str, texts: Sequence[str], send: Send, replies: Callable[[Any], list[Any]], turns: int = 0
    ) -> None:
        self.sender, self.turns = sender, turns
        self._texts, self._send, self._replies = texts, send, replies

    def take_turn(self) -> float:
        """Type the next text.

        Returns:
            Milliseconds from before it is sent until the whole answer is here.

        Raises:
            BenchmarkError: There was no answer, or an empty one: that would be quick, and wrong.
        """
        text = self._texts[self.turns % len(self._texts)]
        begun = time.perf_counter()
        response = self._send(text)
        taken_ms = (time.perf_counter() - begun) * 1000
        if response.status_code != 200 or not self._replies(response.json()):
            told = f"status {response.status_code}, {response.text[:200]}"
            raise BenchmarkError(f"turn {self.turns + 1}, {text!r}: {told}")
        self.turns += 1
        return taken_ms

    def take_turns(self, until: int) -> None:
        """Go on until there were so many turns."""
        while self.turns < until:
            self.take_turn()
