"""The parts are put together once, as the settings say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.actions.composition import index_path, live_parts, make_parts, parts
from database import open_engine
from knowledge.errors import IndexFileError
from knowledge.model import Knowledge
from settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _no_parts_kept() -> Iterator[None]:
    """Begin and end without parts of another test."""
    live_parts.cache_clear()
    yield
    live_parts.cache_clear()


def test_parts_follow_the_settings(trained: Settings, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folder and database come from the environment, and the parts are made once."""
    monkeypatch.setenv("TUTOR_VAR", str(trained.var))
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("TUTOR_SECRET", "secret")

    made = parts()

    assert parts() is made
    assert made.store.look("nobody").places == []
    assert made.answerer.ask("what is co-creation").decision.topics[0] == "system.co-creation"


def test_parts_without_index_say_what_to_do(tmp_path: object, knowledge: Knowledge, database_url: str) -> None:
    """Without a trained index nothing starts; the error says how to make one."""
    settings = load_settings({"TUTOR_VAR": str(tmp_path), "TUTOR_SECRET": "secret"})

    with pytest.raises(IndexFileError, match=f"{index_path(settings).name} is missing; run tutor train"):
        make_parts(settings, knowledge, open_engine(database_url))
