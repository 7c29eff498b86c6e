"""Intervals say how far a share can be trusted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.eval.bootstrap import Interval, lead, share

FLAGS = st.lists(st.booleans(), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("flags", "value"),
    [([True], 1.0), ([False, False], 0.0), ([True, False, False, False], 0.25), ([], 0.0)],
)
def test_share_is_that_of_the_rows(flags: list[bool], value: float) -> None:
    """A share counts what is true; of no rows it is nought."""
    found = share(flags)

    assert (found.value, found.rows) == (value, len(flags))


@given(FLAGS)
def test_interval_holds_its_share(flags: list[bool]) -> None:
    """The share lies in its interval, and the interval between 0 and 1."""
    found = share(flags)

    assert 0.0 <= found.low <= found.value <= found.high <= 1.0


def test_interval_is_known_and_the_same_each_time() -> None:
    """Of a hundred rows with 80 true, the ends lie where theory puts them, about 1.96 deviations away."""
    flags = [True] * 80 + [False] * 20

    found = share(flags)

    assert found == share(flags)
    assert found.low == pytest.approx(0.722, abs=0.015)
    assert found.high == pytest.approx(0.878, abs=0.015)


def test_lead_pairs_the_rows() -> None:
    """Two systems that are right on the same rows have no lead, with no doubt about it."""
    flags = [True, False, True, False] * 10

    assert lead(flags, flags) == Interval(0.0, 0.0, 0.0, 40)
    assert lead([True] * 40, flags).value == 0.5


def test_lead_of_different_rows_is_refused() -> None:
    """What was asked of one must have been asked of the other."""
    with pytest.raises(ValueError, match="2 rows of ours stand against 1 of theirs"):
        lead([True, False], [True])
