"""False premises: which one a question may hold, and how much speaks for it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.coverage import Boundary
from knowledge.model import Correction, Passage, Place
from knowledge.premises import Premises, fits_premise

PLACE = Place("corrections.yml", 1)


def at(degrees: float) -> np.ndarray:
    """Return the unit vector at an angle from east."""
    return np.array([math.cos(math.radians(degrees)), math.sin(math.radians(degrees))])


def rows(*degrees: float) -> np.ndarray:
    """Return a unit row for each angle."""
    return np.array([at(one) for one in degrees]).reshape(-1, 2)


PREMISES = Premises(["mayor", "mayor", "shed"], rows(90, 80, 0), rows(45, -90), Boundary(np.array([0.0, 2.0]), -1.0))


def correction(*questions: str) -> Correction:
    """Make a correction with its questions."""
    return Correction("one", Passage("So it is.", (), PLACE), (), questions, PLACE)


@pytest.mark.parametrize(
    ("degrees", "found", "cosine", "lead"),
    [
        pytest.param(90, "mayor", 1.0, 1.0 - math.cos(math.radians(45)), id="the premise itself"),
        pytest.param(70, "mayor", math.cos(math.radians(10)), None, id="near to one"),
        pytest.param(10, "shed", math.cos(math.radians(10)), None, id="near to another"),
        pytest.param(-90, "shed", 0.0, -1.0, id="a question of a topic"),
    ],
)
def test_nearest_premise_is_weighed(degrees: float, found: str, cosine: float, lead: float | None) -> None:
    """The correction is that of the nearest question; the lead is over the nearest question of a topic."""
    name, row = PREMISES.weigh(at(degrees))

    assert name == found and row.shape == (3,)
    assert row[0] == pytest.approx(cosine, abs=1e-9)
    assert lead is None or row[1] == pytest.approx(lead, abs=1e-9)
    assert row[2] == pytest.approx(2.0 * math.sin(math.radians(degrees)) - 1.0)


def test_premise_judged_by_itself_is_left_out() -> None:
    """To judge the premises by each other, one can be left out and its score given."""
    name, row = PREMISES.weigh(at(0), without=2, boundary=0.25)

    assert name == "mayor"
    assert row == pytest.approx(
        [math.cos(math.radians(80)), math.cos(math.radians(80)) - math.cos(math.radians(45)), 0.25]
    )


def test_without_premises_nothing_speaks_for_one() -> None:
    """A course without corrections finds no premise, and its numbers say so."""
    name, row = Premises([], rows(), rows(10), Boundary(np.zeros(2), 0.0)).weigh(at(0))

    assert name == "" and row.tolist() == [-1.0, -1.0, -1.0]


@given(degrees=st.floats(-180, 180))
def test_any_question_is_weighed_within_bounds(degrees: float) -> None:
    """Whatever is asked, the correction is a known one and the numbers are such as can be."""
    name, row = PREMISES.weigh(at(degrees))

    assert name in {"mayor", "shed"}
    assert -1.0 - 1e-9 <= row[0] <= 1.0 + 1e-9 and -2.0 - 1e-9 <= row[1] <= 2.0 + 1e-9


NINTH = correction("what is the ninth phase", "tell me about phase 9", "the ninth one", "why nine phases")
MIXED = correction("why are there nine phases", "why so many phases")


@pytest.mark.parametrize(
    ("held", "text", "fits"),
    [
        pytest.param(NINTH, "which phases are there", False, id="no number"),
        pytest.param(NINTH, "what happens in the ninth", True, id="in words"),
        pytest.param(NINTH, "and phase 7?", True, id="in digits"),
        pytest.param(NINTH, "often something", False, id="a number inside a word"),
        pytest.param(NINTH, "", False, id="nothing"),
        pytest.param(MIXED, "which phases are there", True, id="a premise that is not about a number"),
    ],
)
def test_premise_about_a_number_needs_one(held: Correction, text: str, fits: bool) -> None:
    """A question without a number cannot hold a premise that is all about one."""
    assert fits_premise(held, text) is fits


@given(text=st.text(max_size=60), number=st.integers(0, 10**6))
def test_any_text_with_a_number_fits(text: str, number: int) -> None:
    """Whatever stands around it, with a number a text can hold any premise."""
    assert fits_premise(NINTH, f"{text} {number} {text}") and fits_premise(MIXED, text)
