"""Changed content fitted into what was learnt, without training: only texts that are new are encoded.

The models and thresholds stay as they were trained: a changed answer or a new question counts at once by its vector
and its words, and in the models from the next training on.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from knowledge.encoder import WIDTH, Encoder
from knowledge.errors import IndexFileError
from knowledge.model import Knowledge
from knowledge.retrieval import passages_of, topics_of
from knowledge.spelling import Speller
from knowledge.topic_model import fit_topic_model
from knowledge.trained import Learnt, learnt_texts, make_speller, text_key


def refit(learnt: Learnt, knowledge: Knowledge, encoder: Encoder, speller: Speller | None = None) -> Learnt:
    """Fit content into what was learnt from other content; some 5 ms for each new text.

    Where topics were added or taken away, the small model that knows them is fitted anew: some seconds.

    Args:
        learnt: What was learnt.
        knowledge: The changed content.
        encoder: The one that it was learnt with.
        speller: One made of nearly the same content, if there is one: making it takes half a second.

    Raises:
        IndexFileError: It was learnt with another encoder.
    """
    if learnt.encoder_key != encoder.key:
        raise IndexFileError("the index was made by another encoder; run tutor train --force")
    told, examples, held = learnt_texts(knowledge, speller or make_speller(knowledge))
    keys = [text_key(text) for text in (*told, *examples, *held)]
    rows = _find_rows(learnt, keys, [*told, *examples, *held], encoder)
    vectors, outside, premises = np.split(rows, [len(told), len(told) + len(examples)])
    passages = passages_of(knowledge)
    topics = topics_of(passages)
    is_known = topics == learnt.topics
    model = learnt.model if is_known else fit_topic_model([passage.topic for passage in passages], vectors)
    return replace(
        learnt,
        vectors=vectors,
        outside=outside,
        premises=premises,
        model=model,
        keys=np.array(keys),
        topics=topics,
    )


def _find_rows(learnt: Learnt, keys: list[str], texts: list[str], encoder: Encoder) -> np.ndarray:
    """Return a vector for each text: those that were learnt, and new ones, shape (n_texts, 384)."""
    known = np.concatenate([learnt.vectors, learnt.outside, learnt.premises])
    row_of = {key: row for row, key in enumerate(learnt.keys.tolist())}
    new = [number for number, key in enumerate(keys) if key not in row_of]
    rows = np.zeros((len(texts), WIDTH), dtype=np.float32)
    kept = [number for number, key in enumerate(keys) if key in row_of]
    rows[kept] = known[[row_of[keys[number]] for number in kept]]
    if new:
        rows[new] = encoder.encode([texts[number] for number in new])
    return rows
