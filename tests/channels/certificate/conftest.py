"""Somebody who has done what a certificate asks for, their link, and the pages without the rest of the gateway."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.requests import Request

from channels.certificate.checking import Checking
from channels.certificate.giving import Giving
from channels.guessing import GuessLimit
from channels.headers import BodyLimit, SafeHeaders
from database import open_engine
from learning.certificate_key import CertificateKey, make_key
from learning.certificate_seal import Seal
from learning.certificates_store import Certificates
from learning.store import LearningStore
from tests.channels.certificate.holder import Holder
from tests.channels.visitor import ADDRESS, visit
from tests.learning.certificates import a_course, finish

SHOWN = "X-Test-Learner"  # stands for the cookie


async def find_learner(request: Request) -> str | None:
    """Tell who is there, as the test's header says."""
    return request.headers.get(SHOWN)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Give a database where Ann has done the whole course."""
    engine = open_engine(database_url)
    finish(LearningStore(engine), "ann")
    yield engine
    engine.dispose()


@pytest.fixture
def key() -> CertificateKey:
    """Give the installation's key."""
    return make_key()


@pytest.fixture
def seal(key: CertificateKey) -> Seal:
    """Give what names are sealed with."""
    return Seal(key)


@pytest.fixture
def certificates(engine: Engine) -> Certificates:
    """Give the store behind the pages."""
    return Certificates(engine)


@pytest.fixture
async def browser(engine: Engine, key: CertificateKey) -> AsyncIterator[httpx.AsyncClient]:
    """Give a browser at the pages, under the gateway's own headers."""
    limit = GuessLimit()
    giving = Giving(engine, key, ADDRESS, a_course, find_learner, limit)
    checking = Checking(engine, key, ADDRESS, limit)
    app = Starlette(routes=[*giving.routes(), *checking.routes()])
    async with visit(SafeHeaders(BodyLimit(app), is_https=False)) as client:
        yield client


@pytest.fixture
def holder(browser: httpx.AsyncClient, engine: Engine, seal: Seal) -> Holder:
    """Give Ann, who asked for her certificate in Telegram."""
    return Holder(browser, engine, seal)
