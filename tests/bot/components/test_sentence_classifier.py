"""The classifier fits the vectors as full rows, and says what Rasa's own would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.sentence_classifier import SentenceClassifier
from knowledge.encoder import WIDTH

INTENTS = ("greet", "goodbye", "ask_system")


class Named:
    """What Rasa tells a component of where it stands: its name."""

    node_name = "classifier"


def message(text: str, intent: str, seed: int) -> Message:
    """Make an example with a vector near that of its intent."""
    made = Message({TEXT: text, INTENT: intent})
    vector = np.eye(1, WIDTH, INTENTS.index(intent)) + np.random.default_rng(seed).normal(0, 0.05, (1, WIDTH))
    made.add_features(Features(vector.astype(np.float32), FEATURE_TYPE_SENTENCE, TEXT, FEATURIZER_CLASS_ALIAS))
    return made


@pytest.fixture
def examples() -> list[Message]:
    """Give ten examples of each intent."""
    return [message(f"{intent} {n}", intent, n) for intent in INTENTS for n in range(10)]


def trained(kind: type[LogisticRegressionClassifier], examples: list[Message], folder: Path) -> Any:
    """Train a classifier of a kind, and read it back from its folder."""
    folder.mkdir()
    storage, resource = LocalModelStorage(folder), Resource("classifier")
    config = {**kind.get_default_config(), "ranking_length": 0}
    made: Any = kind(config, "classifier", storage, resource)
    made.train(TrainingData(examples))
    read: Any = kind.load(config, storage, resource, Named())  # type: ignore[arg-type]
    return read


def test_it_says_what_rasas_own_says(examples: list[Message], tmp_path: Path) -> None:
    """Same model, other arithmetic: every probability is the same."""
    asked = [message("something new", intent, 99) for intent in INTENTS]

    ours = trained(SentenceClassifier, examples, tmp_path / "ours").process(asked)
    said = [[(one["name"], one["confidence"]) for one in each.get("intent_ranking")] for each in ours]
    theirs = trained(LogisticRegressionClassifier, examples, tmp_path / "rasa").process(asked)
    expected = [[(one["name"], one["confidence"]) for one in each.get("intent_ranking")] for each in theirs]

    for one, other in zip(said, expected, strict=True):
        assert dict(one) == pytest.approx(dict(other), abs=1e-6)
    assert [each[0][0] for each in said] == list(INTENTS)


def test_message_without_words_is_judged_too(examples: list[Message], tmp_path: Path) -> None:
    """A message that has no vector gets a ranking and breaks nothing."""
    classifier = trained(SentenceClassifier, examples, tmp_path / "ours")

    assert len(classifier.process([Message({TEXT: ""})])[0].get("intent_ranking")) == len(INTENTS)
