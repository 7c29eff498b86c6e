"""Ranking topics with a tiny index made by hand: likeness, shared words, the trained model."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.retrieval import (
    BEST_PASSAGES,
    LEXICAL_WEIGHT,
    NAMED_WEIGHT,
    SHORTLIST_TOPICS,
    UNSEEN,
    Index,
    IndexedPassage,
    PassageKind,
    TopicModel,
    passages_of,
)
from tests.knowledge.content_tree import ContentTree

NORTH, EAST = np.array([0.0, 1.0]), np.array([1.0, 0.0])


def at(degrees: float) -> np.ndarray:
    """Return the unit vector at an angle from east."""
    return np.array([math.cos(math.radians(degrees)), math.sin(math.radians(degrees))])


def an_index(*rows: tuple[str, str, np.ndarray], model: TopicModel | None = None) -> Index:
    """Make an index from topics, texts and vectors."""
    kind: PassageKind = "question"
    passages = [IndexedPassage(topic, kind, text) for topic, text, _ in rows]
    return Index(passages, np.array([vector for *_, vector in rows]), model)


def test_topics_are_ranked_by_likeness() -> None:
    """The topic whose passages point the same way comes first, with the passage that spoke most for it."""
    index = an_index(("a", "xx", at(80)), ("a", "yy", at(60)), ("b", "zz", at(30)), ("b", "ww", at(20)))

    best, second = index.rank("nothing shared", NORTH)

    assert (best.topic, best.because, second.topic, second.because) == ("a", "xx", "b", "zz")
    assert best.score == best.likeness == pytest.approx((math.cos(math.radians(10)) + math.cos(math.radians(30))) / 2)


def test_topic_counts_by_its_best_passages_only() -> None:
    """Many unlike passages of a topic do it no harm: only its best ones count."""
    few = [("a", f"few {n}", at(80)) for n in range(BEST_PASSAGES)]
    many = [("b", f"many {n}", at(85)) for n in range(BEST_PASSAGES)] + [("b", "far", at(-90))] * 20

    ranked = an_index(*few, *many).rank("nothing shared", NORTH)

    assert [one.topic for one in ranked] == ["b", "a"]
    assert ranked[0].likeness == pytest.approx(math.cos(math.radians(5)))


def test_shared_words_decide_between_equals() -> None:
    """Of two topics that are equally alike, the one that shares a rare word comes first."""
    fillers = [("c", f"other matter {n}", EAST) for n in range(6)]
    index = an_index(("a", "gardens", NORTH), ("b", "kitchens", NORTH), *fillers)

    assert index.rank("kitchen", NORTH, limit=1)[0].topic == "b"
    assert index.rank("garden", NORTH, limit=1)[0].topic == "a"
    assert index.rank("garden", NORTH, limit=1)[0].likeness == pytest.approx(1.0 + LEXICAL_WEIGHT)


def test_word_in_most_passages_does_no_harm() -> None:
    """A word that stands nearly everywhere is no evidence, for or against."""
    index = an_index(("a", "garden", NORTH), ("b", "garden", EAST), ("b", "garden soup", EAST))

    ranked = index.rank("garden", NORTH)

    assert ranked[0].topic == "a"
    assert all(-1.0 <= one.likeness <= 1.0 + LEXICAL_WEIGHT for one in ranked)


def test_passage_left_out_does_not_speak() -> None:
    """To judge the ranking on its own questions, a passage can be left out."""
    index = an_index(("a", "xx", NORTH), ("a", "yy", EAST), ("b", "zz", at(60)), ("b", "ww", at(60)))

    assert index.rank("none", NORTH, without=0)[0].topic == "b"
    assert index.rank("none", NORTH, without=0)[1].because == "yy"


def test_model_moves_order_and_not_likeness() -> None:
    """The trained model has a say in the order; the likeness, on which refusal rests, stays."""
    rows = (("a", "xx", at(80)), ("a", "yy", at(80)), ("b", "zz", at(79)), ("b", "ww", at(79)))
    model = TopicModel(np.zeros((2, 2)), np.array([0.0, 50.0]))

    plain, moved = an_index(*rows).rank("none", NORTH), an_index(*rows, model=model).rank("none", NORTH)

    assert [one.topic for one in plain] == ["a", "b"] and [one.topic for one in moved] == ["b", "a"]
    assert {one.topic: one.likeness for one in moved} == {one.topic: one.likeness for one in plain}


def test_equal_topics_come_in_their_order() -> None:
    """Of topics that score the same, the first by name comes first, also where only some are wanted."""
    index = an_index(*((topic, "xx", NORTH) for topic in "dbca"))

    assert [one.topic for one in index.rank("none", NORTH, limit=2)] == ["a", "b"]


def test_ranking_is_never_padded() -> None:
    """As many topics come as there are, at most as many as are wanted."""
    index = an_index(("a", "xx", NORTH), ("b", "yy", EAST))

    assert [len(index.rank("none", NORTH, limit=limit)) for limit in (1, 2, 9)] == [1, 2, 2]


@pytest.mark.parametrize("text", ["", "?!", "the of and", "👍", "word " * 500])
def test_odd_question_is_ranked_by_likeness(text: str) -> None:
    """A question without words that carry meaning is still ranked."""
    index = an_index(("a", "xx", NORTH), ("b", "yy", EAST))

    ranked = index.rank(text, NORTH)

    assert [one.topic for one in ranked] == ["a", "b"]
    assert all(math.isfinite(one.score) for one in ranked)


ROWS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["garden", "soup", ""]), st.integers(0, 359)), min_size=1
)


@given(rows=ROWS, angle=st.integers(0, 359), text=st.sampled_from(["garden", "garden soup", "none", ""]))
def test_any_index_ranks_each_topic_once(rows: list[tuple[str, str, int]], angle: int, text: str) -> None:
    """Whatever the passages, topics come best first, each once, with a likeness that can be."""
    index = an_index(*((topic, words, at(degrees)) for topic, words, degrees in rows))

    ranked = index.rank(text, at(angle), limit=9)

    assert sorted(one.topic for one in ranked) == index.topics
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    assert all(-1.001 <= one.likeness <= 1.001 + LEXICAL_WEIGHT for one in ranked)


@given(rows=ROWS, angle=st.integers(0, 359), gone=st.integers(0, 20))
def test_any_topic_counts_by_the_mean_of_its_best(rows: list[tuple[str, str, int]], angle: int, gone: int) -> None:
    """All topics are scored at once, and each as if it were scored alone, passage by passage."""
    index = an_index(*((topic, "", at(degrees)) for topic, _, degrees in rows))
    without = gone if gone < len(rows) else None

    ranked = index.rank("", at(angle), limit=9, without=without)

    for one in ranked:
        cosines = [
            -1.0 if n == without else at(row[2]) @ at(angle) for n, row in enumerate(rows) if row[0] == one.topic
        ]
        best = sorted(cosines, reverse=True)[:BEST_PASSAGES]
        assert one.likeness == pytest.approx(sum(best) / len(best))


def test_topic_named_comes_forward() -> None:
    """A topic that the question names, as by a pilot's place, counts for more, and says so."""
    index = an_index(("a", "xx", at(85)), ("b", "yy", at(80)))

    best, second = index.rank("none", NORTH, named=["b", "unknown"])

    assert (best.topic, best.is_named, second.is_named) == ("b", True, False)
    assert best.score == pytest.approx(best.likeness + NAMED_WEIGHT)


def crowded_index(n_topics: int) -> Index:
    """Make an index of many topics at random, with two passages each."""
    vectors = np.random.default_rng(3).normal(size=(2 * n_topics, 8))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    passages = [IndexedPassage(f"t{n // 2:05}", "question", f"word{n}") for n in range(2 * n_topics)]
    return Index(passages, vectors, TopicModel(vectors[::2], np.zeros(n_topics)))


def test_topics_beyond_the_shortlist_are_not_looked_at() -> None:
    """Of very many topics only the nearest are scored; the best of all is among them."""
    index = crowded_index(SHORTLIST_TOPICS + 200)
    vector = index.vectors[2 * 77]

    scores = index.score("none", vector)

    seen = scores.total > UNSEEN
    assert seen.sum() == SHORTLIST_TOPICS
    assert index.best(scores, 1)[0].topic == "t00077"
    assert np.exp(scores.model[seen]).sum() == pytest.approx(1.0)


def test_topic_named_is_looked_at_among_very_many() -> None:
    """A topic that the question names is scored, however far it lies."""
    index = crowded_index(SHORTLIST_TOPICS + 200)
    vector = index.vectors[0]
    unseen = [
        topic for topic, total in zip(index.topics, index.score("", vector).total, strict=True) if total == UNSEEN
    ]

    scores = index.score("", vector, named=[unseen[0]])

    assert scores.total[index.topics.index(unseen[0])] > UNSEEN


@given(st.lists(st.floats(-80, 80), min_size=3, max_size=3))
def test_model_gives_probabilities(offsets: list[float]) -> None:
    """The model's numbers are logarithms of probabilities: together they make one."""
    model = TopicModel(np.zeros((3, 2)), np.array(offsets))

    logs = model.log_probabilities(NORTH)

    assert np.exp(logs).sum() == pytest.approx(1.0)
    assert logs[int(np.argmax(offsets))] == logs.max()


def test_model_gives_probabilities_among_some_topics() -> None:
    """Asked about some topics, the model gives their probabilities among themselves."""
    model = TopicModel(np.zeros((3, 2)), np.array([0.0, 5.0, 0.0]))

    logs = model.log_probabilities(NORTH, np.array([0, 2]))

    assert np.exp(logs) == pytest.approx([0.5, 0.5])


def test_passages_stand_for_every_topic(tree: ContentTree) -> None:
    """Titles, questions, answers, planned questions and facts of pilots all stand for their topics."""
    passages = passages_of(tree.knowledge())

    found = {topic: [one.kind for one in passages if one.topic == topic] for topic in {one.topic for one in passages}}
    assert {
        topic: (kinds.count("title"), kinds.count("question"), kinds.count("text")) for topic, kinds in found.items()
    } == {
        "system.sharing": (2, 10, 4),
        "system.tools": (2, 10, 3),
        "system.cooking": (2, 2, 0),
        "roadmap.begin": (2, 2, 0),
        "pilot.north": (2, 19, 5),
        "pilot.east": (2, 19, 6),
    }
