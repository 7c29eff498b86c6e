"""The gateway as a process of its own, with an assistant that repeats what it hears.

    python -m tests.channels.telegram.served_gateway

It is told by the environment, as the real one; ``FAKE_REPLIES`` holds what the assistant says in place of an echo.
"""

from __future__ import annotations

import json
import os

import uvicorn

from channels.fake_assistant import FakeAssistant
from channels.gateway import create_app
from settings import load_settings

if __name__ == "__main__":
    settings = load_settings()
    assistant = FakeAssistant(replies=json.loads(os.environ.get("FAKE_REPLIES") or "[]"))
    uvicorn.run(create_app(settings, assistant), host=settings.host, port=settings.port, access_log=False, ws="none")
