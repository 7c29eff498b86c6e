"""Codes for another device: one use, ten minutes, few tries; joining asks before it puts two histories together."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from database import now_utc, reading
from learning.belongings import Belongings
from learning.link_codes import ALPHABET, LIFE_MINUTES, MISSES_OF_ALL, MISSES_OF_ONE, LinkCodes, read_code
from learning.store import LearningStore
from learning.twice import TWICE_WITHIN
from tests.learning.histories import count_rows
from tests.learning.learner import ANN, LESSON, Learner

WRONG = "BBBB-BBBB"


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = now_utc()

    def __call__(self) -> datetime:
        """Return the present moment."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Give a clock."""
    return Clock()


@pytest.fixture
def codes(engine: Engine, clock: Clock) -> LinkCodes:
    """Give codes."""
    return LinkCodes(engine, "secret", clock)


@given(st.text(ALPHABET, min_size=8, max_size=8), st.sampled_from(["", "-", " "]), st.booleans())
def test_code_is_read_however_it_is_typed(signs: str, between: str, is_lower: bool) -> None:
    """Small letters, a blank or no stroke: it is the same code."""
    typed = f" {signs[:4]}{between}{signs[4:]} "

    assert read_code(typed.lower() if is_lower else typed) == f"{signs[:4]}-{signs[4:]}"


@pytest.mark.parametrize("text", ["", "yes", "well-done", "question", "a b c d", "BCDF-234", "my code is BCDF-2345"])
def test_words_are_no_code(text: str) -> None:
    """What people say is never taken for a code."""
    assert read_code(text) is None


def test_code_joins_somebody_new_at_once(codes: LinkCodes) -> None:
    """Who has nothing yet is not asked."""
    joining = codes.join(codes.make(ANN), "bob")

    assert (joining.kind, joining.learner_id, joining.is_merged) == ("joined", ANN, False)


def test_code_works_once(codes: LinkCodes) -> None:
    """A second device needs another code."""
    code = codes.make(ANN)
    codes.join(code, "bob")

    assert codes.join(code, "cem").kind == "unknown"


def test_code_again_by_who_has_joined_is_told_as_joined(codes: LinkCodes) -> None:
    """After a crash the same message leads to the same answer."""
    code = codes.make(ANN)
    joined = codes.join(code, "bob")

    assert codes.join(code, joined.learner_id).kind == "joined"


@pytest.mark.parametrize(("minutes", "kind"), [(LIFE_MINUTES - 1, "joined"), (LIFE_MINUTES, "unknown")])
def test_code_lives_ten_minutes(codes: LinkCodes, clock: Clock, minutes: int, kind: str) -> None:
    """After that it is as good as wrong."""
    code = codes.make(ANN)
    clock.now += timedelta(minutes=minutes)

    assert codes.join(code, "bob").kind == kind


def test_new_code_ends_the_one_before(codes: LinkCodes, clock: Clock) -> None:
    """Of one person's codes only the latest works."""
    first = codes.make(ANN)
    clock.now += TWICE_WITHIN + timedelta(seconds=1)
    second = codes.make(ANN)

    assert codes.join(first, "bob").kind == "unknown"
    assert codes.join(second, "bob").kind == "joined"


@pytest.mark.parametrize("scanned", [0, 1])
def test_either_code_of_a_double_tap_works_and_ends_the_other(codes: LinkCodes, scanned: int) -> None:
    """Two that came in one moment are both on the screen; one of them is used, by one device."""
    made = [codes.make(ANN), codes.make(ANN)]

    assert codes.join(made[scanned], "bob").kind == "joined"
    assert codes.join(made[1 - scanned], "eve").kind == "unknown"


def test_own_code_is_told_as_such(codes: LinkCodes) -> None:
    """Typed where it was made, it is not used up."""
    code = codes.make(ANN)

    assert codes.join(code, ANN).kind == "same"
    assert codes.join(code, "bob").kind == "joined"


def test_tries_of_one_person_end(codes: LinkCodes, clock: Clock) -> None:
    """After five wrong ones not even the right one is looked at, for ten minutes."""
    code = codes.make(ANN)
    for _ in range(MISSES_OF_ONE):
        assert codes.join(WRONG, "bob").kind == "unknown"

    assert codes.join(code, "bob").kind == "too_many"
    assert codes.join(code, "cem").kind == "joined"
    clock.now += timedelta(minutes=LIFE_MINUTES)
    assert codes.join(codes.make(ANN), "bob").kind == "joined"


def test_tries_of_all_together_end(codes: LinkCodes) -> None:
    """Who guesses under ever new names is stopped, too."""
    code = codes.make(ANN)
    for number in range(MISSES_OF_ALL):
        codes.join(WRONG, f"guest {number}")

    assert codes.join(code, "bob").kind == "too_many"


def test_code_of_another_secret_is_unknown(codes: LinkCodes, engine: Engine) -> None:
    """A copy of the database opens nothing without the secret."""
    code = codes.make(ANN)

    assert LinkCodes(engine, "other").join(code, "bob").kind == "unknown"


def test_two_histories_are_put_together_after_a_yes(codes: LinkCodes, store: LearningStore) -> None:
    """Both have begun: the first try asks and changes nothing, the second puts all answers together."""
    ann, bob = Learner(store, LESSON), Learner(store, LESSON, name="bob")
    for learner in (ann, bob):
        learner.do("begin", LESSON.id)
        learner.do("go_on")
        learner.answer("b")
    code = codes.make(ann.name)

    asked = codes.join(code, bob.name)
    places_before = len(store.look(bob.name).places)
    joined = codes.join(code, bob.name, is_confirmed=True)

    assert (asked.kind, asked.learner_id, places_before) == ("ask", "bob", 1)
    assert (joined.kind, joined.learner_id, joined.is_merged) == ("joined", ANN, True)
    assert not store.look(bob.name).places
    assert store.read(ANN, lambda records: records.outcomes(LESSON.id)) == {"sample.where": ["right", "right"]}


def test_browser_that_nobody_knows_is_led_to_the_maker(codes: LinkCodes) -> None:
    """Without a learner of its own there is nothing to merge."""
    assert codes.join(codes.make(ANN), "").learner_id == ANN


@pytest.mark.parametrize(("seconds", "kind"), [(0.4, "joined"), (2, "joined"), (10, "unknown")])
def test_browser_that_taps_twice_is_led_there_twice(codes: LinkCodes, clock: Clock, seconds: float, kind: str) -> None:
    """It has no cookie yet when the second tap is sent; a moment later the code is as used as any."""
    code = codes.make(ANN)
    codes.join(code, "")
    clock.now += timedelta(seconds=seconds)

    again = codes.join(code, "")

    assert again.kind == kind
    assert (again.learner_id == ANN) is (kind == "joined")
    assert codes.join(code, "eve").kind == "unknown"  # who has a course of their own sends it as themselves


def test_tidying_removes_what_is_over(codes: LinkCodes, clock: Clock, engine: Engine) -> None:
    """Codes and tries of the past go; those that count stay."""
    codes.make("old")
    codes.join(WRONG, "old")
    clock.now += timedelta(minutes=LIFE_MINUTES * 3)
    codes.make(ANN)

    removed = codes.tidy()

    with reading(engine) as connection:
        left = {who: count_rows(connection, Belongings(engine), who) for who in ("old", ANN)}
    assert removed == 2
    assert (left["old"]["link_code"], left["old"]["link_try"], left[ANN]["link_code"]) == (0, 0, 1)
