"""Headers that every answer of the gateway carries, and the size that a request may have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.errors import TooLarge
from channels.pictures import PATH as DRAWINGS
from channels.said import BODY_LIMIT_BYTES
from learning.gallery import PATH as OWN_PICTURES

EMBED_SCRIPT = "/embed.js"
CONTENT_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
PICTURE_POLICY = "; ".join(  # a drawing opened alone carries its own colours, and runs nothing
    [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "sandbox",
    ]
)
PAGE_POLICY = "; ".join(  # pages without any script
    [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
POLICIES = {
    DRAWINGS: PICTURE_POLICY,
    OWN_PICTURES: PICTURE_POLICY,
    "/certificate/": PAGE_POLICY,
    "/verify": PAGE_POLICY,
}
OPEN_TO_ALL = ("/certificate-badge.svg",)  # shown by whoever shows a badge
PRIVATE = ("/api/", "/lite")  # what belongs to one person is kept nowhere on the way
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # no-referrer would take the origin from our own forms, too
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SafeHeaders:
    """Adds the headers; over https also the one that keeps browsers on https.

    Args:
        is_https: Whether people reach the page over https.
        embed_origins: Sites whose pages may show this one within them; without any, none may.
    """

    def __init__(self, app: ASGIApp, *, is_https: bool, embed_origins: Sequence[str] = ()) -> None:
        self._app = app
        self._headers = dict(HEADERS)
        self._is_embeddable = bool(embed_origins)
        if embed_origins:
            ancestors = f"frame-ancestors 'self' {' '.join(embed_origins)}"
            self._headers["Content-Security-Policy"] = CONTENT_POLICY.replace("frame-ancestors 'none'", ancestors)
            del self._headers["X-Frame-Options"]  # it cannot name sites; browsers that know the policy leave it aside
        if is_https:
            self._headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                for beginning, policy in POLICIES.items():
                    if scope["path"].startswith(beginning):
                        headers["Content-Security-Policy"] = policy
                if scope["path"] in OPEN_TO_ALL or (self._is_embeddable and scope["path"] == EMBED_SCRIPT):
                    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
                if scope["path"].startswith(PRIVATE):
                    headers["Cache-Control"] = "no-store"
                else:
                    headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class BodyLimit:
    """Refuses a body over ``BODY_LIMIT_BYTES`` before anything reads it whole.

    Args:
        larger: Limits of paths that take more, in bytes.
    """

    def __init__(self, app: ASGIApp, larger: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        limit_bytes = self._larger.get(scope["path"], BODY_LIMIT_BYTES)
        body = await _read_within_limit(receive, limit_bytes)
        if body is None:
            error = TooLarge(f"That is too much at once; I can take {limit_bytes // 1024} kB.")
            content = {"error": {"code": error.code, "message": error.message}}
            await JSONResponse(content, status_code=error.status, headers={"Connection": "close"})(scope, receive, send)
            return
        is_given = False

        async def receive_again() -> Message:
            nonlocal is_given
            if is_given:
                return await receive()
            is_given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, receive_again, send)


async def _read_within_limit(receive: Receive, limit_bytes: int) -> bytes | None:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > limit_bytes:
            return None
        if not message.get("more_body"):
            return bytes(body)
