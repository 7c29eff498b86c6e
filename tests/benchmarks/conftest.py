"""Fresh databases for what the benchmarks write."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.desk_database import fresh_postgresql, fresh_sqlite, postgresql_program


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give an empty database of each kind that there is."""
    if request.param == "postgresql" and not postgresql_program("initdb"):
        pytest.skip("PostgreSQL is not installed")
    with fresh_sqlite() if request.param == "sqlite" else fresh_postgresql() as url:
        yield url
