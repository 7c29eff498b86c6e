"""The detector learns from its own examples and those of the intents, and is kept with the model."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from bot.components.distress_detector import DistressDetector
from knowledge.distress import DistressModel, Judges, fit_distress
from knowledge.distress_file import read_distress
from knowledge.encoder import load_encoder

RESOURCE = Resource("detector")
SCALE = 4.0
OTHER = ["what is a living lab", "next", "test me", "who paid for the pilot", "thanks", "my notes please"] * 4


def message(text: str) -> Message:
    """Make a message with the scaled sentence vector that the featurizer sets."""
    made = Message({TEXT: text, INTENT: "greet"})
    vector = load_encoder().encode([text]) * SCALE
    made.add_features(Features(vector, FEATURE_TYPE_SENTENCE, TEXT, FEATURIZER_CLASS_ALIAS))
    return made


@pytest.fixture(scope="module")
def model() -> DistressModel:
    """Fit a model to a tenth of the examples."""
    examples, encode = read_distress(), load_encoder().encode
    return fit_distress(examples.told[::10], examples.calm[::10], OTHER, encode(OTHER), encode)


def test_trained_detector_is_kept_and_judges_the_same(model: DistressModel, tmp_path: Path) -> None:
    """What is read back from the model's folder gives each message the level that the fitted model gives it."""
    storage = LocalModelStorage(tmp_path)
    DistressDetector(storage, RESOURCE, load_encoder(), model)._persist(model)
    read = DistressDetector.load({}, storage, RESOURCE, None)  # type: ignore[arg-type]
    texts = ["i want to die", "next lesson please", "We had tea. Then he said that he will kill her tonight."]

    judged = [read.process([message(text)])[0].get("distress") for text in texts]

    assert judged[0] != "none" and judged[1] == "none" and judged[2] != "none"


def test_message_without_words_has_no_level(model: DistressModel, tmp_path: Path) -> None:
    """A message without text is passed over."""
    detector = DistressDetector(LocalModelStorage(tmp_path), RESOURCE, load_encoder(), model)

    assert detector.process([Message({})])[0].get("distress") is None


def test_message_without_vector_names_what_is_missing(tmp_path: Path) -> None:
    """The featurizer has to stand before the detector."""
    judges = Judges(None, None)
    detector = DistressDetector(LocalModelStorage(tmp_path), RESOURCE, load_encoder(), DistressModel(judges, 0.0, 1.0))

    with pytest.raises(ValueError, match="SentenceFeaturizer must stand before"):
        detector.process([Message({TEXT: "hello"})])
