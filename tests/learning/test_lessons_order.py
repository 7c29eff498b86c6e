"""A learner puts steps in order: by pressing and by typing, once a message, and the order is stored as it was given."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from learning import tables
from learning.store import LearningStore
from tests.learning.learner import ANN, Learner
from tests.learning.samples import a_card, a_lesson, an_item, an_order

ORDER = an_order()
LESSON = a_lesson(a_card("opening"), ORDER, an_item("who", "ac", "several right"))


@pytest.fixture
def learner(store: LearningStore) -> Learner:
    """Give somebody before an item to put in order."""
    learner = Learner(store, LESSON)
    learner.do("begin", LESSON.id)
    learner.do("go_on")
    return learner


def press(learner: Learner, keys: str) -> list[list[str]]:
    """Press steps one after another; return the order after each."""
    return [learner.do("pick", key, ORDER.id)["place"]["picked"] for key in keys]


def attempts(engine: Engine) -> list[tuple[list[str], str]]:
    """Return the orders stored, each with its outcome."""
    query = sa.select(tables.attempt.c.chosen, tables.attempt.c.outcome).order_by(tables.attempt.c.id)
    with engine.connect() as connection:
        return [(json.loads(chosen), outcome) for chosen, outcome in connection.execute(query)]


def test_steps_pressed_are_kept_in_order(learner: Learner) -> None:
    """Each press appends, the last step follows by itself, and a press on one that is there takes it out."""
    orders = press(learner, "cabc")

    assert ["".join(order) for order in orders] == ["c", "ca", "cabd", "abd"]
    assert learner.do("resume")["place"]["picked"] == ["a", "b", "d"]


def test_order_begun_anew_is_empty(learner: Learner) -> None:
    """Starting again takes everything away; for another item it is stale."""
    press(learner, "ca")

    stale, anew = learner.do("pick_none", "sample.who"), learner.do("pick_none", ORDER.id)

    assert (stale["kind"], anew["kind"], anew["place"]["picked"]) == ("stale", "picked", [])


def test_order_given_is_stored_as_it_was_given(learner: Learner, engine: Engine) -> None:
    """Attempts hold the order chosen; a miss leaves one more try, with nothing picked."""
    press(learner, "cab")

    missed = learner.answer("cabd", ORDER.id)
    found = learner.answer("abcd")

    assert (missed["outcome"], missed["chosen"], missed["place"]["picked"]) == ("wrong", list("cabd"), [])
    assert (found["outcome"], found["place"]["is_closed"]) == ("right", True)
    assert attempts(engine) == [(list("cabd"), "wrong"), (list("abcd"), "right")]


@pytest.mark.parametrize("keys", ["", "a", "abc", "aabc", "abcda"])
def test_order_that_is_not_whole_costs_no_try(learner: Learner, engine: Engine, keys: str) -> None:
    """Less than all steps, or one twice, is asked for again."""
    told = learner.answer(keys)

    assert (told["kind"], told["place"]["tries"]) == ("not_whole", 0)
    assert attempts(engine) == []


def test_order_with_unknown_step_is_stale(learner: Learner) -> None:
    """A button of another edition, with a step that is gone, changes nothing."""
    assert learner.answer("abcz", ORDER.id)["kind"] == "stale"
    assert learner.do("pick", "z", ORDER.id)["kind"] == "stale"


def test_same_press_again_counts_once(learner: Learner, engine: Engine) -> None:
    """A press, an answer or a new beginning that comes twice is told the same, and done once."""
    pairs = [
        [learner.do("pick", "b", ORDER.id, message_id="press") for _ in range(2)],
        [learner.do("answer", tuple("dcba"), ORDER.id, message_id="answer") for _ in range(2)],
        [learner.do("pick_none", ORDER.id, message_id="anew") for _ in range(2)],
    ]

    assert all(first == again for first, again in pairs)
    assert pairs[0][0]["place"]["picked"] == ["b"]
    assert attempts(engine) == [(list("dcba"), "wrong")]


def test_typed_order_is_read_as_shown(learner: Learner) -> None:
    """Letters name the steps as shown; half an order is meant as one; a question is none."""
    read = [learner.walk.meant(ANN, text) for text in ("abcd", "first a", "what is this?")]

    assert read == [tuple("cdab"), (), None]


def test_typed_confirmation_means_what_was_picked(learner: Learner) -> None:
    """Saying "that is my answer" means the steps pressed so far, and nothing while there are none."""
    before = learner.walk.meant(ANN, "that is my answer")
    press(learner, "dcb")

    assert before is None
    assert [learner.walk.meant(ANN, text) for text in ("That is my answer", "yes", "done", "no")] == [
        *[tuple("dcba")] * 3,
        None,
    ]


def test_typed_confirmation_means_marked_options(learner: Learner) -> None:
    """Options marked one by one can be confirmed by typing as well."""
    learner.do("skip")
    for key in "ac":
        learner.do("pick", key, "sample.who")

    assert learner.walk.meant(ANN, "thats my answer") == ("a", "c")
