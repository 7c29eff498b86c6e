"""Changed content fitted into what was learnt: only new texts are encoded, and all is found by what it says now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.encoder import SentenceEncoder
from knowledge.errors import IndexFileError
from knowledge.index_file import load_index, save_index
from knowledge.model import Knowledge
from knowledge.refitting import refit
from knowledge.retrieval import passages_of
from knowledge.trained import Learnt, learn
from tests.knowledge.content_tree import SHARING, ContentTree


class CountingEncoder:
    """An encoder that remembers what it was asked to encode."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self.key = encoder.key
        self._encoder = encoder
        self.encoded: list[str] = []

    def encode(self, texts: list[str]) -> np.ndarray:
        """Encode, and remember."""
        self.encoded += texts
        return self._encoder.encode(texts)


@pytest.fixture
def counting(encoder: SentenceEncoder) -> CountingEncoder:
    """Give the real encoder, counted."""
    return CountingEncoder(encoder)


def with_question(tree: ContentTree, question: str) -> Knowledge:
    """Return the content with one more question that an answer answers."""
    text = (tree.folder / SHARING).read_text(encoding="utf-8")
    tree.write(SHARING, text.replace("questions:\n", f"questions:\n  - {question}\n", 1))
    return tree.knowledge()


def test_same_content_is_fitted_to_what_was_learnt(
    garden: Knowledge, learnt: Learnt, counting: CountingEncoder
) -> None:
    """Nothing is encoded, and each array is the one that was learnt."""
    fitted = refit(learnt, garden, counting)  # type: ignore[arg-type]

    assert counting.encoded == []
    for name in ("vectors", "outside", "premises", "keys"):
        assert np.array_equal(getattr(fitted, name), getattr(learnt, name)), name
    assert fitted.model is learnt.model


def test_new_question_alone_is_encoded(tree: ContentTree, learnt: Learnt, counting: CountingEncoder) -> None:
    """The rows stand in the order of the new content's passages, the new question at its place."""
    knowledge = with_question(tree, "may my aunt borrow the wheelbarrow")

    fitted = refit(learnt, knowledge, counting)  # type: ignore[arg-type]

    assert counting.encoded == ["may my aunt borrow the wheelbarrow"]
    texts = [passage.text for passage in passages_of(knowledge)]
    assert np.allclose(fitted.vectors, counting.encode(texts), atol=0.02)


def test_changed_content_is_found_by_its_new_question(
    tree: ContentTree, learnt: Learnt, encoder: SentenceEncoder, tmp_path: Path, garden: Knowledge
) -> None:
    """The stored index of older content serves the new content, when there is an encoder to fit it in."""
    path = tmp_path / "index.npz"
    save_index(learnt, path, garden.version)
    question = "zeppelin moorings for the allotment"
    knowledge = with_question(tree, question)

    with pytest.raises(IndexFileError, match="made from other content"):
        load_index(path, knowledge)
    loaded = load_index(path, knowledge, encoder)

    best = loaded.index.rank(question, encoder.encode([question])[0])[0]
    assert (best.topic, best.because) == ("system.sharing", question)


def test_new_topic_gets_a_place_in_the_model(tree: ContentTree, learnt: Learnt, encoder: SentenceEncoder) -> None:
    """Where topics differ, the small model is fitted anew, and knows all of them."""
    knowledge = tree.knowledge()
    changed = replace(
        knowledge, planned={**knowledge.planned, "system.x": ("may bees live here", "who keeps the bees")}
    )

    fitted = refit(learnt, changed, encoder)

    assert "system.x" in fitted.topics
    assert len(fitted.model.weights) == len(fitted.topics)
    assert len(fitted.vectors) == len(passages_of(changed))


def test_other_encoder_is_refused(garden: Knowledge, learnt: Learnt, counting: CountingEncoder) -> None:
    """Vectors of two encoders are never mixed."""
    counting.key = "another"

    with pytest.raises(IndexFileError, match="another encoder"):
        refit(learnt, garden, counting)  # type: ignore[arg-type]


def test_fitted_index_equals_a_new_one_where_models_do_not_count(
    tree: ContentTree, learnt: Learnt, encoder: SentenceEncoder
) -> None:
    """Texts get the same vectors as a training would give them."""
    knowledge = with_question(tree, "may my aunt borrow the wheelbarrow")

    fitted, anew = refit(learnt, knowledge, encoder), learn(knowledge, encoder)

    assert np.allclose(fitted.vectors, anew.vectors, atol=0.02)
    assert np.array_equal(fitted.keys, anew.keys)
    assert fitted.topics == anew.topics
