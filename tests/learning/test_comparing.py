"""The interview about a setting: each question once, by marks or by typing, kept, and open to be repeated."""

from __future__ import annotations

import threading
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from learning import tables
from learning.comparing import CompareWalk
from learning.store import LearningStore, Payload
from tests.learning.plan_samples import a_planner

ANN = "ann"
NUMBERS = count()


class Comparer:
    """Somebody who compares: every move is a message of its own, unless an id is given."""

    def __init__(self, store: LearningStore) -> None:
        self.walk = CompareWalk(a_planner(), store)

    def do(self, move: str, *arguments: Any, message_id: str = "", **named: Any) -> Payload:
        """Make a move of ``CompareWalk`` by its name."""
        outcome: Payload = getattr(self.walk, move)(ANN, message_id or f"m{next(NUMBERS)}", *arguments, **named)
        return outcome

    def finish(self) -> Payload:
        """Answer every question."""
        self.do("begin", is_anew=True)
        self.do("answer", ["old"])
        self.do("answer", ["yes"])
        return self.do("answer", ["small"])


@pytest.fixture
def ann(store: LearningStore) -> Comparer:
    """Give somebody who has compared nothing."""
    return Comparer(store)


def test_answers_lead_to_the_nearest_pilots(ann: Comparer) -> None:
    """After the last question the nearest pilots are told, with what they share."""
    result = ann.finish()

    assert result["kind"] == "compare_result"
    assert result["nearest"][0]["pilot_id"] == "pilot.north"
    assert result["nearest"][0]["shared"] == {"people": ["old"], "choice": ["yes"], "size": ["small"]}


def test_marks_are_put_and_taken_away(ann: Comparer) -> None:
    """Of several values each press marks or unmarks; going on takes what is marked."""
    ann.do("begin")

    marked = [ann.do("mark", "people", value)["chosen"]["people"] for value in ("old", "all", "old")]
    following = ann.do("go_on", "people")

    assert marked == [["old"], ["old", "all"], ["all"]]
    assert (following["attribute_key"], following["chosen"]) == ("choice", {"people": ["all"]})


def test_only_value_pressed_goes_on(ann: Comparer) -> None:
    """Where one is asked for, a press is the answer."""
    ann.do("begin")
    ann.do("go_on", is_skipped=True)

    assert ann.do("mark", "choice", "no")["attribute_key"] == "size"


def test_skipped_question_counts_for_nothing(ann: Comparer) -> None:
    """What was marked before skipping is gone; all skipped finds no pilot."""
    ann.do("begin")
    ann.do("mark", "people", "old")

    results = [ann.do("go_on", is_skipped=True) for _ in range(3)]

    assert results[-1]["nearest"] == []
    assert results[-1]["chosen"]["people"] == []


def test_back_keeps_what_was_chosen(ann: Comparer) -> None:
    """Back shows the question before with its marks; at the first it stays."""
    ann.do("begin")
    ann.do("answer", ["old"])

    back, further = ann.do("go_back"), ann.do("go_back")

    assert (back["attribute_key"], further["attribute_key"]) == ("people", "people")
    assert back["chosen"] == {"people": ["old"]}


@pytest.mark.parametrize(
    ("move", "arguments"),
    [("mark", ("size", "big")), ("mark", ("people", "nobody")), ("go_on", ("size",)), ("go_back", ("size",))],
)
def test_button_of_another_question_changes_nothing(ann: Comparer, move: str, arguments: tuple[str, ...]) -> None:
    """An old button, or one with an unknown value, is stale."""
    ann.do("begin")

    assert ann.do(move, *arguments)["kind"] == "compare_stale"
    assert ann.do("begin")["attribute_key"] == "people"


def test_result_is_kept_and_can_be_repeated(ann: Comparer, engine: Engine) -> None:
    """Asked again it is told again; a new one begins beside it, and the old one stays stored."""
    result = ann.finish()

    again = ann.do("begin")
    stale = ann.do("mark", "people", "old")
    anew = ann.do("begin", is_anew=True)

    assert (again["kind"], again["nearest"]) == ("compare_result", result["nearest"])
    assert stale["kind"] == "compare_stale"
    assert (anew["kind"], anew["chosen"]) == ("compare_question", {})
    with engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(tables.comparison)).scalar_one() == 2


def test_open_interview_is_resumed_after_a_restart(ann: Comparer, engine: Engine) -> None:
    """The same question waits when everything was stopped and started."""
    ann.do("begin")
    ann.do("answer", ["old"])

    resumed = Comparer(LearningStore(engine)).do("begin")

    assert (resumed["attribute_key"], resumed["is_resumed"]) == ("choice", True)


def test_same_messages_twice_at_once_count_once(ann: Comparer, engine: Engine) -> None:
    """A double tap marks once: the second press of one message does not unmark."""
    told: list[Payload] = []

    def send() -> None:
        ann.do("begin", message_id="b")
        told.append(ann.do("mark", "people", "old", message_id="o"))

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told[0] == told[1]
    assert ann.do("begin")["chosen"] == {"people": ["old"]}
