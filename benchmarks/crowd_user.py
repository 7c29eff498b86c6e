"""One learner of a crowd, as locust plays many of them: reads, then presses a button or types.

Used by ``benchmarks.crowd``, which names in ``CROWD_REPORT`` where each learner writes down what was acknowledged.
"""

from __future__ import annotations

import os
import random
import uuid
from pathlib import Path
from typing import Any

from locust import FastHttpUser, between, events, task

REPORT = Path(os.environ.get("CROWD_REPORT", "var/bench/crowd"))
TEXTS = (
    "lesson 1",
    "next",
    "what is co-design?",
    "quiz me",
    "b",
    "a and c",
    "back",
    "what is a living lab?",
    "plan my own project",
    "older people who live alone",
    "show my progress",
    "how did the finnish pilot go?",
)
PRESSED_SHARE = 0.6
acknowledged: list[str] = []


class Learner(FastHttpUser):  # type: ignore[misc]  # locust's annotations are not complete
    """Reads for some seconds between two messages, as people do."""

    wait_time = between(6, 20)

    def on_start(self) -> None:
        """Come in and be greeted."""
        self._headers = {"Authorization": f"Bearer {self.client.post('/api/session').json()['token']}"}
        self._buttons: list[str] = []
        self._say({"button": "start"})

    @task
    def go_on(self) -> None:
        """Press one of the newest buttons, or type."""
        if self._buttons and random.random() < PRESSED_SHARE:
            self._say({"button": random.choice(self._buttons)})
        else:
            self._say({"text": random.choice(TEXTS)})

    def _say(self, said: dict[str, Any]) -> None:
        message_id = str(uuid.uuid4())
        body = {"id": message_id, **said}
        with self.client.post(
            "/api/messages", json=body, headers=self._headers, name="turn", catch_response=True
        ) as answer:
            if answer.status_code != 200:
                answer.failure(f"status {answer.status_code}")
                return
            acknowledged.append(message_id)
            replies = answer.json()["messages"]
        self._buttons = [button["token"] for reply in replies for button in reply["buttons"]]


@events.quitting.add_listener
def _write_down(**_: Any) -> None:
    REPORT.mkdir(parents=True, exist_ok=True)
    (REPORT / "acknowledged.txt").write_text("\n".join(acknowledged), encoding="ascii")
