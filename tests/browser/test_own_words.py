"""A note, a reminder, and practising what was missed, on a phone."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.browser.chat import Chat
from tests.browser.conftest import OpenChat
from tests.running import RunningTutor

STEPS_AT_MOST = 12
NOTE = "We asked <b>two</b> neighbours; 'nobody' had *ever* asked them."
OTHER = "We asked three neighbours, and one of them leads the group now."


def go_to_reflection(chat: Chat) -> None:
    """Go through the first lesson to where one's own service is asked about."""
    told = chat.say("lesson 1")
    for _ in range(STEPS_AT_MOST):
        if "Your turn" in told:
            return
        told = chat.press("Next" if chat.button("Next").count() else "Skip")
    raise AssertionError("lesson 1 has no reflection any more")


def test_note_on_phone_is_kept_listed_and_changed(open_chat: OpenChat) -> None:
    """What was written stands in the notes as it was written, after a question in between and a reload; then anew."""
    chat = open_chat()
    go_to_reflection(chat)

    between = chat.say("What is a living lab?")
    chat.press("Back to my lesson")
    kept = chat.say(NOTE)
    chat.open()
    listed = chat.say("my notes")
    shown = chat.press("1")
    chat.press("Change it")
    changed = chat.say(OTHER)

    assert "living lab" in between.lower() and "in your notes now" in kept
    assert "We asked <b>two</b> neighbours" in listed and NOTE in shown and "has its new words" in changed
    assert OTHER in chat.say("my notes")
    assert chat.complaints == []


def test_reminder_on_phone_is_by_the_clock_of_the_phone(open_chat: OpenChat) -> None:
    """The time zone comes from the browser, and nothing has to be told; "stop" ends it."""
    chat = open_chat(timezone_id="Europe/Tallinn")

    told = chat.say("remind me every weekday at 12:30")
    stopped = chat.press("Stop it")

    assert "every weekday at 12:30" in told and "Tallinn" in told and "UTC" not in told
    assert "12:30" not in stopped
    assert chat.complaints == []


def test_missed_question_on_phone_comes_back_when_due(open_chat: OpenChat, tutor: RunningTutor) -> None:
    """A question that was missed is asked again once it is due, and a right answer ends the sitting."""
    chat = open_chat()
    chat.say("lesson 1")
    chat.say("quiz me")
    chat.press("A.")
    chat.say("stop")
    with closing(sqlite3.connect(tutor.database)) as connection, connection:
        connection.execute("UPDATE repetition SET due_on = '2020-01-01'")

    asked = chat.say("practise")
    told = chat.press("B.")

    assert "Thirty volunteers" in asked and "Working together is one half" in told
    assert chat.complaints == []
