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
from knowledge.retrieval import Index, passages_of

CALIBRATION_QUESTIONS = 300


@dataclass(frozen=True)
class TrainedIndex:
    """All that retrieval needs: the index, examples of what is not covered, and the calibration."""

    index: Index
    outside_vectors: np.ndarray
    calibration: Calibration


def build_index(knowledge: Knowledge, outside: list[str], encoder: SentenceEncoder) -> TrainedIndex:
    """Encode everything and fit the calibration.

    Args:
        knowledge: The content.
        outside: Examples of what the course does not cover.
        encoder: The sentence encoder.
    """
    passages = passages_of(knowledge)
    index = Index(passages, encoder.encode([passage.text for passage in passages]))
    outside_vectors = encoder.encode(outside)
    return TrainedIndex(index, outside_vectors, fit_calibration(*_features(index, outside, outside_vectors)))


def _features(index: Index, outside: list[str], outside_vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Judge every question and every outside example as if it had not been seen."""
    questions = [row for row, passage in enumerate(index.passages) if passage.kind == "question"]
    inside_rows = [
        (
            index.rank(index.passages[row].text, index.vectors[row], limit=1, without=row)[0].score,
            nearest(outside_vectors, index.vectors[row]),
        )
        for row in questions[:: max(1, len(questions) // CALIBRATION_QUESTIONS)]
    ]
    outside_rows = [
        (index.rank(text, vector, limit=1)[0].score, nearest(np.delete(outside_vectors, row, axis=0), vector))
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
    meta = json.dumps({"content": content_version, "calibration": asdict(trained.calibration)})
    with part.open("wb") as stream:
        np.savez(stream, vectors=trained.index.vectors, outside=trained.outside_vectors, meta=np.array(meta))
    part.replace(path)


def load_index(path: Path, knowledge: Knowledge) -> TrainedIndex:
    """Read the index that was built from this content.

    Raises:
        IndexFileError: The file is missing, broken, or was built from other content.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            meta = json.loads(str(stored["meta"]))
            vectors, outside = stored["vectors"], stored["outside"]
    except FileNotFoundError as error:
        raise IndexFileError(f"{path.name} is missing; run tutor train") from error
    except (OSError, ValueError, KeyError) as error:
        raise IndexFileError(f"{path.name} cannot be read ({error}); run tutor train") from error
    if meta["content"] != knowledge.version:
        raise IndexFileError(f"{path.name} was made from other content; run tutor train")
    return TrainedIndex(Index(passages_of(knowledge), vectors), outside, Calibration(**meta["calibration"]))
