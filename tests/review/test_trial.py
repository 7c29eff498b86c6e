"""A change is tried in the background, the nearest questions first, and whoever looks sees how far it is."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy.engine import Engine

from knowledge.encoder import load_encoder
from knowledge.model import Knowledge
from knowledge.trained import Trained
from review.known import Known, Tutor
from review.rehearsal import Rehearsal
from review.trial import Trial
from tests.review.test_rehearsal import ODD, ask, garden, listing, loading

__all__ = ["garden"]
Garden = tuple[Knowledge, Trained]


class Gate:
    """A change that waits until it may be made."""

    def __init__(self, change: Callable[[Knowledge], Knowledge]) -> None:
        self.is_open = threading.Event()
        self.made = 0
        self._change = change

    def __call__(self, knowledge: Knowledge) -> Knowledge:
        """Wait, and change."""
        self.is_open.wait(30)
        self.made += 1
        return self._change(knowledge)


@pytest.fixture
def rehearsal(engine: Engine, garden: Garden) -> Rehearsal:
    """Give a rehearsal that has read three questions."""
    ask(engine, "ann", "best football team", ODD, "zeppelin moorings")
    rehearsal = Rehearsal(engine, loading(garden[1], load_encoder()))
    rehearsal.prepare(garden[0])
    rehearsal.wait()
    return rehearsal


def test_whoever_looks_early_is_told_so_and_sees_the_rest_later(rehearsal: Rehearsal) -> None:
    """With the same key the same trial goes on: the change is made once."""
    gate = Gate(listing(ODD))

    early = rehearsal.compare(gate, "one", 0.0)
    gate.is_open.set()
    late = rehearsal.compare(gate, "one")

    assert early
    assert late
    assert (early.is_whole, early.changed, early.to_try) == (False, (), 0)
    assert late.is_whole
    assert late.tried == late.to_try > 0
    assert ODD in [one.text for one in late.changed]
    assert gate.made == 1


def test_other_change_is_tried_beside_it(rehearsal: Rehearsal) -> None:
    """Two editors, or one who thinks again, do not see each other's."""
    gate = Gate(listing(ODD))

    rehearsal.compare(gate, "one", 0.0)
    other = rehearsal.compare(lambda knowledge: knowledge, "other")
    gate.is_open.set()
    first = rehearsal.compare(gate, "one")

    assert other
    assert first
    assert other.changed == ()
    assert ODD in [one.text for one in first.changed]


def test_new_questions_are_tried_too_and_the_others_not_again(engine: Engine, garden: Garden) -> None:
    """What is read meanwhile is tried when somebody looks again."""
    ask(engine, "ann", ODD)
    rehearsal = Rehearsal(engine, loading(garden[1], load_encoder()), clock=iter(range(0, 10_000, 60)).__next__)
    rehearsal.prepare(garden[0])
    rehearsal.wait()
    gate = Gate(listing(ODD))
    gate.is_open.set()
    first = rehearsal.compare(gate, "one")
    ask(engine, "bob", "zeppelin moorings, who pays?")
    rehearsal.prepare(garden[0])
    rehearsal.wait()

    second = rehearsal.compare(gate, "one")

    assert first
    assert second
    assert (len(first.changed), len(second.changed), second.is_whole) == (1, 2, True)
    assert gate.made == 1


def test_nearest_questions_are_asked_first(rehearsal: Rehearsal) -> None:
    """Those that are most like what is new."""
    tutor, known = rehearsal._tutor, rehearsal._known
    assert isinstance(tutor, Tutor)
    assert isinstance(known, Known)
    trial = Trial("one", tutor, listing("zeppelin moorings"), rehearsal.front)

    trial.go_on(known, None)

    assert next(iter(trial._found)) == "zeppelin moorings"


def test_trial_that_is_dropped_asks_nothing_more(rehearsal: Rehearsal) -> None:
    """As when somebody was forgotten: their words are not asked again, and the change is not done."""
    tutor, known = rehearsal._tutor, rehearsal._known
    assert isinstance(tutor, Tutor)
    assert isinstance(known, Known)
    trial = Trial("one", tutor, listing("zeppelin moorings"), rehearsal.front)
    trial.drop()

    assert not trial.go_on(known, None)
    assert trial._found == {}


def test_change_for_other_content_waits_for_it(rehearsal: Rehearsal, garden: Garden) -> None:
    """Content that was published just now is not loaded yet; nothing is said about the one before."""
    assert rehearsal.compare(listing(ODD), "one", version="of tomorrow") is None
    assert rehearsal.compare(listing(ODD), "one", version=garden[0].version)


def test_failure_that_passes_is_tried_anew(rehearsal: Rehearsal) -> None:
    """A change that failed once may be made the next time."""
    failures = [MemoryError()]

    def change(knowledge: Knowledge) -> Knowledge:
        if failures:
            raise failures.pop()
        return knowledge

    with pytest.raises(MemoryError):
        rehearsal.compare(change, "one")

    effects = rehearsal.compare(change, "one")

    assert effects
    assert effects.is_whole


def test_change_that_cannot_be_made_is_told_to_whoever_waits(rehearsal: Rehearsal) -> None:
    """Also to whoever looks again."""

    def fail(knowledge: Knowledge) -> Knowledge:
        raise KeyError("no such answer")

    for _ in range(2):
        with pytest.raises(KeyError, match="no such answer"):
            rehearsal.compare(fail, "one")
