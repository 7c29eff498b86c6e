"""Made-up learners: as many as asked, the same for a seed, and rows that both databases take."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from benchmarks.desk_people import People, Size
from benchmarks.desk_rows import write_rows
from database import open_engine
from knowledge.loader import load_knowledge

KNOWLEDGE, NOW, SIZE = load_knowledge(), datetime(2026, 5, 1), Size(20, 200)


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
