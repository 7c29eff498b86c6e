"""Fitting the linear model that looks at all passages of a topic together."""

from __future__ import annotations

import numpy as np

from knowledge.retrieval import TopicModel

TOPIC_MODEL_C = 20.0


def fit_topic_model(topics: list[str], vectors: np.ndarray) -> TopicModel:
    """Fit the model.

    Args:
        topics: The topic of each passage; two different ones at least.
        vectors: The passages' vectors, shape (n, 384).

    Returns:
        The model, its topics sorted as ``Index.topics`` are.
    """
    from sklearn.linear_model import LogisticRegression  # needed when training only; slow to import

    fitted = LogisticRegression(C=TOPIC_MODEL_C, class_weight="balanced", max_iter=300).fit(vectors, topics)
    if len(fitted.classes_) == 2:  # of two topics, sklearn keeps the weights of the second only
        return TopicModel(np.vstack([-fitted.coef_, fitted.coef_]), np.hstack([-fitted.intercept_, fitted.intercept_]))
    return TopicModel(fitted.coef_.astype(np.float32), fitted.intercept_.astype(np.float32))
