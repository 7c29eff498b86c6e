"""Trainings: asked for at the desk, done by a process of their own, one at a time; the database says how far they are.

The process is no child of the desk's: it goes on when the desk stops. Whoever is next takes the oldest that waits.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import now_utc, reading
from review import question_tables as tables
from settings import ROOT, Settings

LISTED = 20
LOST_AFTER = timedelta(seconds=60)
DOING_LIMIT_CHARS = 200
WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
CUT_OFF = "It was cut off: its process ended, as when the machine was switched off. Train again."


@dataclass(frozen=True)
class Training:
    """One training. ``report`` holds what came of it, or with ``failed`` what went wrong, under ``trouble``."""

    id: int
    state: str
    why: str
    asked_by: str
    asked_at: datetime
    begun_at: datetime | None
    seen_at: datetime | None
    ended_at: datetime | None
    doing: str
    content: str
    report: Mapping[str, Any]

    @property
    def seconds(self) -> int:
        """How long it has taken so far, or took."""
        return int(((self.ended_at or now_utc()) - self.begun_at).total_seconds()) if self.begun_at else 0


class Trainings:
    """Keeps trainings.

    Args:
        engine: The database.
        launch: Starts the process that trains; it must not wait for it.
    """

    def __init__(self, engine: Engine, launch: Callable[[], None]) -> None:
        self._engine = engine
        self._launch = launch

    def ask(self, by: str, why: str) -> None:
        """Ask for a training. One that waits already will do for both: it trains what is published when it begins."""
        table = tables.desk_training
        with self._engine.begin() as connection:
            waiting = connection.execute(sa.select(table).where(table.c.state == WAITING)).first()
            if waiting:
                told = f"{waiting.why}; {why}" if why not in waiting.why else waiting.why
                connection.execute(table.update().where(table.c.id == waiting.id).values(why=told))
            else:
                row = {"state": WAITING, "why": why, "asked_by": by, "asked_at": now_utc()}
                connection.execute(table.insert().values(**row, doing="", content="", report="{}"))
        self._launch()

    def resume(self) -> None:
        """Have what waits, or was cut off, be taken up, as after a start of the desk."""
        if any(one.state == WAITING or self.is_lost(one) for one in self.latest()):
            self._launch()

    def latest(self) -> list[Training]:
        """Return the newest, newest first."""
        table = tables.desk_training
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(table).order_by(table.c.id.desc()).limit(LISTED)).mappings()
            return [_to_training(row) for row in rows]

    def find(self, training_id: int) -> Training | None:
        """Return one of them."""
        table = tables.desk_training
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(table).where(table.c.id == training_id)).mappings().one_or_none()
        return _to_training(row) if row else None

    def is_lost(self, training: Training) -> bool:
        """Tell whether its process has not been heard of for long."""
        seen = training.seen_at or training.begun_at
        return training.state == RUNNING and seen is not None and now_utc() - seen > LOST_AFTER

    def take(self) -> Training | None:
        """Begin the oldest that waits. The caller is the only one who trains: what runs besides was cut off."""
        table = tables.desk_training
        with self._engine.begin() as connection:
            cut_off = {"state": FAILED, "ended_at": now_utc(), "report": json.dumps({"trouble": CUT_OFF})}
            connection.execute(table.update().where(table.c.state == RUNNING).values(**cut_off))
            row = connection.execute(sa.select(table).where(table.c.state == WAITING).order_by(table.c.id)).first()
            if row is None:
                return None
            begun = {"state": RUNNING, "begun_at": now_utc(), "seen_at": now_utc(), "process": os.getpid()}
            connection.execute(table.update().where(table.c.id == row.id).values(**begun))
        return self.find(row.id)

    def tell(self, training_id: int, doing: str = "", content: str = "") -> None:
        """Say that it goes on, and what it does now."""
        told = {name: value for name, value in (("doing", doing[:DOING_LIMIT_CHARS]), ("content", content)) if value}
        self._change(training_id, seen_at=now_utc(), **told)

    def end(self, training_id: int, report: Mapping[str, Any]) -> None:
        """Say that it is over; with ``trouble`` in the report it failed."""
        state = FAILED if "trouble" in report else DONE
        self._change(training_id, state=state, ended_at=now_utc(), report=json.dumps(report, ensure_ascii=False))

    def _change(self, training_id: int, **values: Any) -> None:
        table = tables.desk_training
        with self._engine.begin() as connection:
            connection.execute(table.update().where(table.c.id == training_id).values(**values))


def _to_training(row: Mapping[Any, Any]) -> Training:
    told = {name: row[name] for name in Training.__dataclass_fields__ if name != "report"}
    return Training(**told, report=json.loads(row["report"]))


def launcher(settings: Settings) -> Callable[[], None]:
    """Return what starts the process that trains: in a session of its own, so that it outlives the desk."""
    log = settings.var / "log" / "retrain.log"
    own = {"TUTOR_VAR": str(settings.var), "DATABASE_URL": settings.database_url}
    own["TUTOR_CONTENT"] = str(settings.content_dir)

    def launch() -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as stream:
            subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "commands.retrain"],
                cwd=ROOT,
                env={**os.environ, **own},
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
                start_new_session=True,
            )

    return launch
