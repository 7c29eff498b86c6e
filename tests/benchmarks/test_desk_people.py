"""Made-up learners: as many as asked, the same for a seed, and rows that both databases take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import pytest

from benchmarks.desk_database import fresh_postgresql, fresh_sqlite, postgresql_program
from benchmarks.desk_pages import Page, unmeasured
from benchmarks.desk_people import People, Size
from benchmarks.desk_rows import write_rows
from database import open_engine
from knowledge.loader import load_knowledge

KNOWLEDGE, NOW, SIZE = load_knowledge(), datetime(2026, 5, 1), Size(20, 200)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give an empty database of each kind that there is."""
    if request.param == "postgresql" and not postgresql_program("initdb"):
        pytest.skip("PostgreSQL is not installed")
    with fresh_sqlite() if request.param == "sqlite" else fresh_postgresql() as url:
        yield url


def test_rows_of_one_seed_are_the_same() -> None:
    """The same seed gives the same rows, another one others."""
    first, again, other = (list(People(KNOWLEDGE, SIZE, seed, NOW).rows()) for seed in (1, 1, 2))

    assert first == again
    assert first != other


def test_rows_are_written_in_the_numbers_asked(url: str) -> None:
    """Each turn leaves two messages and ten events."""
    engine = open_engine(url)

    written = write_rows(engine, People(KNOWLEDGE, SIZE, 1, NOW).rows())

    with engine.connect() as connection:
        counts = Counter(
            {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in written}
        )
    engine.dispose()
    assert counts == written
    assert (counts["learner"], counts["outbox"], counts["conversation_event"]) == (20, 400, 2_000)


def test_route_that_no_page_stands_for_is_named() -> None:
    """A new page is not forgotten."""
    assert unmeasured(["/", "/new"], [Page("/", "today", ("/",))]) == ["/new"]
