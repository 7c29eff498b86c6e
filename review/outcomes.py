"""What the tutor does with a question, in a form that can be compared: an answer, a choice, a correction, or none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from knowledge.answering import Finding

Kind = Literal["answer", "choice", "correction", "language", "none", "command"]
KINDS_OF_NONE = {
    "near": "close to the course, and not covered",
    "personal": "about somebody's own life",
    "distress": "somebody may need help",
    "off": "another subject",
    "noise": "no question",
    "inject": "an attempt to misuse the tutor",
    "trick": "takes something false for granted",
    "rude": "anger",
}


class Outcome(NamedTuple):
    """What comes of a question. ``keys`` are topics, the correction, the language, or the kind of what is refused."""

    kind: Kind
    keys: tuple[str, ...] = ()


def outcome_of(finding: Finding) -> Outcome:
    """Return what comes of a finding."""
    decision = finding.decision
    if decision.kind == "answer":
        return Outcome("answer", decision.topics[:1])
    if decision.kind == "choose":
        return Outcome("choice", decision.choices)
    if finding.correction:
        return Outcome("correction", (finding.correction.id,))
    return Outcome("language", (finding.language,)) if finding.language else Outcome("none", (finding.refusal,))


def tell_outcome(outcome: Outcome, titles: Mapping[str, str]) -> str:
    """Say an outcome in words.

    Args:
        outcome: What comes of a question.
        titles: Of topics.
    """
    named = [titles.get(key, key) for key in outcome.keys]
    if outcome.kind == "none":
        kind = KINDS_OF_NONE.get(outcome.keys[0] if outcome.keys else "", "")
        return f"Not answered ({kind})" if kind else "Not answered"
    if outcome.kind == "command":
        return f"Taken as a wish: {outcome.keys[0].replace('_', ' ')}"
    said = {
        "answer": "Answer: ",
        "choice": "A choice: ",
        "correction": "Corrected: ",
        "language": "In another language: ",
    }
    return said[outcome.kind] + " or ".join(f"“{name}”" for name in named)
