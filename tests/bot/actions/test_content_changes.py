"""What people are told when the content changes while they talk: the new text, at the same place, without a restart."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.actions.composition import Parts, index_path, make_parts
from database import open_engine
from knowledge.live import Live
from knowledge.loader import CONTENT
from settings import Settings
from tests.bot.actions.chat import Chat

ENTRY, LESSON = "answers/system/value.md", "lessons/system/01-phenomenon.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the content."""
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture
def live(folder: Path, trained: Settings, database_url: str) -> Iterator[Live[Parts]]:
    """Give the real parts, made from the copy and the trained index, as the action server does."""
    engine = open_engine(database_url)
    yield Live(
        lambda knowledge: make_parts(trained, knowledge, engine), folder, also=[index_path(trained)], look_seconds=0
    )
    engine.dispose()


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Replace a text that stands once in a file."""
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def test_changed_answer_is_told_in_the_next_turn(live: Live[Parts], folder: Path) -> None:
    """The same question before and after; the turn in between sees the old content whole."""
    chat = Chat(live())
    before = chat.type("what does value mean here").text
    change(folder, ENTRY, "You cannot deliver value like a parcel.", "You cannot hand over value like a parcel.")
    assert chat.type("what does value mean here").text == before

    assert live.look()
    chat.parts = live()

    assert "You cannot hand over value like a parcel." in chat.type("what does value mean here").text


def test_new_question_finds_its_answer_without_training(live: Live[Parts], folder: Path) -> None:
    """A question that the course did not know is answered once it stands under an answer."""
    question = "which penguins ride the harbour ferry on sundays"
    assert live().answerer.ask(question).decision.kind == "abstain"
    change(folder, ENTRY, "  - what do you mean by value\n", f"  - what do you mean by value\n  - {question}\n")

    assert live.look()

    found = live().answerer.ask(question)
    assert found.decision.topics[0] == "system.value"
    assert found.decision.kind in ("answer", "choose")


def test_learner_in_a_lesson_that_changes_stays_at_the_step(live: Live[Parts], folder: Path) -> None:
    """The present card is told in its new words, and that the lesson was changed is said."""
    chat = Chat(live())
    start = '/choose_lesson{"lesson_id": "system.phenomenon"}'
    chat.press(start)
    chat.press("/continue_lesson")
    title = "## card: What made this co-creation\n"
    change(folder, LESSON, title, f"{title}Look closely.\n\n")

    assert live.look()
    chat.parts = live()
    reply = chat.press(start)

    assert reply.names[0] == "utter_lesson_edited"
    assert "Look closely." in reply.text


def test_broken_content_changes_nothing_for_people(
    live: Live[Parts], folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A file that an author broke is told in the log; the answer stays."""
    chat = Chat(live())
    before = chat.type("what does value mean here").text
    (folder / ENTRY).write_text("---\nid: system.value\n", encoding="utf-8")

    assert not live.look()

    chat.parts = live()
    assert chat.type("what does value mean here").text == before
    assert f"{ENTRY}:1:" in caplog.text
