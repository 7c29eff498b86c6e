"""Whether the tutor understands what it was not told: questions new since the present model, each kept out once.

What is published is known by heart, so asking it word for word judges nothing. So everything is learnt again without a
part of the new questions, and these are asked; so with each part (docs/decisions/0025-questions-kept-out-once.md).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from commands.judging import Probe, Told
from knowledge.answering import Answerer
from knowledge.calibration import CalibrationError
from knowledge.encoder import Encoder, RememberingEncoder
from knowledge.index_file import load_index
from knowledge.model import Knowledge
from knowledge.trained import Learnt, Trained, learn, learnt_texts, make_speller, text_key
from review.outcomes import Outcome, outcome_of

PARTS = 3
GROUP = "New questions, each kept out once"
Report = Callable[[str], None]


@dataclass(frozen=True)
class KeptOut:
    """A question that was kept out: what came of it without any new question, and with the others learnt."""

    text: str
    before: Outcome
    after: Outcome


def find_added(knowledge: Knowledge, learnt: Learnt) -> list[Probe]:
    """List the questions under answers, and the examples of what is not covered, that were not learnt yet."""
    known, mend = set(learnt.keys.tolist()), make_speller(knowledge).mend
    asked = [(text, (topic,)) for topic, entry in sorted(knowledge.entries.items()) for text in entry.questions]
    refused: list[tuple[str, tuple[str, ...]]] = [
        (text, ()) for kind in sorted(knowledge.refusals) for text in knowledge.refusals[kind]
    ]
    return [
        Probe(GROUP, text, topics)
        for text, topics in (*asked, *refused)
        if not known & {text_key(text), text_key(mend(text))}
    ]


def without(knowledge: Knowledge, texts: Collection[str]) -> Knowledge:
    """Return content without some questions."""
    entries = {
        topic: replace(entry, questions=tuple(text for text in entry.questions if text not in texts))
        for topic, entry in knowledge.entries.items()
    }
    refusals = {
        kind: tuple(text for text in examples if text not in texts) for kind, examples in knowledge.refusals.items()
    }
    return replace(knowledge, entries=entries, refusals=refusals, version=f"{knowledge.version} without")


class Asker:
    """Asks questions of the present model over other content, and of one that is learnt anew from it.

    Args:
        live: The index of the model that answers now.
        encoder: Its encoder; one that remembers, since the same texts are learnt several times.
    """

    def __init__(self, live: Path, encoder: Encoder) -> None:
        self._live = live
        self._encoder = encoder

    def ask_present(self, knowledge: Knowledge, asked: Sequence[Probe]) -> list[Outcome]:
        """Ask the present model, with some content fitted in."""
        return self._ask(knowledge, load_index(self._live, knowledge, self._encoder), asked)

    def ask_anew(self, knowledge: Knowledge, asked: Sequence[Probe]) -> list[Outcome]:
        """Learn some content, and ask; ten seconds and more.

        Raises:
            CalibrationError: The content is too little to learn from.
        """
        return self._ask(knowledge, Trained(knowledge, learn(knowledge, self._encoder)), asked)

    def _ask(self, knowledge: Knowledge, trained: Trained, asked: Sequence[Probe]) -> list[Outcome]:
        answerer = Answerer(knowledge, trained, self._encoder)
        return [outcome_of(answerer.ask(one.text)) for one in asked]


def judge_added(knowledge: Knowledge, added: Sequence[Probe], asker: Asker, tell: Report) -> dict[str, Any] | None:
    """Ask each new question of the present model, and of one that learnt the others.

    Args:
        knowledge: The content.
        added: The questions in it that are new, as ``find_added``.
        asker: Asks.
        tell: Is told what goes on.

    Returns:
        How many came out right, and those that did not, for the report; None where nothing is new, or too little is
        left to learn from.
    """
    if not added:
        return None
    before = asker.ask_present(without(knowledge, {one.text for one in added}), added)
    after: dict[str, Outcome] = {}
    for number, part in enumerate(parts := parts_of(added), 1):
        tell(f"keeping new questions out: {number} of {len(parts)}")
        try:
            told = asker.ask_anew(without(knowledge, {one.text for one in part}), part)
        except CalibrationError:
            return None
        after |= dict(zip((one.text for one in part), told, strict=True))
    return count(added, before, [after[one.text] for one in added])


def parts_of(added: Sequence[Probe]) -> list[list[Probe]]:
    """Part questions so that those of one answer are spread: each is asked of what the others of its answer teach."""
    return [part for number in range(PARTS) if (part := list(added[number::PARTS]))]


def remember_learnt(encoder: RememberingEncoder, knowledge: Knowledge, learnt: Learnt) -> None:
    """Have an encoder know the vectors that were just learnt from some content: encoding is most of the work."""
    texts = [text for texts in learnt_texts(knowledge, make_speller(knowledge)) for text in texts]
    for text, vector in zip(texts, np.concatenate([learnt.vectors, learnt.outside, learnt.premises]), strict=True):
        encoder.remember(text, vector)


def count(added: Sequence[Probe], before: Sequence[Outcome], after: Sequence[Outcome]) -> dict[str, Any]:
    """Count what came out right, and name what did not with the others learnt."""
    rows = list(zip(added, before, after, strict=True))
    missed = [asdict(KeptOut(one.text, old, new)) for one, old, new in rows if not _is_right(one, new)]
    return {
        "before": sum(_is_right(one, old) for one, old, _ in rows),
        "after": len(rows) - len(missed),
        "of": len(rows),
        "missed": missed,
    }


def _is_right(probe: Probe, outcome: Outcome) -> bool:
    return probe.is_right(Told(outcome, ""))
