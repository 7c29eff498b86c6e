"""Two rows about the same thing become one: nothing of weight is lost, and the order does not matter."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from learning.merging import merge_learner, merge_mark, merge_place, merge_repetition, stay

moments = st.integers(0, 3).map(lambda minutes: datetime(2026, 5, 4) + timedelta(minutes=minutes))
days = st.integers(0, 3).map(lambda number: date(2026, 5, 4) + timedelta(days=number))
places = st.fixed_dictionaries(
    {
        "updated_at": moments,
        "step_number": st.integers(0, 3),
        "tries": st.integers(0, 1),
        "picked": st.sampled_from(["[]", '["a"]']),
        "answered": st.just("[]"),
        "is_closed": st.booleans(),
        "is_done": st.booleans(),
    }
)
repetitions = st.fixed_dictionaries(
    {
        "fingerprint": st.sampled_from(["old", "new"]),
        "stability": st.floats(0.1, 9, allow_nan=False),
        "difficulty": st.floats(1, 9, allow_nan=False),
        "answered_on": days,
        "due_on": days,
    }
)
Row = dict[str, Any]


@given(places, places)
def test_place_is_the_later_and_done_stays_done(one: Row, other: Row) -> None:
    """The place is one of the two, the later; a lesson finished at either door is finished."""
    merged = merge_place(one, other)

    assert merged["updated_at"] == max(one["updated_at"], other["updated_at"])
    assert merged["is_done"] == (one["is_done"] or other["is_done"])
    assert {**merged, "is_done": None} in ({**one, "is_done": None}, {**other, "is_done": None})
    assert merge_place(other, one) == merged


@given(repetitions, repetitions)
def test_repetition_of_one_edition_comes_back_no_later(one: Row, other: Row) -> None:
    """No question comes back later than it would have at either door; the order does not matter."""
    other = {**other, "fingerprint": one["fingerprint"]}

    merged = merge_repetition(one, other)

    assert merged["due_on"] == min(one["due_on"], other["due_on"])
    assert merged in (one, other)
    assert merge_repetition(other, one) == merged


@given(repetitions, repetitions)
def test_repetition_of_two_editions_is_that_answered_later(one: Row, other: Row) -> None:
    """The edition that was answered later counts, as the course has it now."""
    one, other = {**one, "fingerprint": "old"}, {**other, "fingerprint": "new"}

    merged = merge_repetition(one, other)

    assert merged["answered_on"] == max(one["answered_on"], other["answered_on"])
    assert merge_repetition(other, one) == merged


@given(places, repetitions)
def test_row_merged_with_itself_is_itself(place: Row, repetition: Row) -> None:
    """Twice is as good as once."""
    assert merge_place(place, place) == place
    assert merge_repetition(repetition, repetition) == repetition


def test_learner_keeps_lesson_and_fills_what_is_unknown() -> None:
    """The one who stays is in the same lesson; an unknown time zone is filled, and the earlier beginning counts."""
    kept = {"id": "ann", "lesson_id": "a", "time_zone": None, "created_at": datetime(2026, 5, 5)}
    other = {"id": "bob", "lesson_id": "b", "time_zone": "Europe/Tallinn", "created_at": datetime(2026, 5, 4)}

    merged = merge_learner(kept, other)

    expected = {"id": "ann", "lesson_id": "a", "time_zone": "Europe/Tallinn", "created_at": datetime(2026, 5, 4)}
    assert merged == expected


def test_marks_of_the_team_are_both_kept() -> None:
    """Flags, tags and notes of both; read is only as far as both were read."""
    kept = {"reviewed_to": 9, "is_flagged": False, "tags": ",a,b,", "note": "one", "handed_to": None}
    other = {"reviewed_to": 4, "is_flagged": True, "tags": ",b,c,", "note": "two", "handed_to": "kim"}

    merged = merge_mark(kept, other)

    expected = {"reviewed_to": 4, "is_flagged": True, "tags": ",a,b,c,", "note": "one\ntwo", "handed_to": "kim"}
    assert merged == expected
    assert merge_mark(kept, {**other, "reviewed_to": None})["reviewed_to"] is None


def test_row_that_stays_is_untouched() -> None:
    """Where the conversation stands is decided by the one who stays."""
    assert stay({"project_id": 1}, {"project_id": 2}) == {"project_id": 1}
