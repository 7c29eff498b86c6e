"""A Bot API that answers as its documents say, but for one method, which is at fault in a way of its own.

It shares nothing with the other stand-in. What is pressed and typed in a test is put into ``updates``.
"""

from __future__ import annotations

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from settings import LOOPBACK

WAIT_SECONDS = 0.3  # how long it waits for updates, at most
JSON = "application/json"
FAULTS: dict[str, tuple[int, str, bytes]] = {
    "404": (404, JSON, b'{"ok":false,"error_code":404,"description":"Not Found"}'),
    "400": (400, JSON, b'{"ok":false,"error_code":400,"description":"Bad Request: no"}'),
    "ok:false": (200, JSON, b'{"ok":false}'),
    "429": (429, JSON, b'{"ok":false,"error_code":429,"description":"Too Many","parameters":{"retry_after":1}}'),
    "HTML": (200, "text/html", b"<!doctype html><title>Proxy</title><h1>Sign in</h1>"),
    "HTML 502": (502, "text/html", b"<html><h1>Bad Gateway</h1></html>"),
    "list": (500, JSON, b"[]"),
    "null": (200, JSON, b'{"ok":true,"result":null}'),
    "empty": (200, JSON, b""),
    "hang up": (0, "", b""),
}


class HostileBotApi:
    """Serves in threads of its own.

    Attributes:
        updates: What ``getUpdates`` gives until it is confirmed.
        calls: Method, whether it was at fault, fields, and seconds of the monotonic clock.
        sick: The method that is at fault now, or none.
        kind: In which way.
    """

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.calls: list[tuple[str, bool, dict[str, str], float]] = []
        self.sick = self.kind = ""
        self._server = ThreadingHTTPServer((LOOPBACK, 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://{LOOPBACK}:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """End serving."""
        self._server.shutdown()
        self._server.server_close()

    def fall_ill(self, method: str, kind: str) -> None:
        """Have a method be at fault from now on."""
        self.kind, self.sick = kind, method

    def heal(self) -> None:
        """Be well again."""
        self.sick = ""

    def sent(self, chat_id: int) -> list[str]:
        """Return what came to a chat: texts, captions, and names of files."""
        got = [fields for method, is_ill, fields, _ in self.calls if method.startswith("send") and not is_ill]
        own = [fields for fields in got if fields.get("chat_id") == str(chat_id) and "action" not in fields]
        return [fields.get("document") or fields.get("text") or fields.get("caption", "") for fields in own]

    def buttons(self, chat_id: int) -> list[dict[str, str]]:
        """Return the buttons that came to a chat."""
        own = [fields for _, is_ill, fields, _ in self.calls if fields.get("chat_id") == str(chat_id) and not is_ill]
        markups = [json.loads(fields.get("reply_markup") or "{}") for fields in own]
        return [key for one in markups for row in one.get("inline_keyboard", []) for key in row]

    def tries(self, method: str) -> list[float]:
        """Return when a method was called while it was at fault."""
        return [at for name, is_ill, _, at in self.calls if name == method and is_ill]

    def answer(self, method: str, fields: dict[str, str]) -> Any:
        """Answer a call as the documents say."""
        if method == "getMe":
            return {"id": 4242, "is_bot": True, "first_name": "Tutor", "username": "hostile_bot"}
        if method == "getUpdates":
            return self._wait_for_updates(int(fields.get("offset") or 0))
        if method.startswith("send") and method != "sendChatAction":
            return {"message_id": len(self.calls), "date": 0, "chat": {"id": int(fields["chat_id"]), "type": "private"}}
        return True

    def _wait_for_updates(self, offset: int) -> list[dict[str, Any]]:
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        end = time.monotonic() + WAIT_SECONDS
        while not self.updates and time.monotonic() < end:
            time.sleep(0.02)
        return self.updates

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                method, fields = self.path.rpartition("/")[2], _read(self)
                is_ill = method == api.sick
                api.calls.append((method, is_ill, fields, time.monotonic()))
                result = {"ok": True, "result": None if is_ill else api.answer(method, fields)}
                status, kind, body = FAULTS[api.kind] if is_ill else (200, JSON, json.dumps(result).encode())
                if not status:
                    self.close_connection = True
                    return
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Handler


def _read(request: BaseHTTPRequestHandler) -> dict[str, str]:
    """Read the fields of a call; of an uploaded file its name."""
    body = request.rfile.read(int(request.headers.get("Content-Length") or 0)).decode("utf-8", "replace")
    if "multipart" not in request.headers.get("Content-Type", ""):
        return {name: values[0] for name, values in parse_qs(body).items()}
    parts = re.findall(r'name="(\w+)"(?:; filename="([^"]*)")?\r\n(?:[^\r\n]+\r\n)*\r\n(.*?)\r\n--', body, re.DOTALL)
    return {name: file or value for name, file, value in parts}
