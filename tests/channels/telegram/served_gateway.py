"""The gateway as a process of its own, with an assistant that repeats what it hears, or shows what it is asked to.

    python -m tests.channels.telegram.served_gateway

It is told by the environment, as the real one.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import uvicorn

from channels.fake_assistant import FakeAssistant
from channels.gateway import create_app
from database import open_engine
from learning.downloads import Downloads, address
from learning.papers.library import DATA, DATA_NAME
from settings import load_settings

SLOW_SECONDS = 3.0
RATINGS = [{"title": sign, "payload": f"/{name}", "kind": "rate"} for sign, name in (("👍", "yes"), ("👎", "no"))]
OPTION = "They are asked what they think of it, and others decide and carry it out"
OPTIONS = [
    {"title": f"{letter}. {OPTION} ({letter})", "payload": f"/{letter}", "kind": "option"} for letter in ("A", "B", "C")
]
SOURCE = {"key": "S1", "title": "A guide", "author": "Ada & Bo", "year": "2020", "url": "https://example.org/a?b=1&c=2"}
SHOWN: dict[str, list[dict[str, Any]]] = {
    "picture": [
        {
            "text": "Look at the **ladder**.",
            "image": {
                "name": "ladder",
                "title": "The ladder",
                "alt": "Rungs from low to high.",
                "width": 8,
                "height": 6,
            },
            "buttons": [{"title": "Next", "payload": "/continue_lesson"}],
        }
    ],
    "missing picture": [{"text": "Look.", "image": {"name": "nothing-here", "alt": "Rungs."}}],
    "long": [{"text": "\n\n".join(f"Paragraph {n}. **It says** a thing & more. " * 6 for n in range(40))}],
    "sources": [{"text": "So it is.", "custom": {"sources": [SOURCE, {**SOURCE, "title": "No link", "url": ""}]}}],
    "progress": [{"text": "A card.", "custom": {"progress": {"lesson": "What it is", "done": 3, "total": 9}}}],
    "item": [{"text": "What is it?", "buttons": [*OPTIONS, {"title": "Skip", "payload": "/skip_step"}]}],
    "answer": [{"text": "It is so.", "buttons": [{"title": "Tell me more", "payload": "/ask_more"}, *RATINGS]}],
    "file": [{"text": "Here.", "custom": {"files": [{"url": "/files/abc", "title": "My plan", "name": "plan.pdf"}]}}],
}


@dataclass
class ScriptedAssistant(FakeAssistant):
    """Repeats what it hears; ``show`` and a name shows something, ``slowly`` takes its time.

    Args:
        downloads: Makes the links to papers.
    """

    downloads: Downloads | None = None

    async def turn(self, learner_id: str, message_id: str, text: str, channel: str) -> list[dict[str, Any]]:
        """Take a turn."""
        if text.startswith("slowly"):
            await asyncio.sleep(SLOW_SECONDS)
        if text == "show paper" and self.downloads:
            named = {"kind": DATA, "format": "zip", "channel": channel}
            url = address(self.downloads.make(learner_id, message_id, **named))
            return [{"text": "Here.", "custom": {"files": [{"url": url, "title": "My data", "name": DATA_NAME}]}}]
        shown = SHOWN.get(text.removeprefix("show "))
        return shown or await super().turn(learner_id, message_id, text, channel)


if __name__ == "__main__":
    settings = load_settings()
    app = create_app(settings, ScriptedAssistant(downloads=Downloads(open_engine(settings.database_url))))
    uvicorn.run(app, host=settings.host, port=settings.port, access_log=False, ws="none")
