"""Ends the process that loads it, as a power cut would, just before or after one of its commits to the database.

Python loads this file by its name, from a folder on ``PYTHONPATH``; the tutor itself knows nothing of it. The file that
``FAILPOINT`` names is read at every commit: ``before 2`` ends the process before the second commit from then on,
``after 2`` when that is done. A process that ends takes its file away.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import Pool

ORDER = Path(os.environ["FAILPOINT"]) if "FAILPOINT" in os.environ else None


def _is_now(phase: str) -> bool:
    """Count one commit down, and tell whether it is the one that was meant."""
    if ORDER is None or not ORDER.exists():
        return False
    wanted, _, left = ORDER.read_text(encoding="ascii").partition(" ")
    if wanted != phase:
        return False
    if int(left) > 1:
        ORDER.write_text(f"{phase} {int(left) - 1}", encoding="ascii")
        return False
    return True


def _end() -> None:
    assert ORDER is not None
    ORDER.unlink()
    os.kill(os.getpid(), signal.SIGKILL)


@event.listens_for(Engine, "commit")
def _before_commit(connection: Connection) -> None:
    connection.connection.info["is_committing"] = True
    if _is_now("before"):
        _end()


@event.listens_for(Pool, "checkin")
def _after_commit(_connection: Any, record: Any) -> None:
    if record.info.pop("is_committing", False) and _is_now("after"):
        _end()
