"""One dense vector for each sentence, by the same encoder that finds answers."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.encoder import SentenceEncoder, load_encoder
from settings import load_settings


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Set the sentence vector of each message as its dense feature.

    ``scale`` multiplies the unit vector: with a logistic regression it is the inverse of regularisation.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings that ``config.yml`` may change."""
        return {**DenseFeaturizer.get_default_config(), "scale": 1.0}

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that Rasa checks for."""
        return ["onnxruntime", "tokenizers"]

    def __init__(self, config: dict[str, Any], name: str, encoder: SentenceEncoder) -> None:
        super().__init__(name, config)
        self._encoder = encoder

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Make the component with the pinned encoder, or the one that ``TUTOR_ENCODER`` names."""
        return cls(config, execution_context.node_name, load_encoder(load_settings().encoder_dir))

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to validate beyond what Rasa does."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vectors, all messages in a few batches."""
        spoken = [message for message in messages if message.get(TEXT)]
        vectors = self._encoder.encode([message.get(TEXT) for message in spoken]) * self._config["scale"]
        for message, vector in zip(spoken, vectors, strict=True):
            features = Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._config[FEATURIZER_CLASS_ALIAS])
            message.add_features(features)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors to the training examples. Rasa finds this argument by its name."""
        self.process(training_data.training_examples)
        return training_data
