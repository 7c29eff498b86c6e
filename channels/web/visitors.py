"""Who visits over the web: the cookie that a browser keeps, the token that a program shows, where a request is from."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from channels.errors import NotFromHere
from channels.identity import COOKIE, Identities, door_key, shown_token

COOKIE_LIFE_SECONDS = 400 * 24 * 3600


class Visitors:
    """Finds the learner behind a request, and gives new ones an identity.

    Args:
        public_url: Where people reach the page; its origin is the only one that may post.
        is_embedded: Whether other sites may show the page within theirs. Over https its cookie is then sent there, too,
            kept apart for each of those sites; without https none is kept there, and the page shows its token.
    """

    def __init__(self, identities: Identities, public_url: str, *, is_embedded: bool = False) -> None:
        self._identities = identities
        self._public_url = public_url
        self._is_https = public_url.startswith("https://")
        self._is_embedded = is_embedded and self._is_https

    def check_origin(self, request: Request) -> None:
        """Make sure that no other site's page posts with a person's cookie.

        Raises:
            NotFromHere: It does.
        """
        origin = request.headers.get("origin")
        if origin is None:
            return
        hosts = {urlsplit(self._public_url).netloc, request.headers.get("host")}
        if origin.partition("://")[2] not in hosts - {""}:
            raise NotFromHere("This page belongs to another site.")

    async def find(self, request: Request) -> str | None:
        """Return the learner who is shown by a token in the header or by the cookie; None for nobody known."""
        return await self.learner_of(shown_token(request))

    def door_key(self, request: Request) -> str:
        """Return the key under which the browser behind a request is stored."""
        return door_key(shown_token(request))

    async def learner_of(self, token: str | None) -> str | None:
        """Return the learner that a token was given to; None for one that was never given out."""
        return await run_in_threadpool(self._identities.learner, token)

    async def give_token(self, learner_id: str = "") -> str:
        """Return a new secret token for a learner; for nobody in particular, for a new one."""
        return await run_in_threadpool(self._identities.give, learner_id)

    def keep_token(self, response: Response, token: str) -> None:
        """Have the browser keep a token where no script reads it."""
        response.set_cookie(
            COOKIE,
            token,
            max_age=COOKIE_LIFE_SECONDS,
            httponly=True,
            samesite="none" if self._is_embedded else "strict",
            secure=self._is_https,
            path="/",
        )
        if self._is_embedded:  # Python 3.10 does not know the word yet
            response.headers["Set-Cookie"] += "; Partitioned"
