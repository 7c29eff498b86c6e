"""The simpler ways name topics by their most likely passages, and decline nothing."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from knowledge.retrieval import IndexedPassage
from tests.eval.baselines import KEPT, Guess, Score, by_vectors, by_word_pairs, by_words, guess_topics, read_kept
from tests.eval.response_selector import ASKED_SETS, write_record
from tests.eval.sets import read_set

PASSAGES = [
    IndexedPassage("water", "question", "how often should I water the tomatoes"),
    IndexedPassage("water", "text", "Tomatoes need water every morning."),
    IndexedPassage("sun", "question", "do cucumbers like the sun"),
    IndexedPassage("soil", "title", "Good soil"),
]


class TurningEncoder:
    """Gives texts about the sun one direction and all others another."""

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return a unit row for each text."""
        return np.array([[0.0, 1.0] if "sun" in text else [1.0, 0.0] for text in texts])


@pytest.mark.parametrize("way", [by_words(PASSAGES), by_word_pairs(PASSAGES)])
def test_words_in_common_win(way: Score) -> None:
    """The topic whose passage shares the rare words comes first."""
    topics = [passage.topic for passage in PASSAGES]

    assert guess_topics(way("is the sun good for cucumbers?"), topics).topics[0] == "sun"
    assert guess_topics(way("watering a tomato, how often"), topics).topics[0] == "water"


@pytest.mark.parametrize("way", [by_words(PASSAGES), by_word_pairs(PASSAGES)])
def test_unknown_words_get_a_guess_without_score(way: Score) -> None:
    """A baseline names a topic even where it knows no word; its score says so."""
    guess = guess_topics(way("quantum chromodynamics"), [passage.topic for passage in PASSAGES])

    assert len(guess.topics) == 3
    assert guess.score == 0.0


def test_vectors_win_by_direction() -> None:
    """The passage with the nearest vector comes first."""
    encoder = TurningEncoder()
    vectors = encoder.encode([passage.text for passage in PASSAGES])

    guess = guess_topics(by_vectors(vectors, encoder)("sunny?"), [passage.topic for passage in PASSAGES])

    assert guess == Guess(("sun", "water", "soil"), 1.0)


def test_kept_guesses_are_read_as_written(tmp_path: Path) -> None:
    """What the slow baseline guessed is kept one guess a line, and read back the same."""
    path = tmp_path / "baselines.json"

    write_record(path, {"epochs": 3}, {"questions": {"d001": (["a", "b"], 0.5)}, "followups": {}})

    assert read_kept(path) == ({"epochs": 3}, {"questions": {"d001": Guess(("a", "b"), 0.5)}, "followups": {}})
    assert '"d001": [["a", "b"], 0.5]' in path.read_text(encoding="utf-8").splitlines()[6]


def test_kept_guesses_say_what_they_were_made_of() -> None:
    """The record names its date, epochs and content, and holds a guess for every row."""
    made_of, guesses = read_kept(KEPT)

    assert {"date", "epochs", "content", "rasa", "examples"} <= made_of.keys()
    assert all({row["id"] for row in read_set(name)} <= guesses[name].keys() for name in ASKED_SETS)
    assert json.loads(KEPT.read_text(encoding="utf-8"))
