"""Training is asked for when something that is trained on changed, and not otherwise."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from commands.train import CODE, _digest_of, fingerprint, is_fresh, is_usable
from settings import ROOT, load_settings


def _make_project(root: Path) -> Path:
    for name in ("config.yml", "bot/data/nlu/talk.yml", "bot/components/gate.py", "knowledge/content/lessons/one.md"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    "name",
    [
        "config.yml",
        "bot/data/nlu/talk.yml",
        "bot/components/gate.py",
        "knowledge/content/lessons/one.md",
        "knowledge/content/lessons/two.md",
        "knowledge/content/glossary.yml",
        "knowledge/retrieval.py",
    ],
)
def test_fingerprint_changes_with_what_is_trained(tmp_path: Path, name: str) -> None:
    """A change, or a new file, of anything the model is made of asks for training."""
    root = _make_project(tmp_path)
    before = fingerprint(root)

    (root / name).write_text("another text", encoding="utf-8")

    assert fingerprint(root) != before


@pytest.mark.parametrize(
    "name", ["README.md", "knowledge/content/images/a.png", "bot/actions/turn.py", "tests/test_x.py"]
)
def test_fingerprint_stays_with_everything_else(tmp_path: Path, name: str) -> None:
    """Other files, and files only touched, ask for none."""
    root = _make_project(tmp_path)
    before = fingerprint(root)

    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text("another text", encoding="utf-8")
    os.utime(root / "config.yml", (1, 1))

    assert fingerprint(root) == before


def test_start_needs_no_training_when_only_content_changed(tmp_path: Path) -> None:
    """What is trained can answer as long as code and settings are those that it was trained with."""
    settings = load_settings({"TUTOR_VAR": str(tmp_path)})
    code = _digest_of(ROOT, CODE).hexdigest()
    (tmp_path / "models").mkdir()
    for name in ("tutor.tar.gz", "index.npz"):
        (tmp_path / "models" / name).touch()
    (tmp_path / "models" / "before").mkdir()
    found = []
    for stamp in (f"{fingerprint()}\n{code}\n", f"older\n{code}\n", fingerprint(), "x\ny\n"):
        (tmp_path / "models" / "fingerprint").write_text(stamp, encoding="ascii")
        found.append((is_fresh(settings), is_usable(settings)))

    assert found == [(True, True), (False, True), (True, False), (False, False)]


def test_start_trains_changed_content_until_the_desk_chose_a_model(tmp_path: Path) -> None:
    """Where nobody put a model live from the desk, what was trained on older content is not good enough."""
    settings = load_settings({"TUTOR_VAR": str(tmp_path)}, env_file=tmp_path / "none")
    (tmp_path / "models").mkdir()
    for name in ("tutor.tar.gz", "index.npz"):
        (tmp_path / "models" / name).touch()
    stamp = f"older\n{_digest_of(ROOT, CODE).hexdigest()}\n"
    (tmp_path / "models" / "fingerprint").write_text(stamp, encoding="ascii")

    before = is_usable(settings)
    (tmp_path / "models" / "before").mkdir()

    assert (before, is_usable(settings)) == (False, True)


def test_fingerprint_sees_removed_and_renamed_files(tmp_path: Path) -> None:
    """A file that is gone, or has another name, asks for training."""
    root = _make_project(tmp_path)
    before = fingerprint(root)

    lesson = root / "knowledge" / "content" / "lessons" / "one.md"
    renamed = lesson.rename(lesson.with_name("two.md"))
    after_renaming = fingerprint(root)
    renamed.unlink()

    assert len({before, after_renaming, fingerprint(root)}) == 3


def test_fingerprint_sees_another_encoder(tmp_path: Path) -> None:
    """Vectors of one encoder are no use with another: its folder counts, and each change in it."""
    root, folder = _make_project(tmp_path), tmp_path / "encoder"
    folder.mkdir()
    (folder / "model.onnx").write_bytes(b"one")
    own, other = fingerprint(root), fingerprint(root, folder)

    (folder / "model.onnx").write_bytes(b"other")

    assert len({own, other, fingerprint(root, folder)}) == 3
