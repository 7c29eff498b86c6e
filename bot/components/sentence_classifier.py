"""Rasa's logistic regression over the sentence vectors, as the full rows that they are."""

from __future__ import annotations

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from knowledge.encoder import WIDTH


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceClassifier(LogisticRegressionClassifier):
    """The same model: Rasa's own takes full vectors for sparse ones, and fits five times as long for it."""

    def _create_X(self, messages: list[Message]) -> np.ndarray:
        """Give the sentence vector of each message, shape (n, 384); zeros for a message without words."""
        return np.vstack([_vector(message) for message in messages])


def _vector(message: Message) -> np.ndarray:
    features = message.get_dense_features(TEXT)[1]
    return features.features[-1:] if features is not None else np.zeros((1, WIDTH), dtype=np.float32)
