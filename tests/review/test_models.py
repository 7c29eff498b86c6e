"""A model comes into place whole, the one before stays beside it, and one that cannot be loaded changes nothing."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy.engine import Engine

from review.models import FILES, KEPT_TRAININGS, ModelError, Models, loader
from settings import load_settings


class Assistant:
    """Loads a model, or cannot."""

    def __init__(self) -> None:
        self.loads = 0
        self.is_broken = False

    def __call__(self) -> None:
        """Load it."""
        self.loads += 1
        if self.is_broken:
            raise ModelError("no")


def put_model(folder: Path, mark: str) -> None:
    """Write the files of a model."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (folder / name).write_text(f"{mark} {name}", encoding="utf-8")


def marks(folder: Path) -> set[str]:
    """Return which models the files of a folder are of."""
    return {(folder / name).read_text(encoding="utf-8").split()[0] for name in FILES}


@pytest.fixture
def assistant() -> Assistant:
    """Give an assistant."""
    return Assistant()


@pytest.fixture
def models(engine: Engine, tmp_path: Path, assistant: Assistant) -> Models:
    """Give a model in place, and two that were trained."""
    put_model(tmp_path / "models", "first")
    put_model(tmp_path / "trainings" / "1" / "models", "one")
    put_model(tmp_path / "trainings" / "2" / "models", "number-two")
    return Models(engine, tmp_path, assistant)


def test_model_goes_live_and_back_and_forth(models: Models, tmp_path: Path) -> None:
    """Each time the other one stays beside it; the training's own files stay too."""
    models.go_live(1, "kim")
    live = models.now()
    models.go_back("lea")
    back = models.now()
    models.go_back("lea")

    assert (live.training_id, live.before_id, live.has_before) == (1, None, True)
    assert (back.training_id, back.before_id) == (None, 1)
    assert marks(tmp_path / "models") == {"one"}
    assert marks(tmp_path / "models" / "before") == {"first"}
    assert marks(tmp_path / "trainings" / "1" / "models") == {"one"}
    assert [row[:2] for row in models.history()] == [(1, "lea"), (None, "lea"), (1, "kim")]


def test_model_that_cannot_be_loaded_leaves_all_as_it_was(models: Models, assistant: Assistant, tmp_path: Path) -> None:
    """The files are those of before, and it is told."""
    models.go_live(1, "kim")
    assistant.is_broken = True

    with pytest.raises(ModelError):
        models.go_live(2, "kim")

    assert marks(tmp_path / "models") == {"one"}
    assert marks(tmp_path / "models" / "before") == {"first"}
    assert models.now().training_id == 1
    assert not (tmp_path / "models" / "wanted").exists()


def test_model_that_is_not_there_is_refused(models: Models, assistant: Assistant, tmp_path: Path) -> None:
    """Neither one that was never trained, nor half of one, nor a model before that there is none of."""
    (tmp_path / "trainings" / "2" / "models" / FILES[1]).unlink()

    for put in (lambda: models.go_live(9, "kim"), lambda: models.go_live(2, "kim"), lambda: models.go_back("kim")):
        with pytest.raises(ModelError, match="not kept"):
            put()
    assert assistant.loads == 0
    assert marks(tmp_path / "models") == {"first"}


def test_model_trained_anew_on_the_machine_is_no_trainings(models: Models, tmp_path: Path) -> None:
    """After ``tutor train`` nobody says any more that a training's model answers."""
    models.go_live(1, "kim")
    put_model(tmp_path / "models", "trained-anew-on-the-machine")

    assert models.now().training_id is None


def test_old_trainings_are_cleared_away(models: Models, tmp_path: Path) -> None:
    """The newest stay, by their number and not by their letters."""
    for number in range(3, 12):
        put_model(tmp_path / "trainings" / str(number) / "models", "x")
    models.tidy()

    kept = sorted(int(path.name) for path in (tmp_path / "trainings").iterdir())
    assert kept == [9, 10, 11][-KEPT_TRAININGS:]
    assert not models.is_there(1)


@pytest.mark.parametrize(("status", "is_loaded"), [(200, True), (500, False), (401, False)])
def test_assistant_is_told_with_the_secret(tmp_path: Path, status: int, is_loaded: bool) -> None:
    """It is asked once, by the secret, and its refusal is told."""
    heard: list[tuple[str, str | None]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append((self.path, self.headers.get("X-Tutor-Secret")))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps({}).encode())

        def log_message(self, format: str, *args: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    values = {"TUTOR_VAR": str(tmp_path), "TUTOR_SECRET": "s3cret", "RASA_PORT": str(server.server_address[1])}
    load = loader(load_settings(values))
    try:
        if is_loaded:
            load()
        else:
            with pytest.raises(ModelError, match=str(status)):
                load()
    finally:
        server.shutdown()
        server.server_close()
    assert heard == [("/webhooks/tutor/model", "s3cret")]


def test_assistant_that_does_not_run_loads_at_its_start(tmp_path: Path) -> None:
    """Nothing listens: the files are in place, and that is enough."""
    loader(load_settings({"TUTOR_VAR": str(tmp_path), "RASA_PORT": "1"}))()
