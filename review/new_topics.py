"""A topic that is not trained yet, in the small model that knows topics: taken for what its neighbours are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from knowledge.encoder import Encoder
from knowledge.model import Knowledge
from knowledge.retrieval import TopicModel, passages_of, topics_of
from knowledge.trained import Learnt

NEIGHBOURS = 3


def with_new_topics(learnt: Learnt, knowledge: Knowledge, encoder: Encoder) -> Learnt:
    """Give what was learnt a row for each topic that it does not know, and none for topics that are gone.

    Args:
        learnt: What was learnt from other content.
        knowledge: The content with the topics that are wanted.
        encoder: The one that it was learnt with; the new topics' texts are encoded by it.
    """
    passages = passages_of(knowledge)
    topics = topics_of(passages)
    if topics == learnt.topics:
        return learnt
    row_of = {topic: row for row, topic in enumerate(learnt.topics)}
    rows = []
    for topic in topics:
        if topic in row_of:
            rows.append([row_of[topic]])
        else:
            rows.append(_nearest(learnt.model, [one.text for one in passages if one.topic == topic], encoder))
    weights = np.array([learnt.model.weights[one].mean(axis=0) for one in rows], dtype=np.float32)
    offsets = np.array([learnt.model.offsets[one].mean() for one in rows], dtype=np.float32)
    return replace(learnt, model=TopicModel(weights, offsets), topics=topics)


def _nearest(model: TopicModel, texts: list[str], encoder: Encoder) -> list[int]:
    """Return the rows of the topics that the model finds likeliest for some texts."""
    scores = model.weights @ encoder.encode(texts).mean(axis=0) + model.offsets
    return [int(row) for row in np.argsort(-scores)[:NEIGHBOURS]]
