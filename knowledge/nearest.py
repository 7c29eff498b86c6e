"""Finding near vectors among very many: parted into cells, so that the work hardly grows with their number."""

from __future__ import annotations

from math import isqrt

import numpy as np

CELLS_FROM_ROWS = 10_000  # fewer are all looked at, and nothing is missed
LOOKED_AT_ROWS = 3_000
LEARNT_FROM_ROWS = 20_000
ROUNDS = 3


class NearRows:
    """Unit rows, ready to be compared with a vector.

    Args:
        rows: Shape (n, width), float32.

    Source:
        Sivic & Zisserman 2003, Video Google; Jégou et al. 2011, Product quantization (the inverted file): only the
        cells whose middles are nearest are looked at. What lies just beyond their edge is missed.
    """

    def __init__(self, rows: np.ndarray) -> None:
        self._rows = rows
        self._numbers = np.arange(len(rows))
        self._sizes = self._starts = np.array([0])
        self._middles: np.ndarray | None = None
        if len(rows) >= CELLS_FROM_ROWS:
            self._part()

    def compare(self, vector: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Compare a vector with the rows that are worth it: all of them when there are few.

        Returns:
            The numbers of the rows, and their cosines, in the same order.
        """
        if self._middles is None:
            return self._numbers, self._rows @ vector
        order = np.argsort(-(self._middles @ vector), kind="stable")
        n_cells = int(np.searchsorted(np.cumsum(self._sizes[order]), LOOKED_AT_ROWS)) + 1
        cells = [slice(self._starts[cell], self._starts[cell + 1]) for cell in order[:n_cells]]
        numbers = np.concatenate([self._numbers[cell] for cell in cells])
        return numbers, np.concatenate([self._rows[cell] @ vector for cell in cells])

    def _part(self) -> None:
        """Part the rows into about as many cells as a cell has rows, those of a cell side by side."""
        self._middles = _find_middles(self._rows, isqrt(len(self._rows)))
        cell_of = _nearest_of(self._rows, self._middles)
        self._numbers = np.argsort(cell_of, kind="stable")
        self._rows = np.ascontiguousarray(self._rows[self._numbers])
        self._sizes = np.bincount(cell_of, minlength=len(self._middles))
        self._starts = np.concatenate([[0], np.cumsum(self._sizes)])


def _find_middles(rows: np.ndarray, n_cells: int) -> np.ndarray:
    """Find middles by a few rounds of k-means over some of the rows; the same rows give the same middles."""
    chance = np.random.default_rng(1)
    some = rows[np.sort(chance.choice(len(rows), min(LEARNT_FROM_ROWS, len(rows)), replace=False))]
    middles = some[:: max(1, len(some) // n_cells)][:n_cells]
    for _ in range(ROUNDS):
        cell_of = _nearest_of(some, middles)
        sums = np.zeros_like(middles)
        np.add.at(sums, cell_of, some)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        middles = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), middles)
    return np.asarray(middles)


def _nearest_of(rows: np.ndarray, middles: np.ndarray) -> np.ndarray:
    """Return the number of the nearest middle of each row, in parts that fit into memory."""
    parts = np.array_split(rows, max(1, len(rows) // LEARNT_FROM_ROWS))
    return np.concatenate([(part @ middles.T).argmax(axis=1) for part in parts])
