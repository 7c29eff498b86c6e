"""The archive holds every row of one person, explained, and of nobody else."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from learning.archive import KEYS, README, Archive
from learning.belongings import Belongings
from learning.tables import note
from tests.learning.histories import count_rows, fill


@pytest.fixture
def files(engine: Engine) -> dict[str, str]:
    """Give the files of Ann's archive; Bob has rows, too."""
    with engine.begin() as connection:
        fill(connection, Belongings(engine), "ann", 2)
        fill(connection, Belongings(engine), "bob")
        connection.execute(note.update().where(note.c.learner_id == "ann").values(text='["as it was written"]'))
    with zipfile.ZipFile(io.BytesIO(Archive(engine).pack("ann"))) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_archive_has_a_file_for_each_table(engine: Engine, files: dict[str, str]) -> None:
    """Every table that can hold rows of people is there, with as many rows as there are."""
    with engine.connect() as connection:
        expected = count_rows(connection, Belongings(engine), "ann")

    found: dict[str, list[Any]] = {
        name.removesuffix(".json"): json.loads(text) for name, text in files.items() if name != README
    }

    assert {name: len(rows) for name, rows in found.items()} == expected


def test_archive_holds_nobody_elses_rows(files: dict[str, str]) -> None:
    """Bob's number stands nowhere in it."""
    assert '"bob"' not in "".join(files.values())


def test_archive_holds_no_key_to_a_door(files: dict[str, str]) -> None:
    """Hashes and tokens that open doors are left out."""
    rows = [row for name, text in files.items() if name != README for row in json.loads(text)]

    assert rows
    assert not any(KEYS & set(row) for row in rows)


def test_archive_explains_each_of_its_files(files: dict[str, str]) -> None:
    """The README names every file, with what stands in it and why."""
    for name in set(files) - {README}:
        assert name in files[README]
    assert files[README].count("why:") == len(files) - 1


def test_archive_keeps_texts_as_they_were_written(files: dict[str, str]) -> None:
    """A note that looks like JSON stays a text."""
    assert {row["text"] for row in json.loads(files["note.json"])} == {'["as it was written"]'}


def test_archive_of_nobody_is_empty_but_whole(engine: Engine) -> None:
    """Somebody new gets every file, each an empty list."""
    found = Archive(engine).read("nobody")

    assert found and not any(found.values())
