"""Greeting, help, and the welcome after a gap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.actions.composition import Parts
from bot.actions.person import GAP, WROTE_LIMIT_CHARS
from database import now_utc, open_engine
from knowledge.checks import count_words
from knowledge.model import Knowledge
from learning import tables
from telling.bubbles import BUBBLE_LIMIT_WORDS
from tests.bot.actions.chat import Chat
from tests.bot.actions.practising import miss_item, pass_days


def test_greeting_of_somebody_new_offers_ways_to_begin(chat: Chat) -> None:
    """Who is new hears what this is, and can take a lesson, ask, or plan."""
    reply = chat.press("/greet")

    assert reply.names == ["utter_greet"]
    assert reply.payloads() == ["/start_course", "/ask_help", "/start_roadmap"]


def test_greeting_in_a_lesson_leads_back_to_it(chat: Chat, knowledge: Knowledge) -> None:
    """Who was in a lesson is welcomed back and led to the step."""
    chat.press("/start_course")

    reply = chat.press("/greet")

    assert reply.names == ["utter_greet_again"]
    assert reply.payloads() == ["/repeat_card", "/ask_help"]
    assert knowledge.lessons[chat.slots["lesson_id"]].title in reply.text


def test_help_shows_questions_that_are_answered(chat: Chat) -> None:
    """Every question that help suggests leads to an answer."""
    reply = chat.press("/ask_help")

    assert reply.names == ["utter_help"]
    assert len(reply.payloads("ask_topic")) == 3
    for payload in reply.payloads("ask_topic"):
        assert chat.press(payload).names[0] == "utter_answer"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Give the database behind the parts."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


def _leave_for(engine: Engine, gap: timedelta) -> None:
    """Let everything have happened some time ago."""
    with engine.begin() as connection:
        connection.execute(tables.handled.update().values(handled_at=now_utc() - gap))


def test_greeting_after_a_gap_tells_place_and_last_note(chat: Chat, engine: Engine, knowledge: Knowledge) -> None:
    """Who was away for most of a day hears where they are and what they wrote last; three buttons follow."""
    lesson = next(iter(knowledge.lessons.values()))
    chat.stand_at(next(card.key for card in lesson.cards if card.keep_as))
    chat.type("We asked the parents " + "and asked again " * 20)
    _leave_for(engine, GAP)

    reply = chat.press("/greet", message_id="back")
    again = chat.press("/greet", message_id="back")
    later = chat.press("/greet")

    assert reply.names == ["utter_welcome_back_wrote"]
    assert lesson.title in reply.text and "We asked the parents" in reply.text
    assert len(reply.bubbles[0].values["note"]) <= WROTE_LIMIT_CHARS
    assert reply.payloads() == ["/repeat_card", "/show_notes", "/ask_help"]
    assert again == reply
    assert later.names == ["utter_greet_again"]


def test_greeting_after_a_gap_has_three_buttons_where_a_note_is_open(chat: Chat, engine: Engine) -> None:
    """Whatever was open, the recap offers the lesson, the notes, and a question: no more."""
    lesson = next(iter(chat.parts.knowledge.lessons.values()))
    chat.stand_at(next(card.key for card in lesson.cards if card.keep_as))
    chat.type("We asked the parents")
    chat.press(chat.press("/show_notes").payloads("show_notes")[0])
    _leave_for(engine, GAP)

    assert chat.press("/greet").payloads() == ["/repeat_card", "/show_notes", "/ask_help"]


def test_help_names_practising_notebook_and_reminders(chat: Chat) -> None:
    """What people would not guess is named, and all of it fits into a bubble."""
    text = chat.press("/ask_help").text

    assert all(word in text for word in ("Practise", "notebook", "Remind", "Plan", "pilots"))
    assert count_words(text) <= BUBBLE_LIMIT_WORDS


def test_greeting_after_a_gap_without_notes(chat: Chat, engine: Engine) -> None:
    """Without notes the recap is the place alone; at the end of a lesson the next one is offered."""
    chat.press("/start_course")
    _leave_for(engine, GAP)
    in_lesson = chat.press("/greet")
    while chat.slots["step"] != "summary":
        chat.press("/skip_step")
    _leave_for(engine, GAP)
    through = chat.press("/greet")

    assert (in_lesson.names, through.names) == (["utter_welcome_back"], ["utter_welcome_back_through"])
    assert through.payloads() == ["/start_course", "/show_notes", "/ask_help"]


def test_greeting_after_a_short_break_is_short(chat: Chat, engine: Engine) -> None:
    """A break of some hours needs no recap."""
    chat.press("/start_course")
    _leave_for(engine, GAP - timedelta(minutes=5))

    assert chat.press("/greet").names == ["utter_greet_again"]


def test_greeting_tells_what_is_due(chat: Chat, parts: Parts, engine: Engine) -> None:
    """The number of questions that are due is said in words, with a button that begins."""
    miss_item(chat)
    pass_days(engine, 1)
    short = chat.press("/greet")
    _leave_for(engine, GAP)
    long = chat.press("/greet")

    assert short.names == ["utter_greet_again", "utter_due_one"]
    assert "One question is due today." in short.text
    assert short.payloads() == ["/repeat_card", "/start_repetition", "/ask_help"]
    assert "due again today: 1." in long.text
    assert long.payloads() == ["/repeat_card", "/start_repetition", "/ask_help"]
