"""The file that keeps what was learnt: read as it was written, refused when it does not fit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from knowledge.errors import IndexFileError
from knowledge.index_file import load_index, save_index
from knowledge.model import Knowledge
from knowledge.trained import Learnt, Trained
from tests.knowledge.content_tree import TOOLS, ContentTree

ARRAYS = ("vectors", "outside", "premises", "weights", "offsets", "boundary", "premise_boundary")


@pytest.fixture
def stored(tmp_path: Path, learnt: Learnt, garden: Knowledge) -> Path:
    """Give what was learnt, saved in a file."""
    path = tmp_path / "models" / "index.npz"
    save_index(learnt, path, garden.version)
    return path


def rewrite(path: Path, **changed: Any) -> None:
    """Write the file again with some of its arrays changed, or left out where None is given."""
    with np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files}
    arrays = {name: array for name, array in {**arrays, **changed}.items() if array is not None}
    np.savez(path, **arrays)


def test_index_saved_is_loaded_as_it_was(stored: Path, garden: Knowledge, trained: Trained, learnt: Learnt) -> None:
    """What is read is what was written, and it ranks the same."""
    loaded = load_index(stored, garden)

    assert loaded.calibration == learnt.calibration and loaded.learnt.encoder_key == learnt.encoder_key
    for name in ("vectors", "outside", "premises"):
        assert np.array_equal(getattr(loaded.learnt, name), getattr(learnt, name))
    vector = learnt.vectors[5]
    assert loaded.index.rank("who has the key", vector) == trained.index.rank("who has the key", vector)
    assert loaded.outside.kind(vector, 0.0) == trained.outside.kind(vector, 0.0)
    assert loaded.premises.weigh(vector)[0] == trained.premises.weigh(vector)[0]


def test_index_saved_again_replaces_the_old(stored: Path, garden: Knowledge, learnt: Learnt) -> None:
    """A second save leaves one whole file, and nothing beside it."""
    save_index(learnt, stored, garden.version)

    assert [path.name for path in stored.parent.iterdir()] == ["index.npz"]
    assert load_index(stored, garden).calibration == learnt.calibration


def test_index_missing_is_refused(tmp_path: Path, garden: Knowledge) -> None:
    """Without the file the error says how to make it."""
    with pytest.raises(IndexFileError, match=r"index\.npz is missing; run tutor train"):
        load_index(tmp_path / "index.npz", garden)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"hello", id="text"),
        pytest.param(b"PK\x03\x04 and then nothing", id="torn archive"),
        pytest.param(b"\x93NUMPY\x01\x00", id="torn array"),
    ],
)
def test_index_broken_is_refused(tmp_path: Path, garden: Knowledge, data: bytes) -> None:
    """A file that is no index is refused with what to do, and not with a library's error."""
    path = tmp_path / "index.npz"
    path.write_bytes(data)

    with pytest.raises(IndexFileError, match=r"index\.npz cannot be read \(.*\); run tutor train"):
        load_index(path, garden)


@given(data=st.data())
@examples(max_examples=30)
def test_index_cut_or_altered_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, garden: Knowledge, learnt: Learnt, data: st.DataObject
) -> None:
    """Wherever the file is cut short or a byte differs, it loads or is refused, and nothing else happens."""
    path = tmp_path_factory.getbasetemp() / "altered.npz"
    save_index(learnt, path, garden.version)
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(0, 255))
    path.write_bytes(content[: place + 1] if data.draw(st.booleans()) else content)

    try:
        load_index(path, garden)
    except IndexFileError as error:
        assert "run tutor train" in str(error)


@pytest.mark.parametrize("meta", ["[]", "{}", "no json", '{"content": "x", "encoder": "y", "calibration": {"a": 1}}'])
def test_index_with_odd_meta_is_refused(stored: Path, garden: Knowledge, meta: str) -> None:
    """A file of an older tutor, or of another program, is refused."""
    rewrite(stored, meta=np.array(meta))

    with pytest.raises(IndexFileError, match="run tutor train"):
        load_index(stored, garden)


@pytest.mark.parametrize("name", [*ARRAYS, "meta"])
def test_index_without_a_part_is_refused(stored: Path, garden: Knowledge, name: str) -> None:
    """A file that lacks one of its parts is refused."""
    rewrite(stored, **{name: None})

    with pytest.raises(IndexFileError, match="cannot be read"):
        load_index(stored, garden)


def test_index_with_too_few_rows_is_refused(stored: Path, garden: Knowledge, learnt: Learnt) -> None:
    """Vectors that are fewer than the passages would name wrong topics, so they are not used."""
    rewrite(stored, vectors=learnt.vectors[:-1])

    with pytest.raises(IndexFileError, match="made from other content"):
        load_index(stored, garden)


def test_index_of_other_content_is_refused(stored: Path, tree: ContentTree) -> None:
    """After a change of content the index has to be made again."""
    tree.edit(TOOLS, "must i bring my own spade", "do i bring my own spade")

    with pytest.raises(IndexFileError, match="made from other content; run tutor train"):
        load_index(stored, tree.knowledge())


def test_index_meta_names_what_it_was_made_of(stored: Path, garden: Knowledge, learnt: Learnt) -> None:
    """The file says from which content and by which encoder it was made, and holds the calibration to read."""
    with np.load(stored) as arrays:
        meta = json.loads(str(arrays["meta"]))

    assert (meta["content"], meta["encoder"]) == (garden.version, learnt.encoder_key)
    assert meta["calibration"]["covers"]["threshold"] == learnt.calibration.covers.threshold
    assert meta["offsets"] == {
        "boundary": learnt.boundary.offset,
        "premise_boundary": learnt.premise_boundary.offset,
    }
