"""Slowing down who tries secret addresses: after some misses from one place, no more are looked at for a while."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.requests import Request

MISSES_ALLOWED = 20
WINDOW_SECONDS = 600.0
PLACES_REMEMBERED = 10_000


class GuessLimit:
    """Counts misses by the address that they come from, in memory.

    Args:
        misses: How many are allowed in ``window_seconds``.
        clock: Gives seconds that only grow.
    """

    def __init__(
        self,
        misses: int = MISSES_ALLOWED,
        window_seconds: float = WINDOW_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._misses = misses
        self._window_seconds = window_seconds
        self._clock = clock
        self._seen: OrderedDict[str, list[float]] = OrderedDict()

    def is_over(self, request: Request) -> bool:
        """Tell whether this place has missed too often."""
        return len(self._recent(_place(request))) >= self._misses

    def add_miss(self, request: Request) -> None:
        """Count a miss; places that were heard of longest ago are forgotten first."""
        place = _place(request)
        self._seen[place] = [*self._recent(place), self._clock()]
        self._seen.move_to_end(place)
        while len(self._seen) > PLACES_REMEMBERED:
            self._seen.popitem(last=False)

    def _recent(self, place: str) -> list[float]:
        since = self._clock() - self._window_seconds
        return [moment for moment in self._seen.get(place, ()) if moment > since]


def _place(request: Request) -> str:
    return request.client.host if request.client else ""
