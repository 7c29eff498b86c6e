"""Keeps one process going: a crash of one part must not end the others, which tell people that their messages wait.

Run by ``commands.run`` for each process, with its command in ``KEPT_COMMAND`` and nothing but the standard library in
memory. A process that dies soon after its start, at the first or at a third start in a row, ends the keeping: then
something is wrong that another start does not mend.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time

YOUNG_SECONDS = 10.0
YOUNG_DEATHS_AT_MOST = 3
PAUSE_SECONDS = 0.5


def keep(command: list[str], young_seconds: float = YOUNG_SECONDS) -> int:
    """Start a command, and start it again whenever it dies.

    Args:
        command: Program and arguments.
        young_seconds: A process that lived shorter died young.

    Returns:
        Its exit code, when it is not started again; 143 after a request to stop.
    """
    stop = _Stop()
    has_lived, young_deaths = False, 0
    while True:
        begun = time.monotonic()
        code = subprocess.call(command)
        is_young = time.monotonic() - begun < young_seconds
        has_lived, young_deaths = has_lived or not is_young, young_deaths + 1 if is_young else 0
        if stop.is_asked:
            return 143
        if not has_lived or young_deaths >= YOUNG_DEATHS_AT_MOST:
            return code if code > 0 else 1
        print(f"tutor: it stopped by itself ({code}) and is started again", flush=True)
        time.sleep(PAUSE_SECONDS)


class _Stop:
    """Whether somebody asked to stop. The process hears of it by itself: it is in the same session."""

    def __init__(self) -> None:
        self.is_asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, *_: object) -> None:
        self.is_asked = True


if __name__ == "__main__":
    sys.exit(keep(shlex.split(os.environ["KEPT_COMMAND"])))
