"""A Bot API without Telegram: a process over HTTP that keeps what the bot sends, and gives it what people do.

    python -m tests.channels.telegram.stand_in PORT

The bot's side is ``/bot<token>/<method>``. Tests are on the other side: ``POST /do`` with an update, ``GET /calls``,
and ``POST /faults`` with ``{"method": ..., "times": ..., "status": ..., "body": ..., "seconds": ...}``.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import sys
from email import message_from_bytes
from email.policy import HTTP
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TOKEN = "4242:stand-in"
METHODS = {
    "getMe",
    "getUpdates",
    "setWebhook",
    "deleteWebhook",
    "setMyCommands",
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "sendChatAction",
    "editMessageReplyMarkup",
    "answerCallbackQuery",
    "leaveChat",
}
TEXT_LIMIT_UNITS, CAPTION_LIMIT_UNITS, DATA_LIMIT_BYTES = 4096, 1024, 64
JSON_FIELDS = ("reply_markup", "commands", "allowed_updates")
TAGS = {"b", "i", "a", "code", "pre", "blockquote"}


class Marks(HTMLParser):
    """Reads HTML as strictly as Telegram does: known tags only, closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fault = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag."""
        self.fault = self.fault or ("" if tag in TAGS else f'Unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        if not self.open or self.open.pop() != tag:
            self.fault = self.fault or "Unmatched end tag"


class BotApi:
    """The state of one bot."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.updates: list[dict[str, Any]] = []
        self.faults: list[dict[str, Any]] = []
        self.webhook = ""
        self.secret = ""
        self._numbers = itertools.count(100)
        self._news = asyncio.Event()

    async def answer(self, request: Request) -> Response:
        """Answer one call of the bot."""
        method, fields = request.path_params["method"], await _fields(request)
        self.calls.append({"method": method, **fields})
        for fault in self.faults:
            if fault["method"] in (method, "*") and fault["times"] > 0:
                fault["times"] -= 1
                await asyncio.sleep(fault.get("seconds", 0))
                if fault.get("status"):
                    return JSONResponse(fault.get("body") or {}, status_code=fault["status"])
        if request.path_params["token"] != TOKEN:
            return _refuse(401, "Unauthorized")
        if method not in METHODS:
            return _refuse(404, "Not Found")
        if refusal := _find_mistake(fields):
            return _refuse(400, f"Bad Request: {refusal}")
        return JSONResponse({"ok": True, "result": await self._do(method, fields)})

    async def _do(self, method: str, fields: dict[str, Any]) -> Any:
        if method == "getMe":
            return {"id": 4242, "is_bot": True, "first_name": "Tutor", "username": "stand_in_bot"}
        if method == "getUpdates":
            return await self._wait_for_updates(int(fields.get("offset") or 0), float(fields.get("timeout") or 0))
        if method == "setWebhook":
            self.webhook, self.secret = fields["url"], fields.get("secret_token", "")
        if method.startswith("send") and method != "sendChatAction":
            number = next(self._numbers)
            self.calls[-1]["message_id"] = number
            return {"message_id": number, "date": 0, "chat": {"id": int(fields["chat_id"]), "type": "private"}}
        return True

    async def _wait_for_updates(self, offset: int, seconds: float) -> list[dict[str, Any]]:
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        if not self.updates:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), seconds)
            except asyncio.TimeoutError:
                return []
        return self.updates

    async def do(self, request: Request) -> Response:
        """Take an update as if somebody had done something."""
        update = await request.json()
        self.updates.append(update)
        self._news.set()
        return JSONResponse({"webhook": self.webhook, "secret": self.secret})

    async def show(self, request: Request) -> Response:
        """Show all calls of the bot from a number on."""
        return JSONResponse(self.calls[int(request.query_params.get("after", 0)) :])

    async def fail(self, request: Request) -> Response:
        """Take a fault: from now on calls of a method are slow, or are answered with an error, some times."""
        fault = await request.json()
        self.faults.append(fault)
        return JSONResponse(True)

    async def forget_faults(self, request: Request) -> Response:
        """Be in good health again."""
        self.faults.clear()
        return JSONResponse(True)


async def _fields(request: Request) -> dict[str, Any]:
    """Read the parameters; of uploads only name and size."""
    body, kind = await request.body(), request.headers.get("content-type", "")
    fields: dict[str, Any] = dict(parse_qsl(body.decode("utf-8"))) if "urlencoded" in kind else {}
    if "multipart" in kind:
        whole = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=HTTP)
        for part in whole.iter_parts():
            content = part.get_payload(decode=True) or b""
            name = part.get_param("name", header="content-disposition")
            upload = {"file": part.get_filename(), "bytes": len(content), "begins": content[:4].hex()}
            fields[name] = upload if part.get_filename() else content.decode("utf-8")
    return {name: _parsed(value) if name in JSON_FIELDS else value for name, value in fields.items()}


def _parsed(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


def _find_mistake(fields: dict[str, Any]) -> str:
    for name, limit in (("text", TEXT_LIMIT_UNITS), ("caption", CAPTION_LIMIT_UNITS)):
        text = fields.get(name)
        if text is None:
            continue
        if len(text.encode("utf-16-le")) // 2 > limit:
            return f"{name} is too long"
        if name == "text" and not text.strip():
            return "message text is empty"
        if fields.get("parse_mode") == "HTML" and (fault := find_bad_mark(text)):
            return f"can't parse entities: {fault}"
    for row in (fields.get("reply_markup") or {}).get("inline_keyboard", []):
        for key in row:
            if not 1 <= len(key["callback_data"].encode()) <= DATA_LIMIT_BYTES:
                return "BUTTON_DATA_INVALID"
    return ""


def find_bad_mark(text: str) -> str:
    """Say what Telegram would not understand in HTML; an empty text if it is well."""
    marks = Marks()
    marks.feed(text)
    marks.close()
    bare = re.search(r"&(?!(?:lt|gt|amp|quot|#\d+|#x[0-9a-f]+);)", text)
    return marks.fault or ("Can't find end tag" if marks.open else "") or ("bare &" if bare else "")


def _refuse(status: int, description: str) -> Response:
    return JSONResponse({"ok": False, "error_code": status, "description": description}, status_code=status)


def create_app() -> Starlette:
    """Make the stand-in."""
    api = BotApi()
    return Starlette(
        routes=[
            Route("/bot{token}/{method}", api.answer, methods=["GET", "POST"]),
            Route("/do", api.do, methods=["POST"]),
            Route("/calls", api.show),
            Route("/faults", api.fail, methods=["POST"]),
            Route("/faults", api.forget_faults, methods=["DELETE"]),
        ]
    )


if __name__ == "__main__":
    uvicorn.run(create_app(), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", ws="none")
