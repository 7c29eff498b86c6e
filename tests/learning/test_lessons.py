"""A learner moves through lessons: each message moves once, and every outcome says where it led."""

from __future__ import annotations

from dataclasses import asdict, replace
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from database import open_engine
from learning.outcomes import score
from learning.store import LearningStore
from tests.learning.learner import ANN, LESSON, Learner

NUMBERS = count()


def test_lesson_walked_to_its_end_tells_score(store: LearningStore) -> None:
    """From the first card to the summary: wrong, then right, a note, and an item that is right at once."""
    learner = Learner(store, LESSON)

    told = [
        learner.do("begin", LESSON.id),
        learner.do("go_on"),
        learner.answer("a"),
        learner.answer("b"),
        learner.do("go_on"),
        learner.do("keep_note", "We ask only once a year."),
        learner.do("go_on"),
        learner.answer("ac"),
        learner.do("go_on"),
    ]

    assert [(one["kind"], one["place"]["key"]) for one in told] == [
        ("step", "opening"),
        ("step", "where"),
        ("graded", "where"),
        ("graded", "where"),
        ("step", "yours"),
        ("noted", "yours"),
        ("step", "who"),
        ("graded", "who"),
        ("summary", "summary"),
    ]
    assert [one["outcome"] for one in told if one["kind"] == "graded"] == ["wrong", "right", "right"]
    assert {key: told[-1][key] for key in ("right_first", "right", "answered", "items")} == {
        "right_first": 1,
        "right": 2,
        "answered": 2,
        "items": 2,
    }
    assert store.look(ANN).notes == [(LESSON.id, "own", "We ask only once a year.")]
    assert store.look(ANN).outcomes[LESSON.id] == {"sample.where": ["wrong", "right"], "sample.who": ["right"]}
    assert told[-1]["place"]["is_done"] is True


def test_lesson_skipped_to_its_end_scores_nothing(learner: Learner) -> None:
    """Everything may be skipped; the summary then says that nothing was answered."""
    told = [learner.do("skip") for _ in LESSON.steps]

    assert told[-1]["kind"] == "summary"
    assert (told[-1]["answered"], told[-1]["items"]) == (0, 2)


def test_item_answered_wrong_twice_is_closed_and_told(learner: Learner) -> None:
    """After the last try the item is closed, and what was missed is told."""
    learner.do("go_on")

    first, second = learner.answer("a"), learner.answer("d")

    assert (first["outcome"], first["place"]["is_closed"], first["missed"]) == ("wrong", False, ["b"])
    assert (second["outcome"], second["place"]["is_closed"], second["chosen"]) == ("wrong", True, ["d"])


def test_open_item_asks_for_answer_before_next(learner: Learner) -> None:
    """Next does not pass an open item; skip does."""
    learner.do("go_on")

    assert learner.do("go_on")["kind"] == "answer_first"
    assert learner.do("skip")["place"]["key"] == "yours"


def test_answer_that_fits_no_option_changes_nothing(learner: Learner) -> None:
    """Something meant as an answer that fits none costs no try: the item waits on."""
    learner.do("go_on")

    told = learner.do("answer", ())

    assert (told["kind"], told["place"]["tries"]) == ("answer_first", 0)


@pytest.mark.parametrize(
    ("letters", "item_id"),
    [("b", "sample.other"), ("z", "sample.where"), ("bz", None), ("b", "")],
    ids=["other item", "unknown option", "one unknown option", "no item named"],
)
def test_button_of_another_moment_changes_nothing(learner: Learner, letters: str, item_id: str | None) -> None:
    """A button of another item, or with an option that is not there, is stale; with no item named it counts."""
    learner.do("go_on")

    told = learner.answer(letters, item_id)

    assert told["kind"] == ("graded" if item_id == "" else "stale")
    assert learner.store.look(ANN).outcomes[LESSON.id] == ({"sample.where": ["right"]} if item_id == "" else {})


def test_button_of_answered_item_is_stale(learner: Learner) -> None:
    """Once an item is closed, its buttons do nothing."""
    learner.do("go_on")
    learner.answer("b", "sample.where")

    told = learner.answer("a", "sample.where")

    assert told["kind"] == "stale"
    assert learner.store.look(ANN).outcomes[LESSON.id] == {"sample.where": ["right"]}


def test_options_picked_one_by_one_are_kept(learner: Learner) -> None:
    """Marks come and go; a mark for another item, or of no option, is stale."""
    for _ in range(3):
        learner.do("skip")

    marks = [learner.do("pick", letter, "sample.who")["place"]["picked"] for letter in "acba"]
    stale = [learner.do("pick", *row)["kind"] for row in (("a", "sample.where"), ("z", "sample.who"))]

    assert marks == [["a"], ["a", "c"], ["a", "c", "b"], ["c", "b"]]
    assert stale == ["stale", "stale"]


def test_hint_needs_an_open_item(learner: Learner) -> None:
    """There is a hint at an open item, and none elsewhere."""
    before = learner.do("hint")["kind"]
    learner.do("go_on")
    at_item = learner.do("hint")["kind"]
    learner.answer("b")
    after = learner.do("hint")["kind"]

    assert (before, at_item, after) == ("no_item", "hint", "no_item")


def test_note_away_from_reflection_is_not_kept(learner: Learner) -> None:
    """A note belongs to a reflection; elsewhere nothing is stored."""
    told = learner.do("keep_note", "A thought.")

    assert told["kind"] == "stale"
    assert learner.store.look(ANN).notes == []


def test_first_step_has_nothing_before_it(learner: Learner) -> None:
    """Back at the first step says so; after a step it leads back."""
    assert learner.do("go_back")["kind"] == "first_step"

    learner.do("go_on")

    assert learner.do("go_back")["place"]["key"] == "opening"


def test_quiz_goes_to_item_not_answered(learner: Learner) -> None:
    """The quiz begins at the next item without an answer, and returns to those left behind."""
    first = learner.do("go_to_quiz")["place"]["key"]
    learner.answer("b")
    second = learner.do("go_to_quiz")["place"]["key"]
    learner.answer("ac")
    third = learner.do("go_to_quiz")["place"]["key"]

    assert (first, second, third) == ("where", "who", "where")


@pytest.mark.parametrize("move", ["go_on", "resume", "go_back", "skip", "go_to_quiz", "hint"])
def test_move_outside_any_lesson_says_so(store: LearningStore, move: str) -> None:
    """Somebody who is in no lesson is told, and nothing is stored about a place."""
    learner = Learner(store, LESSON)

    assert learner.do(move) == {"kind": "no_lesson"}
    assert store.look(ANN).places == []


def test_lesson_left_is_taken_up_at_its_step(learner: Learner) -> None:
    """Beginning a lesson again leads to where it was left; a finished one begins anew and stays done."""
    learner.do("go_on")
    resumed = learner.do("begin", LESSON.id)
    for _ in LESSON.steps:
        learner.do("skip")
    again = learner.do("begin", LESSON.id)

    assert (resumed["is_resumed"], resumed["place"]["key"]) == (True, "where")
    assert (again["is_resumed"], again["place"]["key"], again["place"]["is_done"]) == (False, "opening", True)


def test_each_lesson_keeps_its_own_place(store: LearningStore) -> None:
    """Going to another lesson and back loses no step."""
    other = replace(LESSON, id="other")
    learner = Learner(store, LESSON, other)

    learner.do("begin", LESSON.id)
    learner.do("go_on")
    learner.do("begin", other.id)
    back = learner.do("begin", LESSON.id)

    assert (back["lesson_id"], back["place"]["key"], back["is_resumed"]) == (LESSON.id, "where", True)


def test_same_message_again_moves_once(learner: Learner) -> None:
    """A message that comes twice hears the same, and counts once."""
    learner.do("go_on")

    first, again = (learner.do("answer", ("a",), message_id="same") for _ in range(2))

    assert first == again
    assert learner.store.look(ANN).outcomes[LESSON.id] == {"sample.where": ["wrong"]}
    assert learner.do("resume")["place"]["tries"] == 1


def test_typed_text_is_read_for_open_item_only(learner: Learner) -> None:
    """A text is read as an answer while an item waits, and at no other time."""
    at_card = learner.walk.meant(ANN, "b")
    learner.do("go_on")
    at_item = [learner.walk.meant(ANN, text) for text in ("b", "7", "what is b?")]
    learner.answer("b")

    assert (at_card, at_item) == (None, [("b",), (), None])
    assert learner.walk.meant(ANN, "b") is None
    assert learner.walk.meant("nobody", "b") is None


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ({}, (0, 0, 0)),
        ({"sample.where": ["right"]}, (1, 1, 1)),
        ({"sample.where": ["wrong", "right"]}, (0, 1, 1)),
        ({"sample.where": ["wrong", "wrong"], "sample.who": ["partly"]}, (0, 0, 2)),
        ({"sample.gone": ["right"]}, (0, 0, 0)),
    ],
)
def test_score_counts_first_and_final_success(outcomes: dict[str, list[str]], expected: tuple[int, int, int]) -> None:
    """Right at once, right in the end, and answered are counted apart; items that are gone do not count."""
    points = score(LESSON, outcomes)

    assert (points["right_first"], points["right"], points["answered"]) == expected
    assert points["items"] == 2


@given(
    moves=st.lists(
        st.sampled_from(["go_on", "go_back", "skip", "resume", "go_to_quiz", "hint", "right", "wrong", "note"]),
        max_size=12,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_any_moves_are_told_where_they_lead(moves: list[str], store: LearningStore) -> None:
    """Whatever somebody does, each outcome names the place that is stored after it, and done stays done."""
    arguments: dict[str, tuple[Any, ...]] = {
        "right": ("answer", ("b",)),
        "wrong": ("answer", ("d",)),
        "note": ("keep_note", "A thought."),
    }
    learner = Learner(store, LESSON, name=f"learner-{next(NUMBERS)}")
    learner.do("begin", LESSON.id)
    was_done = False

    for move in moves:
        told = learner.do(*arguments.get(move, (move,)))
        place = store.look(learner.name).place

        assert place is not None
        assert told["place"] == {**asdict(place), "picked": list(place.picked), "answered": list(place.answered)}
        assert place.is_done or not was_done
        was_done = place.is_done


def test_database_that_is_gone_fails_the_move(tmp_path: Any) -> None:
    """Without its tables a move raises, so that the message can come again; nothing is invented."""
    engine = open_engine(f"sqlite:///{tmp_path / 'bare.db'}")
    learner = Learner(LearningStore(engine), LESSON)

    with pytest.raises(OperationalError):
        learner.do("go_on")
    engine.dispose()
