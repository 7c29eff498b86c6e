"""The file that keeps what was learnt."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.coverage import Boundary
from knowledge.decision import Calibration, Logistic
from knowledge.encoder import Encoder
from knowledge.errors import IndexFileError
from knowledge.model import Knowledge
from knowledge.refitting import refit
from knowledge.retrieval import TopicModel, passages_of
from knowledge.trained import Learnt, Trained


def save_index(learnt: Learnt, path: Path, content_version: str) -> None:
    """Write what was learnt; a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    made_of = {"content": content_version, "encoder": learnt.encoder_key}
    offsets = {"boundary": learnt.boundary.offset, "premise_boundary": learnt.premise_boundary.offset}
    fitted = {"calibration": asdict(learnt.calibration), "offsets": offsets, "topics": learnt.topics}
    meta = json.dumps({**made_of, **fitted})
    with part.open("wb") as stream:
        np.savez(
            stream,
            vectors=learnt.vectors,
            outside=learnt.outside,
            premises=learnt.premises,
            weights=learnt.model.weights,
            offsets=learnt.model.offsets,
            boundary=learnt.boundary.weights,
            premise_boundary=learnt.premise_boundary.weights,
            keys=learnt.keys,
            meta=np.array(meta),
        )
    part.replace(path)


def load_index(path: Path, knowledge: Knowledge, encoder: Encoder | None = None) -> Trained:
    """Read what was learnt from this content.

    Args:
        path: The file.
        knowledge: The content as it is now.
        encoder: Fits in what has changed since the training; without one, other content is refused.

    Raises:
        IndexFileError: The file is missing, broken, or was built from other content or by another encoder.
    """
    learnt, content = _load(path)
    is_same = content == knowledge.version and len(learnt.vectors) == len(passages_of(knowledge))
    if not is_same and encoder is None:
        raise IndexFileError(f"{path.name} was made from other content; run tutor train")
    return Trained(knowledge, learnt if is_same or encoder is None else refit(learnt, knowledge, encoder))


def read_learnt(path: Path) -> Learnt:
    """Read what was learnt, as it was when it was trained, whatever the content says now.

    Raises:
        IndexFileError: The file is missing or broken.
    """
    return _load(path)[0]


def _load(path: Path) -> tuple[Learnt, str]:
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            meta = json.loads(str(stored["meta"]))
            return _read(stored, meta), str(meta["content"])
    except FileNotFoundError as error:
        raise IndexFileError(f"{path.name} is missing; run tutor train") from error
    except Exception as error:  # a damaged archive fails in a dozen ways, from zipfile to tokenize
        raise IndexFileError(f"{path.name} cannot be read ({error}); run tutor train") from error


def _read(stored: np.lib.npyio.NpzFile, meta: dict) -> Learnt:
    fitted = {name: _read_fitted(value) for name, value in meta["calibration"].items()}
    offsets = meta["offsets"]
    return Learnt(
        vectors=stored["vectors"],
        outside=stored["outside"],
        premises=stored["premises"],
        model=TopicModel(stored["weights"], stored["offsets"]),
        boundary=Boundary(stored["boundary"], offsets["boundary"]),
        premise_boundary=Boundary(stored["premise_boundary"], offsets["premise_boundary"]),
        calibration=Calibration(**fitted),
        encoder_key=meta["encoder"],
        keys=stored["keys"],
        topics=tuple(meta["topics"]),
    )


def _read_fitted(value: Any) -> Any:
    """Read a model, or a number."""
    return Logistic(**{**value, "weights": tuple(value["weights"])}) if isinstance(value, dict) else value
