"""Whether a message tells of danger or despair, beside the classifier and before the gate."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.distress import DistressModel, fit_distress, load_distress, parts_of, save_distress
from knowledge.distress_file import read_distress
from knowledge.encoder import SentenceEncoder, load_encoder
from settings import load_settings

DISTRESS_INTENT = "tell_distress"
LEVEL = "distress"  # set at each message: "none", "likely" or "sure"
FILE = "distress.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DistressDetector(GraphComponent, IntentClassifier):
    """Judge each message, and each of its sentences, by ``knowledge.distress``.

    It learns from ``distress.yml``, and from all training examples: those of ``tell_distress`` are told, the others
    are not. The classifier could not do it alone: it compares fifty intents with each other, and takes what somebody
    tells of their drinking for a question of the course.
    """

    def __init__(
        self, storage: ModelStorage, resource: Resource, encoder: SentenceEncoder, model: DistressModel | None = None
    ) -> None:
        self._storage, self._resource, self._encoder, self._model = storage, resource, encoder, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DistressDetector:
        """Make the component, not trained yet."""
        return cls(model_storage, resource, load_encoder(load_settings().encoder_dir))

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that Rasa checks for."""
        return ["sklearn"]

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model. Rasa finds the argument by its name."""
        examples = read_distress(load_settings().content_dir / "distress.yml")
        told, other = list(examples.told), {}
        for message in training_data.intent_examples:
            text = str(message.get(TEXT) or "")
            if message.get(INTENT) == DISTRESS_INTENT:
                told.append(text)
            elif text:
                other[text] = _vector(message)
        vectors = np.array(list(other.values()))
        self._model = fit_distress(list(dict.fromkeys(told)), examples.calm, list(other), vectors, self._encoder.encode)
        self._persist(self._model)
        return self._resource

    def _persist(self, model: DistressModel) -> None:
        with self._storage.write_to(self._resource) as folder:
            save_distress(model, folder / FILE)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> DistressDetector:
        """Load the trained component.

        Raises:
            ValueError: The model was trained without it; it must be trained again.
        """
        with model_storage.read_from(resource) as folder:
            model = load_distress(folder / FILE)
        return cls(model_storage, resource, load_encoder(load_settings().encoder_dir), model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the level of each message that has words."""
        for message in messages:
            text = str(message.get(TEXT) or "")
            if text and self._model:
                message.set(LEVEL, self._model.level(*self._read(text, message)), add_to_output=True)
        return messages

    def _read(self, text: str, message: Message) -> tuple[list[str], np.ndarray]:
        first, *rest = parts_of(text)
        vectors = _vector(message)[None, :]
        return [first, *rest], np.vstack([vectors, self._encoder.encode(rest)]) if rest else vectors


def _vector(message: Message) -> np.ndarray:
    """Return the unit vector that the featurizer set, shape (384,); its scale is taken out."""
    features = message.get_dense_features(TEXT)[1]
    if features is None:
        raise ValueError("a message has no sentence vector; SentenceFeaturizer must stand before DistressDetector")
    vector: np.ndarray = features.features[0]
    return vector / max(float(np.linalg.norm(vector)), 1e-9)
