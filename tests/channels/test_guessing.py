"""Whoever tries secret addresses is slowed down; everybody else is not."""

from __future__ import annotations

from starlette.requests import Request

from channels import guessing
from channels.guessing import GuessLimit


class Hand:
    """A clock that stands still until it is moved; seconds."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


def a_request(host: str = "203.0.113.5") -> Request:
    """Make a request from an address."""
    return Request({"type": "http", "client": (host, 50000), "headers": []})


def test_limit_after_misses_stops_that_place_only() -> None:
    """Two misses are allowed; then that address waits, and another does not."""
    limit = GuessLimit(misses=2)
    limit.add_miss(a_request())
    before = limit.is_over(a_request())

    limit.add_miss(a_request())

    assert not before
    assert limit.is_over(a_request())
    assert not limit.is_over(a_request("203.0.113.6"))


def test_limit_after_its_window_lets_in_again() -> None:
    """Misses of long ago do not count."""
    clock = Hand()
    limit = GuessLimit(misses=1, window_seconds=60, clock=clock)
    limit.add_miss(a_request())

    clock.seconds = 61

    assert not limit.is_over(a_request())


def test_limit_remembers_so_many_places_only() -> None:
    """Very many addresses cannot fill the memory; the oldest is forgotten."""
    limit = GuessLimit(misses=1)
    for number in range(guessing.PLACES_REMEMBERED + 1):
        limit.add_miss(a_request(f"host-{number}"))

    assert not limit.is_over(a_request("host-0"))
    assert limit.is_over(a_request("host-1"))
