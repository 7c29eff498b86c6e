"""How the house is built: which way the arrows point, where the course's words stand, how long a file may be."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from settings import ROOT

CONTRACT = ROOT / ".importlinter"
LINT = Path(sys.executable).parent / "lint-imports"
MODULES = (
    "bot.actions.quiz",
    "bot.components.store",
    "channels.web.api",
    "commands.ask",
    "knowledge.text",
    "learning.walk",
    "review.desk",
    "telling.web",
)
FILE_LIMIT_LINES = 300
SENTENCE_LEAST_WORDS = 7


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Hold the packages of a folder against the project's contracts."""
    command = [str(LINT), "--no-cache", "--config", str(CONTRACT)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def python_files() -> list[Path]:
    """Return the project's own Python files; not what is installed, made or hidden."""
    folders = [
        path for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".") and path.name != "var"
    ]
    return sorted([*ROOT.glob("*.py"), *(path for folder in folders for path in folder.rglob("*.py"))])


def test_imports_of_project_keep_all_contracts() -> None:
    """Arrows point one way: channels, bot.actions, review -> learning -> knowledge."""
    result = lint(ROOT)

    assert result.returncode == 0, result.stdout


def test_contracts_name_no_exceptions() -> None:
    """The rule about arrows has no list of exceptions."""
    assert not re.search(r"ignore_imports|unmatched_ignore|allow_indirect|as_packages", CONTRACT.read_text("utf-8"))


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("knowledge.text", "learning.walk"),
        ("knowledge.text", "bot.components.store"),
        ("knowledge.text", "commands.ask"),
        ("knowledge.text", "rasa.shared"),
        ("knowledge.text", "settings"),
        ("knowledge.text", "database"),
        ("learning.walk", "channels.web.api"),
        ("learning.walk", "review.desk"),
        ("learning.walk", "bot.actions.quiz"),
        ("learning.walk", "bot.components.store"),
        ("learning.walk", "rasa_sdk"),
        ("learning.walk", "telegram.ext"),
        ("learning.walk", "starlette.requests"),
        ("channels.web.api", "bot.actions.quiz"),
        ("channels.web.api", "review.desk"),
        ("channels.web.api", "rasa"),
        ("review.desk", "channels.web.api"),
        ("review.desk", "bot.actions.quiz"),
        ("review.desk", "commands.ask"),
        ("bot.actions.quiz", "channels.web.api"),
        ("bot.actions.quiz", "review.desk"),
        ("bot.components.store", "learning.walk"),
        ("bot.components.store", "bot.actions.quiz"),
        ("bot.components.store", "channels.web.api"),
    ],
)
def test_import_against_an_arrow_is_caught(tmp_path: Path, importer: str, imported: str) -> None:
    """One import in the wrong direction, also inside a function, breaks a contract that names it."""
    build_house(tmp_path)
    module_file(tmp_path, importer).write_text(f"def late():\n    import {imported}\n", encoding="utf-8")

    result = lint(tmp_path)

    assert result.returncode == 1
    assert f"{importer} -> {imported.partition('.')[0]}" in result.stdout


def test_imports_along_the_arrows_are_kept(tmp_path: Path) -> None:
    """What may be imported is not refused."""
    build_house(tmp_path)
    allowed = {
        "bot.actions.quiz": "import learning.walk, knowledge.text, rasa_sdk, settings, database",
        "bot.components.store": "import knowledge.text, rasa, settings, database",
        "channels.web.api": "import learning.walk, knowledge.text, starlette, telegram",
        "commands.ask": "import bot.actions.quiz, bot.components.store, channels.web.api, knowledge.text, review.desk",
        "learning.walk": "import knowledge.text, database",
        "review.desk": "import learning.walk, knowledge.text, starlette",
    }
    for importer, line in allowed.items():
        module_file(tmp_path, importer).write_text(f"{line}\n", encoding="utf-8")

    assert lint(tmp_path).returncode == 0


def build_house(folder: Path) -> None:
    """Build empty packages with the names of ours."""
    for module in MODULES:
        path = module_file(folder, module)
        path.parent.mkdir(parents=True, exist_ok=True)
        for parent in [path.parent, *path.parent.parents][: module.count(".")]:
            (parent / "__init__.py").touch()
        path.touch()


def module_file(folder: Path, module: str) -> Path:
    """Return where a module of the empty house stands."""
    return folder / f"{module.replace('.', '/')}.py"


def words_of(text: str) -> str:
    """Return a text as its words alone, so that marks and line ends make no difference."""
    return " ".join(re.findall(r"[\w']+", text.lower().replace("’", "'")))


def passages(knowledge: Knowledge) -> Iterator[str]:
    """Yield every text of the course that is told to people."""
    for lesson in knowledge.lessons.values():
        yield from (lesson.objective, lesson.summary, *(card.body.text for card in lesson.cards))
        for item in lesson.items:
            yield from (item.stem.text, item.hint, *(option.text for option in item.options))
            yield from (option.feedback.text for option in item.options)
    for entry in knowledge.entries.values():
        told = (entry.answer, entry.more, entry.simpler, entry.example)
        yield from (passage.text for passage in told if passage)
    for pilot in knowledge.pilots.values():
        yield from (pilot.story.text, *(fact.text for facts in pilot.facts.values() for fact in facts))
    yield from (term.definition for term in knowledge.glossary)


def test_course_sentences_stand_in_content_only() -> None:
    """No sentence of the course is in Python, in the domain, or in training data."""
    sentences = {
        words
        for passage in passages(load_knowledge())
        for sentence in re.split(r"(?<=[.!?:])\s+|\n+", passage)
        if (words := words_of(sentence)).count(" ") >= SENTENCE_LEAST_WORDS - 1
    }
    shipped = [path for path in python_files() if not path.is_relative_to(ROOT / "tests")]
    places = [*shipped, ROOT / "domain.yml", *(ROOT / "bot" / "data").rglob("*.yml")]

    found = [
        f"{path.relative_to(ROOT)}: {sentence}"
        for path in places
        for text in [words_of(path.read_text(encoding="utf-8"))]
        for sentence in sentences
        if sentence in text
    ]

    assert len(sentences) > 500
    assert found == []


def test_python_files_stay_short() -> None:
    """No Python file is longer than three hundred lines."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}

    too_long = [f"{path.relative_to(ROOT)}: {lines}" for path, lines in lengths.items() if lines > FILE_LIMIT_LINES]

    assert len(lengths) > 50
    assert too_long == []
