"""Every miss says in a few words why it is one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.eval.asking import Asked, Measured, Parse
from tests.eval.folds import FoldFigures
from tests.eval.misses import list_confusions, list_misses, why_in_words

EVIDENCE = {"unknown_words": 0.5, "questions": 0.4, "outside": 0.6}


def explained(covered: float = 0.9, **told: Any) -> dict[str, Any]:
    """Give an explanation as ``tutor ask --explain`` makes it, with two topics ranked."""
    ranked = [{"topic": "b", "score": 0.9, "because": "a near text"}, {"topic": "a", "score": 0.8, "because": "x"}]
    covers = {"probability": covered, "threshold": 0.5}
    why = {"covered": covers, "evidence": EVIDENCE, "ranked": ranked, "false_premise": None, "language": None}
    return {**why, **told}


def asked(decision: str, why: dict[str, Any], **row: Any) -> Asked:
    """Give a row whose accepted topic is ``a``, and that got ``b``."""
    return Asked({"id": "d1", "text": "why?", "topics": ["a"], **row}, decision, ("b",), ("b",), 0.9, 0.5, why)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (asked("abstain", {"text": "(a command: greet)"}), "not taken as a question: (a command: greet)"),
        (asked("abstain", explained(false_premise="casino")), "taken for the false premise 'casino'"),
        (asked("abstain", explained(language="fi")), "taken for another language (fi)"),
        (asked("abstain", explained()), "names a country that had no pilot"),
        (asked("abstain", explained(0.1)), "covered 0.10, 0.50 needed; 50% of its words unknown to b"),
        (asked("answer", explained()), "accepted topic in place 2, 0.100 behind; nearest: 'a near text'"),
        (asked("answer", explained(), topics=["c"]), "no accepted topic among 2; nearest: 'a near text'"),
        (asked("answer", explained(), topics=[]), "covered 0.90, 0.50 needed; nearest: 'a near text'"),
    ],
)
def test_miss_says_why(one: Asked, words: str) -> None:
    """A command, a premise, a language, too little evidence, or another topic ahead."""
    assert words in why_in_words(one)


def test_misses_and_confusions_are_listed() -> None:
    """Misses stand under their kinds, with how many; confusions with the most frequent first."""
    wrong, right = asked("answer", explained()), asked("answer", explained(), topics=["b"])
    parses = [Parse({"id": "t1", "text": "hm", "intent": "deny"}, "affirm", 0.4, False)] * 2
    measured = Measured([wrong, right], [], [], [], [], parses)
    folds = FoldFigures("v1", {}, [("a", "b", 7), ("c", "d", 1)])

    misses, confusions = list_misses(measured), list_confusions(measured, folds)

    assert "## Covered, and answered with something else: 1" in misses
    assert "## Utterances, and another intent: 2" in misses
    assert "| 2 | deny | affirm |" in confusions
    assert "| 7 | a | b |" in confusions
    assert "| 1 | c | d |" not in confusions
