"""Identities are given out, found by their token, and stored as hashes only."""

from __future__ import annotations

import pytest
from sqlalchemy.engine import Engine

from channels import tables
from channels.identity import TOKEN_LIMIT_CHARS, Identities
from database import reading


def test_given_token_finds_its_learner(engine: Engine) -> None:
    """Each token leads to one learner, and each learner is another."""
    identities = Identities(engine)
    tokens = [identities.give() for _ in range(3)]

    found = [identities.learner(token) for token in tokens]

    assert len(set(tokens)) == len(set(found)) == 3
    assert found == [identities.learner(token) for token in tokens]


@pytest.mark.parametrize("token", [None, "", "forged", "ÿ\ud800", "x" * (TOKEN_LIMIT_CHARS + 1)], ids=ascii)
def test_token_never_given_finds_nobody(engine: Engine, token: str | None) -> None:
    """Nobody becomes known by showing something."""
    identities = Identities(engine)
    identities.give()

    assert identities.learner(token) is None


def test_database_holds_no_token(engine: Engine) -> None:
    """Who reads the database cannot speak for anybody."""
    identities = Identities(engine)
    token = identities.give()

    with reading(engine) as connection:
        row = connection.execute(tables.web_session.select()).one()

    assert token not in str(tuple(row))
    assert row.token_hash not in token
    assert identities.learner(row.token_hash) is None
