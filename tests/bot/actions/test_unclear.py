"""A command that was not sure enough to run is asked about, with buttons, also in a lesson."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.actions.composition import Parts
from bot.actions.unclear import TALK, TITLE_OF_COMMAND, UNCLEAR_AT_LEAST
from knowledge.answering import Finding
from knowledge.decision import Decision
from tests.bot.actions.chat import Chat, the_domain
from tests.bot.actions.found import FoundAnswerer

MUMBLED = "thw thingy wth my psrogress and so on"
UNSURE = {"ask_progress": 0.4, "out_of_scope": 0.3, "show_notes": 0.2}


def test_unclear_command_is_asked_about(chat: Chat) -> None:
    """The likely commands are buttons; pressing one runs it."""
    reply = chat.type(MUMBLED, ranking=UNSURE)
    pressed = chat.press(reply.button(TITLE_OF_COMMAND["ask_progress"]))

    assert reply.names == ["utter_unclear"]
    assert reply.payloads()[:2] == ["/ask_progress", "/show_notes"]
    assert pressed.names == ["utter_no_progress"]


@pytest.mark.parametrize("step", ["card", "item"])
def test_unclear_command_in_a_lesson_leads_back_too(chat: Chat, step: str) -> None:
    """In a lesson the way back stands beside the commands, at an open item as well."""
    chat.press("/start_course") if step == "card" else chat.open("one right")

    reply = chat.type(MUMBLED, ranking=UNSURE)

    assert reply.names == ["utter_unclear"]
    assert "/ask_progress" in reply.payloads() and "/repeat_card" in reply.payloads()


def test_short_wish_at_a_reflection_is_asked_about(chat: Chat) -> None:
    """A few words that are most likely a command are not kept as a thought; longer ones are."""
    lessons = chat.parts.knowledge.lessons.values()
    chat.stand_at(next(card.key for lesson in lessons for card in lesson.cards if card.keep_as))
    likely = {"ask_progress": 0.7, "out_of_scope": 0.2}

    wish = chat.type("shw my prgrss plz", ranking=likely)
    thought = chat.type("our progress is that two parents now sit in the room", ranking=likely)

    assert wish.names[0] in ("utter_unclear", "utter_choose_topic")
    assert "/ask_progress" in wish.payloads()
    assert thought.names == ["utter_noted"]


@pytest.mark.parametrize(
    ("intent", "ranking"),
    [
        ("out_of_scope", UNSURE),
        ("nlu_fallback", {"out_of_scope": 0.4, "ask_progress": 0.3}),
        ("nlu_fallback", {"greet": 0.4, "ask_progress": 0.3}),
        ("nlu_fallback", {"ask_progress": UNCLEAR_AT_LEAST - 0.01}),
        ("nlu_fallback", {}),
    ],
)
def test_text_that_is_hardly_a_command_is_not_asked_about(chat: Chat, intent: str, ranking: dict[str, float]) -> None:
    """Where a question is likelier, or talk, or nothing at all, no command is guessed."""
    assert chat.type(MUMBLED, intent, ranking=ranking).names != ["utter_unclear"]


def test_unclear_greeting_is_not_refused(chat: Chat, parts: Parts) -> None:
    """A greeting that was not clear enough is no rude word and no question: the tutor asks for words."""
    rude = Finding(Decision("abstain", ("system.value",), 0.1), (), refusal="rude")
    chat.parts = replace(parts, answerer=FoundAnswerer(parts.answerer, rude))

    assert chat.type("helllo botty", ranking={"greet": 0.6, "out_of_scope": 0.2}).names == ["utter_ask_me"]
    assert chat.type("helllo botty", ranking={"greet": 0.3, "out_of_scope": 0.2}).names == ["utter_refuse_rude"]


def test_weak_command_does_not_hide_a_clear_refusal(chat: Chat, parts: Parts) -> None:
    """What is like an attempt to see others' words is refused, unless a command is likelier than not."""
    inject = Finding(Decision("abstain", ("system.value",), 0.1), (), refusal="inject")
    chat.parts = replace(parts, answerer=FoundAnswerer(parts.answerer, inject))

    assert chat.type(MUMBLED, ranking={"show_notes": 0.45, "out_of_scope": 0.4}).names == ["utter_refuse_inject"]
    assert chat.type(MUMBLED, ranking={"show_notes": 0.6, "out_of_scope": 0.2}).names == ["utter_unclear"]


def test_likely_command_stands_beside_a_choice_of_topics(chat: Chat) -> None:
    """Where topics are offered, a command that is likelier than not is offered with them."""
    texts = [entry.title for entry in chat.parts.knowledge.entries.values()]
    text = next(text for text in texts if chat.parts.answerer.ask(text).decision.kind == "choose")

    with_it = chat.type(text, ranking={"skip_step": 0.6, "ask_system": 0.2})
    without = Chat(chat.parts, "ben").type(text, ranking={"skip_step": 0.4, "ask_system": 0.3})

    assert with_it.payloads()[0] == "/skip_step"
    assert without.payloads()[0].startswith("/ask_topic")


def test_commands_offered_are_intents() -> None:
    """Each command that can be offered is an intent of the domain."""
    assert set(TITLE_OF_COMMAND) | TALK <= set(the_domain().intents)
