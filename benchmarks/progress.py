"""Lines that say what is going on, and that long work still goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SAY_EVERY_SECONDS = 5.0


def say(line: str) -> None:
    """Tell the person at the terminal what is going on."""
    print(f"bench: {line}", flush=True)


@contextmanager
def telling(what: str) -> Iterator[None]:
    """Say what is begun, every few seconds that it goes on, and how long it took in the end."""
    is_over, begun = threading.Event(), time.monotonic()

    def tick() -> None:
        while not is_over.wait(SAY_EVERY_SECONDS):
            say(f"{what} ... {time.monotonic() - begun:.0f} s")

    ticking = threading.Thread(target=tick, daemon=True)
    say(f"{what} ...")
    ticking.start()
    try:
        yield
    finally:
        is_over.set()
        ticking.join()
    say(f"{what}: {time.monotonic() - begun:.0f} s")
