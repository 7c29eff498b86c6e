"""Reminders in the conversation: set in words or by a button, changed, stopped; the lesson goes on after."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.actions.composition import Parts
from database import now_utc
from learning.local_time import to_local
from tests.bot.actions.chat import Chat


@pytest.fixture
def in_tallinn(chat: Chat) -> Chat:
    """Give somebody whose clock is Tallinn's."""
    chat.type("my time is Tallinn", "set_reminder")
    return chat


def _waiting(parts: Parts) -> list[str]:
    return [one["due"] for one in parts.reminders.look("ann")["waiting"]]


def test_reminder_in_words_is_shown_back(in_tallinn: Chat) -> None:
    """Days, hour and whose clock it is, with ways to change and stop it; the page says that it cannot ring."""
    reply = in_tallinn.type("remind me every weekday at 12:30", "set_reminder")

    assert reply.names == ["utter_reminder_set", "utter_reminder_waits"]
    assert "**every weekday at 12:30**, Tallinn time" in reply.text
    assert [one["title"] for one in reply.buttons] == ["Change it", "Stop it", "Other time zone"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("every monday and thursday at 9:15", "every Monday and Thursday at 09:15"),
        ("tomorrow evening", "tomorrow at 18:00"),
        ("every day at 10 am", "every day at 10:00"),
        ("every other friday at 15:00", "every second Friday at 15:00"),
        ("every month at 10:00", " of every month at 10:00"),
    ],
)
def test_reminder_is_said_in_words_that_are_read_alike(in_tallinn: Chat, text: str, words: str) -> None:
    """What was understood is said plainly."""
    assert words in in_tallinn.type(text, "set_reminder").text


def test_hour_in_quiet_hours_is_kept_and_said(in_tallinn: Chat) -> None:
    """A person who names a late hour is told that it is one."""
    assert in_tallinn.type("every day at 22:30", "set_reminder").names[0] == "utter_reminder_set_quiet"


def test_reminder_with_a_place_counts_by_its_clock(chat: Chat) -> None:
    """Where and when in one message."""
    reply = chat.type("remind me every day at 9 in Madrid", "set_reminder")

    assert "every day at 09:00**, Madrid time" in reply.text


def test_unclear_time_is_asked_with_examples_then_understood(in_tallinn: Chat, parts: Parts) -> None:
    """The next text is the answer, however it was understood, and then the person stands where they stood."""
    asked = in_tallinn.type("set a reminder", "set_reminder")
    reply = in_tallinn.type("wensday at 12.15", "out_of_scope")

    assert asked.names == ["utter_reminder_when"]
    assert asked.payloads("set_reminder")
    assert reply.names[0] == "utter_reminder_set"
    assert len(_waiting(parts)) == 1
    assert in_tallinn.slots["step"] == "none"


def test_suggested_button_sets_a_reminder(in_tallinn: Chat, parts: Parts) -> None:
    """Each suggestion can be pressed."""
    asked = in_tallinn.type("remind me", "set_reminder")

    for offer in asked.payloads("set_reminder"):
        assert in_tallinn.press(offer).names[0] == "utter_reminder_set"
    assert len(_waiting(parts)) == 2


@pytest.mark.parametrize("text", ["no", "never mind", "nothing"])
def test_question_when_can_be_left(in_tallinn: Chat, parts: Parts, text: str) -> None:
    """Nobody has to set a reminder."""
    in_tallinn.type("remind me", "set_reminder")

    assert in_tallinn.type(text, "nlu_fallback").names == ["utter_reminder_left"]
    assert _waiting(parts) == []
    assert in_tallinn.slots["step"] == "none"


def test_question_to_the_course_is_answered_instead(in_tallinn: Chat) -> None:
    """A question typed where a time was asked for is answered, and the asking is over."""
    in_tallinn.type("remind me", "set_reminder")

    reply = in_tallinn.type("What is co-creation?", "ask_system")

    assert reply.names[0] == "utter_answer"
    assert in_tallinn.slots["step"] == "none"


def test_cry_for_help_sets_no_reminder(in_tallinn: Chat, parts: Parts) -> None:
    """A day that is named in distress is no wish to be reminded."""
    in_tallinn.type("remind me", "set_reminder")

    reply = in_tallinn.type("i want to kill myself tomorrow", "tell_distress", ranking={"tell_distress": 0.9})

    assert reply.names == ["utter_distress"]
    assert _waiting(parts) == []


def test_command_instead_of_a_time_is_obeyed(in_tallinn: Chat) -> None:
    """Who would rather go on with a lesson goes on."""
    in_tallinn.type("remind me", "set_reminder")

    assert in_tallinn.type("show my progress", "ask_progress").names[0].startswith("utter_")
    in_tallinn.press("/start_course")
    assert in_tallinn.slots["step"] == "card"


def test_reminder_in_a_lesson_leaves_the_lesson_open(in_tallinn: Chat) -> None:
    """Set in one message or two, the step is where it was, and a button leads back."""
    in_tallinn.press("/start_course")
    in_tallinn.press("/skip_step")
    step = in_tallinn.slots["step"]

    at_once = in_tallinn.type("remind me tomorrow at 9", "set_reminder")
    assert at_once.buttons[0]["title"].startswith("Back to my")
    assert in_tallinn.slots["step"] == step

    in_tallinn.type("remind me", "set_reminder")
    in_tallinn.type("friday evening", "nlu_fallback")
    assert in_tallinn.slots["step"] == step


def test_reminder_at_a_question_of_the_plan_leaves_it_open(in_tallinn: Chat) -> None:
    """The plan's question waits, and the next text answers it."""
    stage = next(iter(in_tallinn.parts.knowledge.stages))
    in_tallinn.press(f'/choose_stage{{"stage_id": "{stage}"}}')
    before = dict(in_tallinn.slots)

    in_tallinn.type("remind me tomorrow at 9", "set_reminder", ranking={"set_reminder": 0.99})
    in_tallinn.type("remind me", "set_reminder", ranking={"set_reminder": 0.99})

    assert (before["step"], before["interview"]) == ("interview", "plan")
    assert (in_tallinn.slots["step"], in_tallinn.slots["interview"]) == ("interview", "plan")


def test_hour_alone_changes_the_reminder_that_is_there(in_tallinn: Chat) -> None:
    """After "Change it", and after "move it to", days stay."""
    in_tallinn.type("every weekday at 12:30", "set_reminder")

    moved = in_tallinn.type("move the reminder to 10 am", "set_reminder")
    asked = in_tallinn.press(moved.button("Change it"))
    changed = in_tallinn.type("11:15", "answer_item")

    assert "every weekday at 10:00" in moved.text
    assert asked.names == ["utter_reminder_when_set"]
    assert "every weekday at 11:15" in changed.text


def test_zone_is_asked_and_taken_from_a_clock(in_tallinn: Chat) -> None:
    """A city, a country or an hour will do; nonsense is asked about again, and the reminders follow the clock."""
    in_tallinn.type("every day at 9:00", "set_reminder")
    in_tallinn.press('/set_reminder{"move": "zone"}')
    again = in_tallinn.type("my time zone please", "set_reminder")
    taken = in_tallinn.type("Spain", "ask_pilots")

    assert again.names == ["utter_reminder_where"]
    assert taken.names == ["utter_time_zone_set_waiting"]
    assert "Madrid time" in taken.text
    clock = to_local(now_utc(), "Europe/Madrid")
    assert f"{clock:%H:%M}" in taken.text or clock.second < 2


def test_stop_is_told_and_can_be_done_twice(in_tallinn: Chat, parts: Parts) -> None:
    """All reminders stop; without one there is nothing to stop."""
    in_tallinn.type("every day at 9:00", "set_reminder")

    stopped = in_tallinn.type("stop reminding me", "stop_reminders")
    again = in_tallinn.press("/stop_reminders")

    assert (stopped.names, again.names) == (["utter_reminders_stopped"], ["utter_reminders_none"])
    assert _waiting(parts) == []


def test_same_message_twice_sets_one_reminder(in_tallinn: Chat, parts: Parts) -> None:
    """A repeat hears the same."""
    first, again = (in_tallinn.type("tomorrow at 9", "set_reminder", "same-id") for _ in range(2))

    assert first.text == again.text
    assert len(_waiting(parts)) == 1


def test_other_reminder_stays_and_is_said(in_tallinn: Chat) -> None:
    """One that comes again and one that comes once are both there."""
    in_tallinn.type("every weekday at 12:30", "set_reminder")

    reply = in_tallinn.type("tomorrow at 10:00", "set_reminder")

    assert reply.names == ["utter_reminder_set", "utter_reminder_other"]
    assert "every weekday at 12:30" in reply.bubbles[1].text


def test_reminder_asked_for_in_hours_is_hours_away(in_tallinn: Chat, parts: Parts) -> None:
    """In two hours is in two hours, at any hour of the day."""
    in_tallinn.type("remind me in two hours", "set_reminder")

    (due,) = _waiting(parts)
    away = datetime.fromisoformat(due) - to_local(now_utc(), "Europe/Tallinn")
    assert 118 <= away.total_seconds() / 60 <= 120


def test_sentence_that_says_where_sets_the_clock(chat: Chat, parts: Parts) -> None:
    """Typed in a lesson, "I'm in Madrid" is no question to the course; a question about a place is one."""
    chat.press("/start_course")

    said = chat.type("I'm in Madrid", "ask_pilots")
    asked = chat.type("What happened in Estonia?", "ask_pilots")

    assert said.names == ["utter_time_zone_set"]
    assert asked.names[0] == "utter_answer"
    assert parts.reminders.here("ann")[1] == "Europe/Madrid"


def test_question_about_the_hour_elsewhere_changes_no_clock(in_tallinn: Chat, parts: Parts) -> None:
    """What time it is in another city is a question, however it was understood."""
    in_tallinn.type("which hour is it in Tokyo", "set_reminder")

    assert parts.reminders.here("ann")[1] == "Europe/Tallinn"
