"""Whole conversations: questions, lessons and detours, one after another, with nothing lost and nothing bent."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.model import Knowledge
from tests.bot.actions.chat import Chat, letters_of
from tests.bot.actions.records import read

TRUST, SURVEY = "how do i win back the trust of people", "we do a yearly survey, so thats co creation right"
MOVES = ("/continue_lesson", "/repeat_card", "/previous_card", "/skip_step", "/start_quiz", "/start_course")
TOLD = ("last_topic_id", "last_section", "last_facet", "last_question")


def test_question_in_the_middle_of_a_quiz_leads_back_to_the_same_item(chat: Chat, database: Path) -> None:
    """Answer, more of it, its sources, a thumb: after all of it the item waits, and takes its letter."""
    item = chat.open("one right")
    right = letters_of(item, item.right_keys)[0]

    asked = chat.type("what did the pilot in Houten do?", "ask_pilots")
    for payload in ("/ask_more", "/ask_simpler", "/ask_sources", "/rate_helpful"):
        assert chat.press(payload).button("Back to my question")
    back = chat.press(asked.button("Back to my question"))
    graded = chat.type(right, "answer_item")

    assert item.stem.text in back.text
    assert graded.names[0] == "utter_graded_right"
    assert read(database, "SELECT item_id, outcome FROM attempt") == [(item.id, "right")]


def test_conversation_goes_from_pilot_to_pilot_and_on(chat: Chat, knowledge: Knowledge) -> None:
    """A pilot, its money, the same of another pilot, then something new: each turn is about what it says."""
    chat.type("tell me about the pilot in Houten", "ask_pilots")
    topics = [chat.slots["last_topic_id"]]
    for text in ("who paid for it", "and in Estonia?", "what is tokenism"):
        chat.type(text, "ask_pilots")
        topics.append(chat.slots["last_topic_id"])

    assert topics == ["pilot.houten", "pilot.houten", "pilot.estonia", "ethics.tokenism"]
    assert chat.slots["last_facet"] is None


@pytest.mark.parametrize("before", ["pilot.houten", "ethics.power", "catalysts.digital-tools"])
@pytest.mark.parametrize("text", [TRUST, SURVEY, "what is a social hackathon and how long does it take"])
def test_full_question_is_answered_alike_after_any_answer(chat: Chat, before: str, text: str) -> None:
    """Nothing is bent: a question that stands alone gets the same reply with and without something before it."""
    alone = chat.type(text, "ask_system").names
    topic = chat.slots["last_topic_id"]

    chat.press(f'/ask_topic{{"topic_id": "{before}"}}')
    after = chat.type(text, "ask_system").names

    assert (after, chat.slots["last_topic_id"]) == (alone, topic)


@pytest.mark.parametrize("move", MOVES)
def test_lesson_move_ends_what_was_told(chat: Chat, move: str) -> None:
    """After a step of a lesson, "tell me more" is about the lesson and no longer about the answer before."""
    chat.press("/start_course")
    chat.press('/ask_topic{"topic_id": "pilot.houten"}')
    chat.type("who paid for it", "ask_pilots")

    chat.press(move)
    chat.press("/repeat_card")
    more = chat.press("/ask_more")

    assert more.names == ["utter_more_on_lesson"]
    assert [chat.slots[name] for name in TOLD] == [None] * len(TOLD)


def test_next_after_a_detour_shows_the_step_again(chat: Chat) -> None:
    """Who asked something and says next sees the step that was left, not one further on."""
    chat.press("/start_course")
    step = chat.press("/continue_lesson").bubbles[-1]
    chat.type("what did the pilot in Houten do?", "ask_pilots")

    assert chat.press("/continue_lesson").bubbles[-1].text == step.text


def test_learner_goes_through_a_whole_lesson_with_detours(chat: Chat, knowledge: Knowledge, database: Path) -> None:
    """At every step of a lesson a question, a wish and a refusal: the lesson ends, and all is counted once."""
    lesson = next(iter(knowledge.lessons.values()))
    chat.press(f'/choose_lesson{{"lesson_id": "{lesson.id}"}}')

    for step in lesson.steps:
        chat.type("what did the pilot in Houten do?", "ask_pilots")
        chat.type("who won the football world cup", "out_of_scope")
        chat.press("/ask_help")
        here = chat.press("/repeat_card")
        assert step.key == chat.parts.walk.where(chat.name)[1].key  # type: ignore[index]
        assert here.bubbles[-1].progress["total"] == len(lesson.steps)
        chat.press("/skip_step")

    assert chat.slots["step"] == "summary"
    assert read(database, "SELECT is_done FROM lesson_place") == [(1,)]
    assert read(database, "SELECT count(*) FROM question") == [(2 * len(lesson.steps),)]
