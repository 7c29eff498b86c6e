"""The trained model that answers now, the one before it, and those that wait to be looked at: folders of three files.

``var/models`` is what the assistant and the action server load; ``var/models/before`` what was there before it;
``var/trainings/7/models`` what the seventh training made. A model comes into place file by file, each whole; the
assistant then loads it while it goes on answering with the old one, and nobody's message is lost.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import httpx
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import now_utc, reading
from review import question_tables as tables
from settings import Settings

MODEL, INDEX, STAMP = "tutor.tar.gz", "index.npz", "fingerprint"
FILES = (MODEL, INDEX, STAMP)  # the stamp says what it was made of; without one it counts as old
ABOUT = "about.json"
BEFORE = "before"
KEPT_TRAININGS = 3
LOAD_LIMIT_SECONDS = 90.0
SECRET_HEADER = "X-Tutor-Secret"


class ModelError(Exception):
    """A model cannot be put into place; the old one answers on, and the text says why."""


@dataclass(frozen=True)
class ModelNow:
    """Which training's model answers, and whose was there before; None: the one that the tutor was started with."""

    training_id: int | None
    before_id: int | None
    has_before: bool


class Models:
    """Puts models into place.

    Args:
        engine: The database.
        folder: Where all of it is kept: ``var``.
        load: Has the assistant load what is in place.
    """

    def __init__(self, engine: Engine, folder: Path, load: Callable[[], None]) -> None:
        self._engine = engine
        self._live = folder / "models"
        self._trainings = folder / "trainings"
        self._load = load

    def folder_of(self, training_id: int) -> Path:
        """Return where a training works; its model stands in ``models`` there."""
        return self._trainings / str(training_id)

    def is_there(self, training_id: int) -> bool:
        """Tell whether a training's model is still kept."""
        return _is_whole(self.folder_of(training_id) / "models")

    def now(self) -> ModelNow:
        """Tell which model answers."""
        before = self._live / BEFORE
        return ModelNow(_about(self._live), _about(before), _is_whole(before))

    def go_live(self, training_id: int, by: str) -> None:
        """Put a training's model into place; the one that answers now is kept as the one before.

        Raises:
            ModelError: It is not there, or the assistant cannot load it; then all is as it was.
        """
        self._swap(self.folder_of(training_id) / "models", training_id, by)

    def go_back(self, by: str) -> None:
        """Put the model before into place; the one that answers now is then the one before, so this can be undone.

        Raises:
            ModelError: There is none, or the assistant cannot load it; then all is as it was.
        """
        self._swap(self._live / BEFORE, _about(self._live / BEFORE), by)

    def _swap(self, source: Path, training_id: int | None, by: str) -> None:
        if not _is_whole(source):
            raise ModelError("That model is not kept any more. Train again.")
        old_id = _about(self._live)
        wanted, kept = self._live / "wanted", self._live / "kept"
        _copy(source, wanted, training_id)
        _copy(self._live, kept, old_id)
        _put(wanted, self._live)
        try:
            self._load()
        except ModelError:
            _put(kept, self._live)
            raise
        _put(kept, self._live / BEFORE)
        self._note(training_id, by)

    def _note(self, training_id: int | None, by: str) -> None:
        with self._engine.begin() as connection:
            row = {"training_id": training_id, "taken_by": by, "taken_at": now_utc()}
            connection.execute(tables.desk_model.insert().values(row))

    def history(self, limit: int = 10) -> list[tuple[int | None, str, object]]:
        """Return which models went live, who put them there and when, newest first."""
        table = tables.desk_model
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(table).order_by(table.c.id.desc()).limit(limit))
            return [(row.training_id, row.taken_by, row.taken_at) for row in rows]

    def tidy(self) -> None:
        """Delete what older trainings made; the newest ``KEPT_TRAININGS`` stay."""
        numbers = sorted(int(path.name) for path in self._trainings.glob("[0-9]*") if path.name.isdecimal())
        for number in numbers[:-KEPT_TRAININGS]:
            shutil.rmtree(self.folder_of(number), ignore_errors=True)


def _is_whole(folder: Path) -> bool:
    return all((folder / name).is_file() for name in (MODEL, INDEX))


def _about(folder: Path) -> int | None:
    """Return which training made what is in a folder; None when it came from elsewhere, or was trained anew since."""
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        is_same = about["size"] == (folder / MODEL).stat().st_size
    except (OSError, ValueError, KeyError):
        return None
    return about["training_id"] if is_same else None


def _copy(source: Path, target: Path, training_id: int | None) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name in _present(source):
        shutil.copy2(source / name, target / name)
    about = {"training_id": training_id, "size": (target / MODEL).stat().st_size}
    (target / ABOUT).write_text(json.dumps(about), encoding="utf-8")


def _put(source: Path, target: Path) -> None:
    """Move the files of a folder into another, each whole."""
    target.mkdir(parents=True, exist_ok=True)
    if not (source / STAMP).exists():
        (target / STAMP).unlink(missing_ok=True)
    for name in (*_present(source), ABOUT):
        os.utime(source / name)  # who looks whether a file is another sees it
        (source / name).replace(target / name)
    source.rmdir()


def _present(folder: Path) -> Iterable[str]:
    return [name for name in FILES if (folder / name).is_file()]


def loader(settings: Settings) -> Callable[[], None]:
    """Return what has the running assistant load the model in place; where none runs, the next start does.

    Raises:
        ModelError: By what is returned: the assistant cannot load it.
    """

    def load() -> None:
        try:
            answer = httpx.post(
                f"{settings.rasa_url}/webhooks/tutor/model",
                headers={SECRET_HEADER: settings.secret},
                timeout=LOAD_LIMIT_SECONDS,
                trust_env=False,
            )
        except httpx.ConnectError:
            return  # it is not running, and takes what is in place when it starts
        except httpx.HTTPError as error:
            raise ModelError(f"The assistant did not answer in time ({error!r}). The old model is in place.") from error
        if answer.status_code != 200:
            raise ModelError(f"The assistant could not load the model ({answer.status_code}). The old one answers on.")

    return load
