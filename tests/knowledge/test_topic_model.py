"""Fitting the linear model that looks at all passages of a topic together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from knowledge.topic_model import fit_topic_model


@pytest.mark.parametrize("topics", [("a", "b"), ("a", "b", "c"), tuple("abcdefgh")])
def test_topic_model_names_topic_of_its_passages(topics: tuple[str, ...]) -> None:
    """Of two topics or more, the model finds the one that a passage belongs to."""
    vectors = np.eye(len(topics))

    model = fit_topic_model(list(topics), vectors)

    assert [int(model.log_probabilities(vector).argmax()) for vector in vectors] == list(range(len(topics)))


def test_topic_model_has_topics_in_sorted_order() -> None:
    """The rows of the model stand as the index's topics do, whatever the order of the passages."""
    model = fit_topic_model(["z", "a", "m"], np.eye(3))

    assert int(model.log_probabilities(np.array([0.0, 1.0, 0.0])).argmax()) == 0


def test_small_topic_counts_as_much_as_a_large_one() -> None:
    """A topic with few passages is not drowned by one with many."""
    few, many = [[1.0, 0.0]], [[0.6, 0.8]] * 30

    model = fit_topic_model(["a", *["b"] * 30], np.array([*few, *many]))

    assert int(model.log_probabilities(np.array([1.0, 0.0])).argmax()) == 0


@given(topics=st.lists(st.sampled_from("abcd"), min_size=2, max_size=20).filter(lambda names: len(set(names)) > 1))
@examples(max_examples=30)
def test_any_topics_give_a_row_each(topics: list[str]) -> None:
    """Whatever the passages, the model has one row a topic, and its probabilities make one."""
    vectors = np.random.default_rng(len(topics)).normal(size=(len(topics), 5))

    model = fit_topic_model(topics, vectors)

    assert model.weights.shape == (len(set(topics)), 5) and model.offsets.shape == (len(set(topics)),)
    assert np.exp(model.log_probabilities(vectors[0])).sum() == pytest.approx(1.0, abs=1e-5)
