"""Taking up changed content at once: what was said before keeps its vector, and only what is new is encoded.

What takes half a minute to fit (the topics' model, what parts covered from not covered, and the thresholds) stays as it
was trained, until the next training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from knowledge.encoder import WIDTH, Encoder
from knowledge.model import Knowledge
from knowledge.retrieval import TopicModel, passages_of
from knowledge.spelling import Speller
from knowledge.trained import Learnt

NEIGHBOURS = 3


@dataclass(frozen=True)
class Texts:
    """What the rows of ``Learnt`` are of, in their order, with the topic of each passage."""

    passages: tuple[str, ...]
    topics: tuple[str, ...]
    outside: tuple[str, ...]
    premises: tuple[str, ...]


def texts_of(knowledge: Knowledge) -> Texts:
    """List what the rows of some content are of."""
    passages = passages_of(knowledge)
    return Texts(
        passages=tuple(one.text for one in passages),
        topics=tuple(one.topic for one in passages),
        outside=tuple(text for texts in knowledge.refusals.values() for text in texts),
        premises=tuple(text for one in knowledge.corrections for text in one.questions),
    )


def revise(learnt: Learnt, before: Texts, after: Texts, encoder: Encoder, speller: Speller) -> Learnt:
    """Make what was learnt from some content fit changed content.

    Args:
        learnt: What was learnt from ``before``, or made to fit it.
        before: What its rows are of.
        after: What they are to be of.
        encoder: Encodes what is new; the one that ``learnt`` was made with.
        speller: Mends examples before they are encoded; that of the content before will do.

    Returns:
        The same with vectors of the changed content. A topic that the trained model does not know is, for the model,
        as likely as those nearest to it in meaning.
    """
    vectors = _carry(before.passages, learnt.vectors, after.passages, encoder)
    outside = _carry(before.outside, learnt.outside, after.outside, encoder, speller)
    premises = _carry(before.premises, learnt.premises, after.premises, encoder, speller)
    model = _fit_rows(learnt.model, sorted(set(before.topics)), after.topics, vectors)
    return replace(learnt, vectors=vectors, outside=outside, premises=premises, model=model)


def _carry(
    old: Sequence[str], rows: np.ndarray, new: Sequence[str], encoder: Encoder, speller: Speller | None = None
) -> np.ndarray:
    """Return a row for each new text: that of the same old text, or a fresh one."""
    known = dict(zip(old, rows, strict=True))
    fresh = [text for text in dict.fromkeys(new) if text not in known]
    if fresh:
        encoded = encoder.encode([speller.mend(text) for text in fresh] if speller else fresh)
        known.update(zip(fresh, encoded, strict=True))
    return np.array([known[text] for text in new], dtype=np.float32).reshape(-1, WIDTH)


def _fit_rows(model: TopicModel, known: list[str], topics: Sequence[str], vectors: np.ndarray) -> TopicModel:
    """Order the model's rows as the changed topics are; a new topic's is the mean of those it lies nearest to."""
    wanted = sorted(set(topics))
    if wanted == known:
        return model
    row_of, middles = {topic: number for number, topic in enumerate(known)}, _middles(topics, vectors)
    rows = [[row_of[topic]] if topic in row_of else _nearest(middles, topic, row_of) for topic in wanted]
    weights = np.array([model.weights[one].mean(axis=0) for one in rows], dtype=np.float32)
    return TopicModel(weights, np.array([model.offsets[one].mean() for one in rows], dtype=np.float32))


def _middles(topics: Sequence[str], vectors: np.ndarray) -> dict[str, np.ndarray]:
    rows: dict[str, list[int]] = {}
    for number, topic in enumerate(topics):
        rows.setdefault(topic, []).append(number)
    return {topic: vectors[numbers].mean(axis=0) for topic, numbers in rows.items()}


def _nearest(middles: dict[str, np.ndarray], topic: str, row_of: dict[str, int]) -> list[int]:
    known = [one for one in middles if one in row_of]
    nearest = sorted(known, key=lambda one: -float(middles[one] @ middles[topic]))[:NEIGHBOURS]
    return [row_of[one] for one in nearest] or [0]
