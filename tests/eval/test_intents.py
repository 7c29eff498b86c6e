"""How well the model names what people want, on the development utterances."""

from __future__ import annotations

from tests.eval.asking import Measured
from tests.eval.figures import Figures
from tests.eval.sets import read_set


def test_utterance_gets_right_intent(figures: Figures) -> None:
    """Of all utterances, at least nine in ten are named as their label says."""
    assert figures.ours("intents_right") >= 0.9


def test_unseen_utterance_gets_right_intent(figures: Figures) -> None:
    """Nearly the same holds for those that no training example equals."""
    assert figures.lines["intents_right_unseen"]["ours"].rows >= 100
    assert figures.ours("intents_right_unseen") >= 0.85


def test_no_intent_is_missed_altogether(measured: Measured) -> None:
    """Each intent of the set is recognised at least once."""
    wanted = {row["intent"] for row in read_set("utterances")}

    assert wanted - {one.intent for one in measured.utterances if one.is_right} == set()
