"""A journey through the whole tutor, with the real assistant: from hello into a lesson, a question, and back."""

from __future__ import annotations

import itertools

import pytest

from tests.channels.telegram.chat import Chat, StandIn
from tests.running import RunningTutor

CHAT_IDS = itertools.count(7_200_001)


@pytest.fixture
def chat(bot_api: StandIn, tutor: RunningTutor) -> Chat:
    """Give a chat of somebody new with the whole tutor."""
    return Chat(bot_api, next(CHAT_IDS))


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
