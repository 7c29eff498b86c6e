"""The file that keeps what was learnt."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from knowledge.coverage import Boundary
from knowledge.decision import Calibration, Logistic
from knowledge.encoder import Encoder
from knowledge.errors import IndexFileError
from knowledge.model import Knowledge
from knowledge.retrieval import TopicModel
from knowledge.revising import Texts, revise, texts_of
from knowledge.trained import Learnt, Trained, make_speller


def save_index(learnt: Learnt, path: Path, knowledge: Knowledge) -> None:
    """Write what was learnt, and what its rows are of; a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    made_of = {"content": knowledge.version, "encoder": learnt.encoder_key}
    offsets = {"boundary": learnt.boundary.offset, "premise_boundary": learnt.premise_boundary.offset}
    meta = json.dumps({**made_of, "calibration": asdict(learnt.calibration), "offsets": offsets})
    texts = json.dumps(asdict(texts_of(knowledge)), ensure_ascii=False)
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
            meta=np.array(meta),
            texts=np.frombuffer(texts.encode("utf-8"), dtype=np.uint8),
        )
    part.replace(path)


def load_index(path: Path, knowledge: Knowledge, encoder: Encoder | None = None) -> Trained:
    """Read what was learnt from this content.

    Args:
        path: The file.
        knowledge: The content.
        encoder: With it, what was learnt from content that has changed since is made to fit: only what is new is
            encoded, and what takes long to fit stays as it was trained.

    Raises:
        IndexFileError: The file is missing or broken, or it was built from other content and there is no encoder, or
            by another encoder.
    """
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            meta = json.loads(str(stored["meta"]))
            learnt = _read(stored, meta)
            texts = Texts(**{name: tuple(rows) for name, rows in json.loads(stored["texts"].tobytes()).items()})
    except FileNotFoundError as error:
        raise IndexFileError(f"{path.name} is missing; run tutor train") from error
    except Exception as error:  # a damaged archive fails in a dozen ways, from zipfile to tokenize
        raise IndexFileError(f"{path.name} cannot be read ({error}); run tutor train") from error
    if meta["content"] == knowledge.version and len(learnt.vectors) == len(texts_of(knowledge).passages):
        return Trained(knowledge, learnt)
    if encoder is None or encoder.key != learnt.encoder_key:
        raise IndexFileError(f"{path.name} was made from other content; run tutor train")
    return Trained(knowledge, revise(learnt, texts, texts_of(knowledge), encoder, make_speller(knowledge)))


def _read(stored: np.lib.npyio.NpzFile, meta: dict) -> Learnt:
    fitted = {
        name: Logistic(**{**values, "weights": tuple(values["weights"])})
        for name, values in meta["calibration"].items()
    }
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
    )
