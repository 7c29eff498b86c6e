"""A process that dies is started again; one that cannot live is not, and one that is asked to stop stays stopped."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from settings import ROOT

LIVES = """
import pathlib, sys, time
path = pathlib.Path(sys.argv[1])
path.write_text(path.read_text() + "x" if path.exists() else "x")
time.sleep(3.1 if len(path.read_text()) <= int(sys.argv[2]) else 0.0)
sys.exit(7)
"""
KEEP = """
import os, shlex, sys
from commands.keep import keep
sys.exit(keep(shlex.split(os.environ["KEPT_COMMAND"]), 3.0))
"""


def keeping(path: Path, long_lives: int) -> subprocess.Popen[str]:
    """Keep a process that writes an "x" at each start, lives long so many times, and then dies at once."""
    command = shlex.join([sys.executable, "-S", "-c", LIVES, str(path), str(long_lives)])
    return subprocess.Popen(
        [sys.executable, "-c", KEEP],
        cwd=ROOT,
        env={**os.environ, "KEPT_COMMAND": command},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.parametrize(("long_lives", "starts"), [(0, 1), (2, 5)], ids=["never lived", "lived twice"])
def test_process_is_started_again_while_it_can_live(tmp_path: Path, long_lives: int, starts: int) -> None:
    """After a life another start is tried, at most three that fail; without one, none."""
    with keeping(tmp_path / "starts", long_lives) as process:
        told, _ = process.communicate(timeout=60)

    assert process.returncode == 7
    assert len((tmp_path / "starts").read_text()) == starts
    assert told.count("started again") == starts - 1


def test_stop_is_not_taken_for_death(tmp_path: Path) -> None:
    """Who is asked to stop, with its process, starts nothing again."""
    with keeping(tmp_path / "starts", 100) as process:
        while not (tmp_path / "starts").exists():
            pass
        os.killpg(process.pid, signal.SIGTERM)
        told, _ = process.communicate(timeout=60)

    assert process.returncode == 143
    assert told == ""
