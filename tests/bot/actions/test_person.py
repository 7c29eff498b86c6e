"""Greeting, help, progress and notes."""

from __future__ import annotations

from knowledge.model import Knowledge
from tests.bot.actions.chat import Chat, letters_of


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


def test_progress_of_somebody_new_offers_a_lesson(chat: Chat) -> None:
    """Who has begun nothing is told so, without blame, and can begin."""
    reply = chat.press("/ask_progress")

    assert reply.names == ["utter_no_progress"]
    assert reply.payloads() == ["/start_course"]


def test_progress_tells_steps_and_right_answers(chat: Chat, knowledge: Knowledge) -> None:
    """Each lesson begun is listed with its step and its right answers; a finished one is done."""
    first, second = list(knowledge.lessons.values())[:2]
    item = first.items[0]
    chat.press(f'/choose_lesson{{"lesson_id": "{first.id}"}}')
    while chat.slots["step"] != "item":
        chat.press("/continue_lesson")
    chat.type(" and ".join(letters_of(item, item.right_keys)), "answer_item")
    while chat.slots["step"] != "summary":
        chat.press("/skip_step")
    chat.press(f'/choose_lesson{{"lesson_id": "{second.id}"}}')

    reply = chat.press("/ask_progress")

    assert f"**{first.title}**: done; 1 of {len(first.items)} questions right" in reply.text
    assert f"**{second.title}**: step 1 of {len(second.steps)}; 0 of {len(second.items)}" in reply.text
    assert reply.payloads() == ["/repeat_card"]


def test_notes_of_somebody_new_are_none(chat: Chat) -> None:
    """Without notes the tutor says where they come from."""
    assert chat.press("/show_notes").names == ["utter_no_notes"]


def test_notes_are_shown_in_own_words(chat: Chat, knowledge: Knowledge) -> None:
    """Reflections come back as they were written, with their lesson; a very long one is shortened."""
    lesson = next(iter(knowledge.lessons.values()))
    first, second = [card for card in lesson.cards if card.keep_as][:2]
    chat.stand_at(first.key)
    chat.type("We asked, and then\ndecided {alone}.")
    chat.stand_at(second.key)
    chat.type("A long thought. " * 100)

    reply = chat.press("/show_notes")

    assert reply.names == ["utter_notes"]
    assert "> We asked, and then decided {alone}.\n\n" + lesson.title in reply.text
    assert "…" in reply.text
    assert len(reply.text) < 1000
