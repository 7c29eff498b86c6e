"""Who is there. Identities are given out here and never taken from a client; only a hash of each token is stored."""

from __future__ import annotations

import hashlib
import secrets

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.requests import Request

from channels import tables
from database import now_utc, reading

TOKEN_LIMIT_CHARS = 100
COOKIE = "tutor"


class Identities:
    """Gives out tokens for the web page and finds the learner behind one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def give(self, learner_id: str = "") -> str:
        """Return a new secret token, 256 random bits, for a learner; for nobody in particular, for a new one."""
        token, learner_id = secrets.token_urlsafe(32), learner_id or secrets.token_hex(16)
        with self._engine.begin() as connection:
            row = {"token_hash": _hash(token), "learner_id": learner_id, "created_at": now_utc()}
            connection.execute(tables.web_session.insert().values(row))
        return token

    def learner(self, token: str | None) -> str | None:
        """Return the learner that a token was given to; None for a token that was never given out."""
        if not token or len(token) > TOKEN_LIMIT_CHARS:
            return None
        query = sa.select(tables.web_session.c.learner_id).where(tables.web_session.c.token_hash == _hash(token))
        with reading(self._engine) as connection:
            learner_id: str | None = connection.execute(query).scalar_one_or_none()
        return learner_id


def door_key(token: str | None) -> str:
    """Return the key of the row that a token leads to."""
    return _hash(token or "")


def shown_token(request: Request) -> str | None:
    """Return the token that a request shows, in its header or as a cookie."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else request.cookies.get(COOKIE)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
