"""Pauses grow and have a limit; what fails for long is given up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from channels.telegram.pace import Pace, Progress


@given(failures=st.integers(1, 5000))
def test_pauses_grow_up_to_a_limit(failures: int) -> None:
    """No pause is shorter than the one before, and none is longer than the longest."""
    pace = Pace()

    assert pace.first_seconds <= pace.pause_seconds(failures) <= pace.pause_seconds(failures + 1)
    assert pace.pause_seconds(failures) <= pace.longest_seconds


def test_faults_are_given_up_sooner_than_an_absence() -> None:
    """A fault of the Bot API may concern one message; an absence concerns all."""
    pace = Pace()

    assert pace.is_over(Progress(failures=30, faults=30))
    assert not pace.is_over(Progress(failures=30))
    assert pace.is_over(Progress(failures=1440))
    assert pace.is_over(Progress(failures=6, refusals=6))


def test_next_message_begins_anew() -> None:
    """Failures of one message do not count for the next."""
    progress = Progress(failures=3, faults=2, floods=1, refusals=1, resumes_at=5.0)
    progress.sent["1", 7] = 2

    progress.begin_anew()

    assert progress == Progress()
