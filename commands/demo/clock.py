"""A clock for the tutor's processes that can be set: a month passes in minutes.

``python -m commands.demo.clock FILE MODULE ARGUMENTS...`` runs a module whose time of day is the one in the file.
"""

from __future__ import annotations

import mmap
import runpy
import struct
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

import time_machine

LOOK_SECONDS = 0.004
SEEN_SECONDS = 0.012  # after so long every process has looked
_SHAPE = struct.Struct("d")


class Clock:
    """The time of day that the processes keep, as seconds since 1970 in a small file that they share."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.write_bytes(_SHAPE.pack(time.time()))
        self._stream = path.open("r+b")
        self._shared = mmap.mmap(self._stream.fileno(), _SHAPE.size)

    def set(self, moment: datetime) -> None:
        """Set the time of day, and wait until every process has seen it; time goes on from there."""
        self._shared[:] = _SHAPE.pack(moment.timestamp())
        time.sleep(SEEN_SECONDS)

    def close(self) -> None:
        """Let go of the file."""
        self._shared.close()
        self._stream.close()


def follow(path: Path) -> None:
    """Set this process's time of day to the file's, now and whenever it changes."""
    with path.open("rb") as stream:
        shared = mmap.mmap(stream.fileno(), _SHAPE.size, access=mmap.ACCESS_READ)
    told = _SHAPE.unpack(shared[:])[0]
    machine = time_machine.travel(told, tick=True).start()

    def watch(seen: float) -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            told = _SHAPE.unpack(shared[:])[0]
            if told != seen:
                seen = told
                machine.move_to(told, tick=True)

    threading.Thread(target=watch, args=(told,), daemon=True).start()


if __name__ == "__main__":
    follow(Path(sys.argv[1]))
    sys.argv = sys.argv[2:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
