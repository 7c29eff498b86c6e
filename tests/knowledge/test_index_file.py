"""The trained part of answering: built from content, kept in one file, refused when it does not fit."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from knowledge.encoder import WIDTH, SentenceEncoder
from knowledge.errors import IndexFileError
from knowledge.index_file import TrainedIndex, build_index, fit_topic_model, load_index, nearest, save_index
from knowledge.model import Knowledge
from tests.knowledge.conftest import OUTSIDE
from tests.knowledge.content_tree import TOOLS, ContentTree


@pytest.fixture
def stored(tmp_path: Path, trained: TrainedIndex, garden: Knowledge) -> Path:
    """Give the index, saved in a file."""
    path = tmp_path / "models" / "index.npz"
    save_index(trained, path, garden.version)
    return path


def rewrite(path: Path, **changed: Any) -> None:
    """Write the file again with some of its arrays changed, or left out where None is given."""
    with np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files}
    arrays = {name: array for name, array in {**arrays, **changed}.items() if array is not None}
    np.savez(path, **arrays)


def test_index_built_holds_everything(trained: TrainedIndex, garden: Knowledge, encoder: SentenceEncoder) -> None:
    """There is a vector for each passage and each outside example, a model, and the encoder's key."""
    assert trained.index.vectors.shape == (len(trained.index.passages), WIDTH)
    assert trained.outside_vectors.shape == (len(OUTSIDE), WIDTH)
    assert trained.index.topics == sorted(garden.course.topics)
    assert trained.index.model is not None and trained.index.model.weights.shape == (5, WIDTH)
    assert trained.encoder_key == encoder.key


def test_index_built_twice_is_the_same(garden: Knowledge, trained: TrainedIndex, encoder: SentenceEncoder) -> None:
    """Nothing in training is left to chance."""
    again = build_index(garden, OUTSIDE, encoder)

    assert again.calibration == trained.calibration
    assert np.array_equal(again.index.vectors, trained.index.vectors)


def test_index_without_outside_examples_is_refused(garden: Knowledge, encoder: SentenceEncoder) -> None:
    """Without examples of what is not covered nobody can tell when to refuse."""
    with pytest.raises(ValueError, match="calibration needs"):
        build_index(garden, [], encoder)


def test_index_saved_is_loaded_as_it_was(stored: Path, garden: Knowledge, trained: TrainedIndex) -> None:
    """What is read is what was written, and it ranks the same."""
    loaded = load_index(stored, garden)

    assert loaded.calibration == trained.calibration and loaded.encoder_key == trained.encoder_key
    assert np.array_equal(loaded.outside_vectors, trained.outside_vectors)
    vector = trained.index.vectors[5]
    assert loaded.index.rank("who has the key", vector) == trained.index.rank("who has the key", vector)


def test_index_saved_again_replaces_the_old(stored: Path, garden: Knowledge, trained: TrainedIndex) -> None:
    """A second save leaves one whole file, and nothing beside it."""
    save_index(trained, stored, garden.version)

    assert [path.name for path in stored.parent.iterdir()] == ["index.npz"]
    assert load_index(stored, garden).calibration == trained.calibration


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
    tmp_path_factory: pytest.TempPathFactory, garden: Knowledge, trained: TrainedIndex, data: st.DataObject
) -> None:
    """Wherever the file is cut short or a byte differs, it loads or is refused, and nothing else happens."""
    path = tmp_path_factory.getbasetemp() / "altered.npz"
    save_index(trained, path, garden.version)
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


@pytest.mark.parametrize("name", ["vectors", "outside", "weights", "meta"])
def test_index_without_a_part_is_refused(stored: Path, garden: Knowledge, name: str) -> None:
    """A file that lacks one of its parts is refused."""
    rewrite(stored, **{name: None})

    with pytest.raises(IndexFileError, match="cannot be read"):
        load_index(stored, garden)


def test_index_with_too_few_rows_is_refused(stored: Path, garden: Knowledge, trained: TrainedIndex) -> None:
    """Vectors that are fewer than the passages would name wrong topics, so they are not used."""
    rewrite(stored, vectors=trained.index.vectors[:-1])

    with pytest.raises(IndexFileError, match="made from other content"):
        load_index(stored, garden)


def test_index_of_other_content_is_refused(stored: Path, tree: ContentTree) -> None:
    """After a change of content the index has to be made again."""
    tree.edit(TOOLS, "must i bring my own spade", "do i bring my own spade")

    with pytest.raises(IndexFileError, match="made from other content; run tutor train"):
        load_index(stored, tree.knowledge())


def test_index_meta_names_what_it_was_made_of(stored: Path, garden: Knowledge, trained: TrainedIndex) -> None:
    """The file says from which content and by which encoder it was made."""
    with np.load(stored) as arrays:
        meta = json.loads(str(arrays["meta"]))

    assert meta == {
        "content": garden.version,
        "encoder": trained.encoder_key,
        "calibration": asdict(trained.calibration),
    }


@pytest.mark.parametrize("topics", [("a", "b"), ("a", "b", "c")])
def test_topic_model_names_topic_of_its_passages(topics: tuple[str, ...]) -> None:
    """Of two topics or more, the model finds the one that a passage belongs to."""
    vectors = np.eye(len(topics))

    model = fit_topic_model(list(topics), vectors)

    assert [int(model.log_probabilities(vector).argmax()) for vector in vectors] == list(range(len(topics)))


@pytest.mark.parametrize(
    ("rows", "likeness"), [([], 0.0), ([[0.0, 1.0]], 0.0), ([[0.6, 0.8], [1.0, 0.0]], 1.0), ([[-1.0, 0.0]], -1.0)]
)
def test_nearest_is_the_highest_cosine(rows: list[list[float]], likeness: float) -> None:
    """The likeness to the nearest row counts; without rows it is nought."""
    assert nearest(np.array(rows).reshape(-1, 2), np.array([1.0, 0.0])) == pytest.approx(likeness)
