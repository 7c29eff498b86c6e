"""The picture of coverage and precision shows what was counted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.eval.asking import Asked, Measured
from tests.eval.baselines import Baseline, Guess
from tests.eval.pictures import as_json, draw, draw_curve, make_panels, read_aloud

SCORED = st.lists(st.tuples(st.floats(0.0, 1.0), st.booleans()), min_size=1, max_size=40)


@pytest.fixture
def measured() -> Measured:
    """Give four covered questions, one of them answered wrong and one refused, and one that is not covered."""
    rows = [{"id": f"d{n}", "text": "?", "topics": ["a"]} for n in range(4)]
    answers = [("answer", "a", 0.9), ("answer", "b", 0.8), ("choose", "a", 0.4), ("abstain", "a", 0.0)]
    asked = [
        Asked(row, decision, (topic,), (topic,), 0.5, chance, {})
        for row, (decision, topic, chance) in zip(rows, answers, strict=True)
    ]
    beyond = Asked({"id": "n0", "text": "?", "kind": "near"}, "abstain", ("a",), (), 0.1, 0.0, {})
    return Measured(asked, [], [], [], [beyond], [])


@pytest.fixture
def baselines() -> list[Baseline]:
    """Give one that knows a topic only, the others that know none, and one that was not asked everything."""
    knowing = {f"d{n}": Guess(("a",), n / 10) for n in range(4)}
    guessing = {f"d{n}": Guess(("c",), 0.5) for n in range(4)}
    beyond = {"n0": Guess(("a",), 0.9)}
    return [
        Baseline("BM25", {"questions": knowing, "unanswerable": beyond}),
        *(Baseline(name, {"questions": guessing, "unanswerable": beyond}) for name in ("vectors", "ResponseSelector")),
        Baseline("TF-IDF", {"questions": guessing}),
    ]


def test_curve_answers_the_surest_first() -> None:
    """As the threshold falls, more is answered; what has the same score comes together, what has none never."""
    curve = draw_curve([0.9, 0.5, 0.5, 0.0], [True, True, False, True])

    assert curve.answered.tolist() == [0.25, 0.75]
    assert curve.right.tolist() == [1.0, pytest.approx(2 / 3)]


@pytest.mark.parametrize(("answered", "right"), [(0.1, 1.0), (0.25, 1.0), (0.5, 2 / 3), (0.75, 2 / 3), (0.9, 0.0)])
def test_curve_is_read_where_enough_is_answered(answered: float, right: float) -> None:
    """It is read at the first point that answers as much; 0 when it never does."""
    curve = draw_curve([0.9, 0.5, 0.5, 0.0], [True, True, False, True])

    assert curve.right_at(answered) == pytest.approx(right)


@given(SCORED)
def test_curve_keeps_to_shares(scored: list[tuple[float, bool]]) -> None:
    """Coverage rises and both stay between 0 and 1, whatever the scores."""
    curve = draw_curve([score for score, _ in scored], [flag for _, flag in scored])

    assert np.all(np.diff(curve.answered) > 0)
    assert np.all((curve.right >= 0) & (curve.right <= 1) & (curve.answered <= 1))


def test_picture_is_drawn_and_read(measured: Measured, baselines: list[Baseline], tmp_path: Path) -> None:
    """Both files are there, the same each time, and the sentences come from the numbers."""
    panels = make_panels(measured, baselines)

    svg, png = draw(panels, tmp_path)
    first = svg.read_bytes()

    assert (svg.name, png.name) == ("coverage.svg", "coverage.png")
    assert png.read_bytes().startswith(b"\x89PNG")
    assert draw(panels, tmp_path)[0].read_bytes() == first
    assert "answers 50% at once and 50% of these answers are right" in read_aloud(panels)
    assert "BM25, would be right in 100%" in read_aloud(panels)
    assert [row["answered"] for row in as_json(panels)] == [0.5, 0.4]
    assert panels[1].curves.keys() == {"ours", "BM25", "vectors", "ResponseSelector"}
