"""A lesson that was edited or withdrawn under a learner never leaves them lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from knowledge.model import Item, Lesson, Option, Step
from learning import tables
from learning.editions import keep_editions
from tests.learning.learner import LESSON, Learner
from tests.learning.samples import a_card, a_lesson, a_passage, an_item, an_order

NUMBERS = count()
MOVES = ("go_on", "go_back", "skip", "resume", "hint", "go_to_quiz", "begin", "answer", "pick", "note", "sure")
KINDS = {"step", "summary", "graded", "picked", "hint", "no_item", "answer_first", "first_step", "stale", "noted"}
KINDS |= {"how_sure", "not_whole"}


def _edition(*keys: str) -> Lesson:
    steps = {step.key: step for step in LESSON.steps}
    return replace(LESSON, steps=tuple(steps.get(key, a_card(key)) for key in keys), version="v2")


@pytest.mark.parametrize(
    ("keys", "skips", "stands_at"),
    [
        (("new", "opening", "where", "yours", "who"), 1, "where"),
        (("who", "yours", "where", "opening"), 2, "yours"),
        (("opening", "yours", "who"), 1, "yours"),
        (("opening", "where"), 3, "where"),
        (("other",), 3, "other"),
        (("opening", "where", "yours", "who", "new"), 4, "summary"),
    ],
    ids=["step added before", "turned round", "present step gone", "last steps gone", "all new", "was at the end"],
)
def test_lesson_edited_meanwhile_settles_kindly(
    learner: Learner, keys: tuple[str, ...], skips: int, stands_at: str
) -> None:
    """After an edit the learner stands at the same step, or near it, and the next move works."""
    for _ in range(skips):
        learner.do("skip")

    learner.sees(_edition(*keys))

    assert learner.stands_at() == stands_at
    assert learner.do("resume")["place"]["key"] == stands_at
    assert learner.do("skip")["kind"] in ("step", "summary")


def test_options_edited_meanwhile_make_old_buttons_stale(learner: Learner) -> None:
    """A button with an option that was reworded changes nothing; the new options can be chosen."""
    learner.do("go_on")
    item = LESSON.steps[1]
    assert isinstance(item, Item)
    reworded = replace(item, options=tuple(replace(option, key=option.key * 2) for option in item.options))

    learner.sees(replace(LESSON, steps=(LESSON.steps[0], reworded, *LESSON.steps[2:]), version="v2"))

    assert learner.answer("b", item.id)["kind"] == "stale"
    assert learner.do("answer", ("bb",), item.id)["outcome"] == "right"


def test_lesson_withdrawn_meanwhile_is_no_lesson(learner: Learner) -> None:
    """A lesson that is no longer in the course is not there; another one can be begun, and its place is kept."""
    other = replace(LESSON, id="other")

    learner.sees(other)

    assert learner.do("go_on") == {"kind": "no_lesson"}
    assert learner.do("begin", LESSON.id) == {"kind": "no_lesson"}
    assert learner.do("begin", other.id)["kind"] == "step"
    learner.sees(LESSON, other)
    assert learner.do("begin", LESSON.id)["is_resumed"] is True


def _open(engine: Engine, learner: Learner, lesson: Lesson) -> None:
    """Start the tutor on an edition of the lesson."""
    keep_editions(engine, [lesson])
    learner.sees(lesson)


def test_step_gone_meanwhile_shows_what_followed_it(learner: Learner, engine: Engine) -> None:
    """Whatever is pressed, the step after the one that is gone is shown, and not passed over; said once."""
    keep_editions(engine, [LESSON])
    learner.do("skip")

    _open(engine, learner, _edition("new", "opening", "yours", "who"))
    told = learner.do("skip")

    assert (told["place"]["key"], told["edit"]["is_step_gone"]) == ("yours", True)
    assert (told["edit"]["new"], told["edit"]["gone"]) == (1, 1)
    assert "edit" not in learner.do("skip")


def test_step_that_stayed_lets_the_move_go_on(learner: Learner, engine: Engine) -> None:
    """A step added elsewhere is told, and the answer that was on its way is graded."""
    keep_editions(engine, [LESSON])
    learner.do("skip")

    _open(engine, learner, _edition("new", "opening", "where", "yours", "who"))
    told = learner.answer("b", "sample.where")

    assert (told["kind"], told["outcome"], told["edit"]["new"]) == ("graded", "right", 1)


def test_old_buttons_grade_by_option_after_reordering_and_a_fixed_key(learner: Learner, engine: Engine) -> None:
    """The option that was pressed counts, wherever it stands now, by the key as it is now; results before stay."""
    keep_editions(engine, [LESSON])
    learner.do("skip")
    assert learner.answer("a", "sample.where")["outcome"] == "wrong"
    item = LESSON.steps[1]
    assert isinstance(item, Item)
    turned = tuple(replace(option, is_right=option.key == "d") for option in reversed(item.options))

    _open(engine, learner, a_lesson(LESSON.steps[0], replace(item, options=turned), *LESSON.steps[2:], version="v2"))

    assert learner.answer("d", "sample.where")["outcome"] == "right"
    assert learner.store.look(learner.name).outcomes["sample"]["sample.where"] == ["wrong", "right"]


def test_reflection_whose_card_is_gone_is_kept(learner: Learner, engine: Engine) -> None:
    """What somebody was just writing is never lost."""
    keep_editions(engine, [LESSON])
    learner.do("skip")
    learner.do("skip")

    _open(engine, learner, _edition("opening", "where", "who"))
    told = learner.do("keep_note", "what we do")

    assert told["kind"] == "noted"
    assert learner.store.look(learner.name).notes == [("sample", "yours", "what we do")]


steps = st.lists(
    st.sampled_from(
        [
            a_card("opening"),
            a_card("more"),
            a_card("yours", keep_as="own"),
            an_item("where"),
            an_item("where", "c"),
            an_item("where", "d", texts=("One.", "Two.")),
            replace(an_item("where", "a"), asks_sure=True),
            an_item("who", "ac", "several right"),
            an_item("who", "b", "true or false", ("Yes.", "No.")),
            an_order("order"),
            an_order("order", 3),
            a_card("where"),
        ]
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda step: step.key,
)
editions = st.lists(steps, min_size=1, max_size=4)
moves = st.lists(
    st.tuples(st.sampled_from(MOVES), st.text("abcd", min_size=1, max_size=4), st.integers(0, 3)),
    min_size=1,
    max_size=15,
)


def _reworded(number: int, made: list[Step]) -> Lesson:
    """Make an edition; in every second one the options of items are turned round and one is reworded."""
    turned = [_turned(step) if number % 2 and isinstance(step, Item) else step for step in made]
    return a_lesson(*turned, version=f"v{number}")


def _turned(item: Item) -> Item:
    first, *rest = item.options
    return replace(item, options=(*rest, Option(f"{first.key}2", "New.", first.is_right, a_passage(), None)))


def _do(learner: Learner, move: str, letters: str) -> Any:
    """Make a move as a button or a text of an older edition would."""
    if move == "answer":
        return learner.answer(letters, "sample.where" if len(letters) % 2 else None)
    arguments = {
        "begin": ("sample",),
        "pick": (letters[0], "sample.who"),
        "note": ("a thought",),
        "sure": ("unsure",),
    }
    names = {"note": "keep_note", "sure": "say_sure"}
    return learner.do(names.get(move, move), *arguments.get(move, ()))


def _attempts(engine: Engine, name: str) -> list[Any]:
    with engine.connect() as connection:
        query = sa.select(tables.attempt).where(tables.attempt.c.learner_id == name).order_by(tables.attempt.c.id)
        return connection.execute(query).all()


@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(editions, moves)
def test_any_edit_between_any_messages_neither_fails_nor_loses(
    learner: Learner, engine: Engine, editions: list[list[Step]], moves: list[tuple[str, str, int]]
) -> None:
    """Steps added, removed, turned round, reworded, keys fixed: each message has an outcome, and no result is lost."""
    ann = Learner(learner.store, name=f"learner-{next(NUMBERS)}")
    lessons = [_reworded(number, made) for number, made in enumerate(editions)]
    notes = 0
    _open(engine, ann, lessons[0])
    ann.do("begin", "sample")

    for move, letters, number in moves:
        lesson = lessons[number % len(lessons)]
        before = _attempts(engine, ann.name)
        _open(engine, ann, lesson)
        told = _do(ann, move, letters)

        notes += told["kind"] == "noted"
        after = _attempts(engine, ann.name)
        assert told["kind"] in KINDS
        assert after[: len(before)] == before
        assert len(after) - len(before) == (told["kind"] == "graded")
        assert told["place"]["key"] == [*(step.key for step in lesson.steps), "summary"][told["place"]["number"]]
        assert ann.stands_at() == told["place"]["key"]
    assert len(ann.store.look(ann.name).notes) == notes
