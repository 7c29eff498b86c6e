"""A link is for one person, works once, expires, and cannot be read out of the database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from learning import tables
from learning.downloads import LIFE_HOURS, TOKEN_BYTES, Downloads

NOON = datetime(2026, 5, 4, 12, 0)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Give a clock at noon."""
    return Clock()


@pytest.fixture
def downloads(engine: Engine, clock: Clock) -> Downloads:
    """Give links on an empty database."""
    return Downloads(engine, clock)


def make(downloads: Downloads, message_id: str = "m1", format: str = "pdf") -> str:
    """Make a link to Ann's plan."""
    return downloads.make("ann", message_id, kind="plan", subject="7", format=format, channel="web")


def test_link_made_is_found_as_it_was_made(downloads: Downloads) -> None:
    """It says whose it is, what is behind it, and until when it works."""
    link = downloads.find(make(downloads))

    assert link is not None
    assert (link.learner_id, link.kind, link.subject, link.format, link.channel) == ("ann", "plan", "7", "pdf", "web")
    assert (link.made_at, link.expires_at, link.used_at) == (NOON, NOON + timedelta(hours=LIFE_HOURS), None)


def test_link_used_works_no_more(downloads: Downloads) -> None:
    """The second use gets nothing; that it was used can still be told."""
    token = make(downloads)

    first, second, found = downloads.use(token), downloads.use(token), downloads.find(token)

    assert first is not None and first.used_at == NOON
    assert second is None
    assert found == first


def test_link_used_by_many_at_once_works_once(downloads: Downloads) -> None:
    """Of eight that ask together, one gets it."""
    token = make(downloads)

    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(downloads.use, [token] * 8))

    assert sum(link is not None for link in got) == 1


def test_link_expired_is_as_unknown(downloads: Downloads, clock: Clock) -> None:
    """At the end of its day it is neither found nor used."""
    token = make(downloads)

    clock.now += timedelta(hours=LIFE_HOURS)

    assert downloads.find(token) is None
    assert downloads.use(token) is None


@pytest.mark.parametrize("token", ["", "x", "x" * 5_000, "\ud800", "' OR 1=1 --"])
def test_link_unknown_is_nothing(downloads: Downloads, token: str) -> None:
    """What was never given out stands for nothing, whatever it looks like."""
    make(downloads)

    assert downloads.find(token) is None
    assert downloads.use(token) is None


def test_token_is_not_in_the_database(downloads: Downloads, engine: Engine) -> None:
    """Whoever reads the database cannot use a link of somebody else."""
    token = make(downloads)

    with engine.connect() as connection:
        row = connection.execute(sa.select(tables.download)).one()

    assert token not in str(row)
    assert len(token) >= TOKEN_BYTES * 8 / 6


def test_same_message_again_replaces_its_link(downloads: Downloads, engine: Engine) -> None:
    """A message that comes twice leaves one link for each format, and the latest token works."""
    first, second, other = make(downloads), make(downloads), make(downloads, format="docx")

    with engine.connect() as connection:
        count = connection.execute(sa.select(sa.func.count()).select_from(tables.download)).scalar_one()

    assert count == 2
    assert downloads.find(first) is None
    assert downloads.use(second) and downloads.use(other)
