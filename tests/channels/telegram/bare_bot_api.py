"""The barest Bot API that a bot can live with: it answers two methods, badly, and all others with a page in HTML.

It gives all updates at once, again and again, however long it was asked to wait.
"""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from settings import LOOPBACK

PAGE = b"<html><body><h1>404 Not Found</h1></body></html>"


class BareBotApi:
    """Serves in a thread of its own.

    Attributes:
        updates: What ``getUpdates`` gives, each time from the first one on.
        asked_at: When it was asked for them, in seconds of the monotonic clock.
        sent: Texts that were sent, with their buttons.
        missing: Names of the other methods that were called.
    """

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.asked_at: list[float] = []
        self.sent: list[dict[str, str]] = []
        self.missing: set[str] = set()
        self._server = ThreadingHTTPServer((LOOPBACK, 0), self._handler())
        self.url = f"http://{LOOPBACK}:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """End serving."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, fields: dict[str, str]) -> Any:
        """Answer a call; None for a method that is not there."""
        if method == "getUpdates":
            self.asked_at.append(time.monotonic())
            return self.updates
        if method == "sendMessage":
            self.sent.append(fields)
            return {"message_id": str(len(self.sent))}
        self.missing.add(method)
        return None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8", "replace")
                fields = {name: values[0] for name, values in parse_qs(body).items()}
                result = api.answer(self.path.rpartition("/")[2], fields)
                content = PAGE if result is None else json.dumps({"ok": True, "result": result}).encode()
                self.send_response(404 if result is None else 200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Handler
