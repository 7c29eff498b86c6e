"""A journey through the whole tutor, with the real assistant: from hello into a lesson, a question, and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.channels.telegram.chat import Chat, StandIn
from tests.channels.telegram.conftest import free_port
from tests.channels.telegram.stand_in import TOKEN
from tests.running import RunningTutor


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    """Give a chat with the whole tutor."""
    folder: Path = tmp_path_factory.mktemp("telegram")
    stand_in = StandIn(free_port())
    tutor = RunningTutor(folder, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API_URL=stand_in.url)
    try:
        tutor.start()
        yield Chat(stand_in)
    finally:
        tutor.stop()
        stand_in.close()


def test_lesson_question_and_way_back_in_telegram(chat: Chat) -> None:
    """The greeting leads into a lesson; a question is answered with sources; a typed ``/restart`` changes no place."""
    chat.say("/start", until="Plan my own project")
    chat.press("Take a lesson", until="Next")
    card = chat.press("Next", until="Back")
    told = chat.say("what is the difference between co-creation and consultation?", until="Back to my lesson")
    back = chat.press("Back to my lesson", until="Next")
    chat.say("/restart")
    place = chat.say("/progress", until="Back to my lesson, step 2 of")

    assert "· 2 of " in written(card[-1])
    assert any("<blockquote expandable>Sources:" in written(one) for one in told)
    assert "· 2 of " in written(back[-1])
    assert place


def written(call: dict[str, str]) -> str:
    """Return the text or the caption of what was sent."""
    return call.get("text") or call.get("caption") or ""
