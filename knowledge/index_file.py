"""The trained part of answering: vectors and calibration, built from content and kept in one file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from knowledge.decision import Calibration, fit_calibration
from knowledge.encoder import SentenceEncoder
from knowledge.errors import IndexFileError
from knowledge.model import Knowledge
from knowledge.retrieval import Index, TopicModel, passages_of

CALIBRATION_QUESTIONS = 300
TOPIC_MODEL_C = 10.0


@dataclass(frozen=True)
class TrainedIndex:
    """All that retrieval needs: the index, examples of what is not covered, the calibration, and the encoder's key."""

    index: Index
    outside_vectors: np.ndarray
    calibration: Calibration
    encoder_key: str


def build_index(knowledge: Knowledge, outside: list[str], encoder: SentenceEncoder) -> TrainedIndex:
    """Encode everything and fit the calibration.

    Args:
        knowledge: The content.
        outside: Examples of what the course does not cover.
        encoder: The sentence encoder.
    """
    passages = passages_of(knowledge)
    vectors = encoder.encode([passage.text for passage in passages])
    outside_vectors = encoder.encode(outside)
    calibration = fit_calibration(*_features(Index(passages, vectors), outside, outside_vectors))
    model = fit_topic_model([passage.topic for passage in passages], vectors)
    return TrainedIndex(Index(passages, vectors, model), outside_vectors, calibration, encoder.key)


def fit_topic_model(topics: list[str], vectors: np.ndarray) -> TopicModel:
    """Fit the linear model that looks at all passages of a topic together.

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


def _features(index: Index, outside: list[str], outside_vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Judge every question and every outside example as if it had not been seen."""
    questions = [row for row, passage in enumerate(index.passages) if passage.kind == "question"]
    inside_rows = [
        (
            index.rank(index.passages[row].text, index.vectors[row], limit=1, without=row)[0].likeness,
            nearest(outside_vectors, index.vectors[row]),
        )
        for row in questions[:: max(1, len(questions) // CALIBRATION_QUESTIONS)]
    ]
    outside_rows = [
        (index.rank(text, vector, limit=1)[0].likeness, nearest(np.delete(outside_vectors, row, axis=0), vector))
        for row, (text, vector) in enumerate(zip(outside, outside_vectors, strict=True))
    ]
    return np.array(inside_rows), np.array(outside_rows)


def nearest(vectors: np.ndarray, vector: np.ndarray) -> float:
    """Return the highest cosine between a vector and rows of others; 0 when there are none."""
    return float((vectors @ vector).max()) if len(vectors) else 0.0


def save_index(trained: TrainedIndex, path: Path, content_version: str) -> None:
    """Write the index; a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    made_of = {"content": content_version, "encoder": trained.encoder_key}
    meta = json.dumps({**made_of, "calibration": asdict(trained.calibration)})
    model = trained.index.model or TopicModel(np.zeros((0, 0)), np.zeros(0))
    arrays = {"vectors": trained.index.vectors, "outside": trained.outside_vectors}
    arrays |= {"weights": model.weights, "offsets": model.offsets, "meta": np.array(meta)}
    with part.open("wb") as stream:
        np.savez(stream, **arrays)
    part.replace(path)


def load_index(path: Path, knowledge: Knowledge) -> TrainedIndex:
    """Read the index that was built from this content.

    Raises:
        IndexFileError: The file is missing, broken, or was built from other content.
    """
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            meta = json.loads(str(stored["meta"]))
            version, key, calibration = meta["content"], meta["encoder"], Calibration(**meta["calibration"])
            vectors, outside = stored["vectors"], stored["outside"]
            model = TopicModel(stored["weights"], stored["offsets"])
    except FileNotFoundError as error:
        raise IndexFileError(f"{path.name} is missing; run tutor train") from error
    except Exception as error:  # a damaged archive fails in a dozen ways, from zipfile to tokenize
        raise IndexFileError(f"{path.name} cannot be read ({error}); run tutor train") from error
    passages = passages_of(knowledge)
    if version != knowledge.version or len(vectors) != len(passages):
        raise IndexFileError(f"{path.name} was made from other content; run tutor train")
    index = Index(passages, vectors, model if len(model.offsets) else None)
    return TrainedIndex(index, outside, calibration, key)
