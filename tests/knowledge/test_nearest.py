"""Finding near vectors: exactly among few, nearly so among very many, and always with little work."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from knowledge.nearest import CELLS_FROM_ROWS, LOOKED_AT_ROWS, NearRows

WIDTH = 16


def clouds(n_rows: int, n_clouds: int = 50, spread: float = 0.3) -> np.ndarray:
    """Make unit rows that lie in clouds, as questions lie around their topics."""
    chance = np.random.default_rng(n_rows)
    middles = chance.normal(size=(n_clouds, WIDTH))
    rows = middles[chance.integers(0, n_clouds, n_rows)] + spread * chance.normal(size=(n_rows, WIDTH))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def crowd() -> tuple[np.ndarray, NearRows]:
    """Give very many rows, and the same parted into cells."""
    rows = clouds(CELLS_FROM_ROWS)
    return rows, NearRows(rows)


@pytest.mark.parametrize("n_rows", [0, 1, 7, 500])
def test_few_rows_are_all_compared(n_rows: int) -> None:
    """Among few rows nothing is missed, and they keep their order."""
    rows = clouds(n_rows) if n_rows else np.zeros((0, WIDTH), dtype=np.float32)

    numbers, cosines = NearRows(rows).compare(np.ones(WIDTH, dtype=np.float32))

    assert numbers.tolist() == list(range(n_rows))
    assert np.array_equal(cosines, rows @ np.ones(WIDTH, dtype=np.float32))


def test_many_rows_are_compared_in_part(crowd: tuple[np.ndarray, NearRows]) -> None:
    """Among very many rows about as many are looked at as are wanted, each with its own number and cosine."""
    rows, near = crowd

    numbers, cosines = near.compare(rows[5])

    assert LOOKED_AT_ROWS <= len(numbers) < CELLS_FROM_ROWS / 2
    assert len(set(numbers.tolist())) == len(numbers)
    assert cosines == pytest.approx(rows[numbers] @ rows[5], abs=1e-5)


def test_many_rows_nearest_are_found(crowd: tuple[np.ndarray, NearRows]) -> None:
    """What is looked at holds nearly all of the truly nearest rows."""
    rows, near = crowd
    asked = clouds(CELLS_FROM_ROWS)[:200] + 0.02

    found = [len(set(near.compare(one)[0]) & set(np.argsort(-(rows @ one))[:3])) for one in asked]

    assert sum(found) >= 0.98 * 3 * len(asked)


def test_rows_parted_twice_are_parted_alike(crowd: tuple[np.ndarray, NearRows]) -> None:
    """The same rows give the same cells: nothing is left to chance."""
    rows, near = crowd

    assert np.array_equal(NearRows(rows).compare(rows[9])[0], near.compare(rows[9])[0])


def test_equal_rows_are_no_trouble() -> None:
    """Rows that are all the same, so that most cells are empty, are found."""
    rows = np.tile(np.eye(WIDTH, dtype=np.float32)[0], (CELLS_FROM_ROWS, 1))

    numbers, cosines = NearRows(rows).compare(rows[0])

    assert len(numbers) >= LOOKED_AT_ROWS and cosines.min() == cosines.max() == 1.0


@given(seed=st.integers(0, 10_000))
@examples(max_examples=40)
def test_any_row_finds_itself(crowd: tuple[np.ndarray, NearRows], seed: int) -> None:
    """Whatever row is asked for, it is among those that are looked at."""
    rows, near = crowd
    number = seed % len(rows)

    numbers, cosines = near.compare(rows[number])

    assert number in numbers and cosines.max() == pytest.approx(1.0, abs=1e-5)
