"""Walking through lessons: beginning, going on, coming back, and what is not written yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.actions.composition import Parts
from bot.actions.lessons import AWAY_AFTER
from database import now_utc, open_engine
from knowledge.model import Knowledge
from learning.lessons import LessonWalk
from learning.store import LearningStore
from telling.bubbles import split_text
from tests.bot.actions.chat import Chat
from tests.bot.actions.records import read


def _ready(knowledge: Knowledge) -> list[str]:
    return [plan.id for plan in knowledge.course.lessons if plan.id in knowledge.lessons]


def test_course_started_opens_first_lesson(chat: Chat, knowledge: Knowledge) -> None:
    """Somebody new gets the first lesson: what it is for, then its first step, with its sources and progress."""
    lesson = knowledge.lessons[_ready(knowledge)[0]]

    reply = chat.press("/start_course")

    assert reply.names[0] == "utter_lesson_opening"
    assert lesson.title in reply.text and all(part in reply.text for part in split_text(lesson.cards[0].body.text))
    assert reply.bubbles[-1].sources == list(lesson.cards[0].body.sources)
    assert reply.bubbles[-1].progress["total"] == len(lesson.steps)
    assert (chat.slots["lesson_id"], chat.slots["step"]) == (lesson.id, "card")


def test_course_started_again_goes_on_where_it_was(chat: Chat) -> None:
    """Starting again in the middle shows the present step, not the first one."""
    chat.press("/start_course")
    step = chat.press("/continue_lesson")

    reply = chat.press("/start_course")

    assert reply.names[0] == "utter_resumed"
    assert reply.bubbles[-1].text == step.bubbles[-1].text


def test_next_and_back_lead_there_and_back(chat: Chat) -> None:
    """Next shows the second card, back the first; before the first there is nothing."""
    first = chat.press("/start_course").bubbles[-1]

    second = chat.press("/continue_lesson").bubbles[-1]
    back = chat.press("/previous_card").bubbles[-1]
    before = chat.press("/previous_card")

    assert second.text != first.text
    assert back.text == first.text
    assert before.names == ["utter_first_step"]


def test_repeat_shows_the_same_step(chat: Chat) -> None:
    """Repeat shows the step once more and moves nothing."""
    chat.press("/start_course")
    step = chat.press("/continue_lesson").bubbles[-1]

    assert [chat.press("/repeat_card").bubbles[-1].text for _ in range(2)] == [step.text] * 2


def test_lesson_named_in_words_is_opened(chat: Chat, knowledge: Knowledge) -> None:
    """A lesson is found by its number or its title."""
    second = knowledge.course.lessons[1]

    replies = [chat.type(text, "choose_lesson") for text in ("lesson 2", f"open {second.title.lower()} please")]

    assert [chat.slots["lesson_id"], *(reply.names[0] for reply in replies)] == [
        second.id,
        "utter_lesson_opening",
        "utter_resumed",
    ]


def test_lesson_not_written_yet_is_coming(chat: Chat, knowledge: Knowledge) -> None:
    """A lesson of the course that is not written is said to be coming, beside those of its theme that are ready."""
    plan = knowledge.course.lessons[-1]
    beside = [one for one in knowledge.course.lessons if one.theme == plan.theme and one.id != plan.id]
    written = {lesson_id: lesson for lesson_id, lesson in knowledge.lessons.items() if lesson_id != plan.id}
    chat.parts = replace(chat.parts, knowledge=replace(knowledge, lessons=written))

    reply = chat.press(f'/choose_lesson{{"lesson_id": "{plan.id}"}}')

    assert reply.names == ["utter_lesson_coming"]
    assert plan.title in reply.text
    assert len(reply.payloads("choose_lesson")) == len(beside)


@pytest.mark.parametrize(
    "payload", ['/choose_lesson{"lesson_id": "no.such"}', '/choose_lesson{"theme_id": "no.such"}', "/choose_lesson"]
)
def test_lesson_button_that_names_none_lists_themes(chat: Chat, payload: str, knowledge: Knowledge) -> None:
    """A button with an unknown lesson or theme, or without one, opens nothing and shows the themes."""
    reply = chat.press(payload)

    assert reply.names == ["utter_which_theme"]
    assert len(reply.payloads("choose_lesson")) == len(knowledge.course.themes)
    assert chat.slots["lesson_id"] is None


@pytest.mark.parametrize("text", ["show me the lessons", "choose another lesson please", "what lessons are there"])
def test_wish_for_any_lesson_lists_themes(chat: Chat, text: str) -> None:
    """Who names no lesson is not put into one."""
    assert chat.type(text, "choose_lesson").names == ["utter_which_theme"]


def test_theme_named_or_pressed_lists_its_lessons(chat: Chat, knowledge: Knowledge) -> None:
    """Who names a whole theme, or presses it, gets to choose one of its lessons."""
    theme = knowledge.course.themes[0]

    typed = chat.type(theme.title, "choose_lesson")
    pressed = chat.press(chat.press("/choose_lesson").button(theme.title))
    begun = chat.press(pressed.button(theme.lessons[1].title))

    assert typed.names == pressed.names == ["utter_lessons_of_theme"]
    assert len(pressed.payloads("choose_lesson")) == len(theme.lessons)
    assert begun.names[0] == "utter_lesson_opening"
    assert chat.slots["lesson_id"] == theme.lessons[1].id


def test_title_of_a_lesson_typed_opens_it(chat: Chat, knowledge: Knowledge) -> None:
    """A title and nothing more is no question: the lesson begins."""
    plan = knowledge.course.lessons[2]

    reply = chat.type(plan.title.lower(), "ask_system")

    assert reply.names[0] == "utter_lesson_opening"
    assert chat.slots["lesson_id"] == plan.id


def test_lesson_walked_to_its_end_offers_the_next(chat: Chat, knowledge: Knowledge) -> None:
    """The summary tells the score and leads to the next lesson; going on begins it."""
    first, second = (knowledge.lessons[lesson_id] for lesson_id in _ready(knowledge)[:2])
    reply = chat.press("/start_course")
    while chat.slots["step"] != "summary":
        reply = chat.press("/skip_step")

    following = chat.press("/continue_lesson")

    assert reply.names == ["utter_summary", "utter_score_none"]
    assert first.summary in reply.text
    assert reply.button("Next lesson")["payload"] == f'/choose_lesson{{"lesson_id": "{second.id}"}}'
    assert reply.payloads("start_quiz")
    assert following.names[0] == "utter_lesson_opening"
    assert chat.slots["lesson_id"] == second.id


def test_last_lesson_ends_with_ways_on(chat: Chat, knowledge: Knowledge) -> None:
    """Where no lesson follows, a project of one's own and other lessons are offered."""
    reply = chat.press(f'/choose_lesson{{"lesson_id": "{_ready(knowledge)[-1]}"}}')
    while chat.slots["step"] != "summary":
        reply = chat.press("/skip_step")

    assert reply.payloads("start_roadmap")
    assert reply.payloads("start_course")


def test_every_lesson_done_says_so(chat: Chat, knowledge: Knowledge) -> None:
    """When all that is written is done, the tutor says so and lets people take one again, by way of its theme."""
    for lesson_id in _ready(knowledge):
        chat.press(f'/choose_lesson{{"lesson_id": "{lesson_id}"}}')
        while chat.slots["step"] != "summary":
            chat.press("/skip_step")

    reply = chat.press("/start_course")
    lessons = chat.press(reply.payloads("choose_lesson")[0])
    again = chat.press(lessons.payloads("choose_lesson")[0])

    assert reply.names == ["utter_all_lessons_done"]
    assert again.names[0] == "utter_lesson_opening"


def test_next_after_a_while_away_shows_present_step_first(chat: Chat, parts: Parts, database_url: str) -> None:
    """Who comes back the next day sees where they were, and not the next card."""
    chat.press("/start_course")
    engine = open_engine(database_url)
    long_ago = LearningStore(engine, clock=lambda: now_utc() - AWAY_AFTER - timedelta(minutes=1))
    step = LessonWalk(parts.knowledge, long_ago).go_on(chat.name, "long ago")
    engine.dispose()

    reply = chat.press("/continue_lesson")

    assert reply.names[0] == "utter_resumed"
    assert reply.bubbles[-1].progress["done"] == step["place"]["number"] + 1


def test_next_after_asking_where_shows_present_step(chat: Chat) -> None:
    """Who asks where they were is shown that, and is not moved on."""
    chat.press("/start_course")
    step = chat.press("/continue_lesson").bubbles[-1]

    reply = chat.type("where was i", "continue_lesson")

    assert reply.names[0] == "utter_resumed"
    assert reply.bubbles[-1].text == step.text


def test_same_message_again_moves_once(chat: Chat, database: Path) -> None:
    """Next that comes twice with one id is one step, and is told the same."""
    chat.press("/start_course")

    first, again = (chat.press("/continue_lesson", message_id="same") for _ in range(2))

    assert first == again
    assert read(database, "SELECT step_number FROM lesson_place") == [(1,)]


@pytest.mark.parametrize("payload", ["/previous_card", "/repeat_card", "/skip_step"])
def test_move_without_lesson_offers_one(chat: Chat, payload: str) -> None:
    """Who is in no lesson is offered the first one."""
    reply = chat.press(payload)

    assert reply.names == ["utter_no_lesson"]
    assert "/start_course" in reply.payloads()


def test_next_without_lesson_begins_the_first(chat: Chat) -> None:
    """Who says next before anything else simply begins."""
    assert chat.press("/continue_lesson").names[0] == "utter_lesson_opening"


@pytest.mark.parametrize("payload", ["/start_course", "/continue_lesson"])
def test_lesson_withdrawn_meanwhile_leads_to_another(chat: Chat, parts: Parts, payload: str) -> None:
    """Who stood in a lesson that is no longer there is not stuck: the next one that is there begins."""
    first, second = _ready(parts.knowledge)[:2]
    chat.press(f'/choose_lesson{{"lesson_id": "{first}"}}')
    lessons = {key: lesson for key, lesson in parts.knowledge.lessons.items() if key != first}
    rest = replace(parts.knowledge, lessons=lessons)
    chat.parts = replace(parts, knowledge=rest, walk=LessonWalk(rest, parts.store))

    repeated = chat.press("/repeat_card")
    begun = chat.press(payload)

    assert repeated.names == ["utter_no_lesson"]
    assert begun.names[0] == "utter_lesson_opening"
    assert chat.slots["lesson_id"] == second


def test_place_survives_a_restart(chat: Chat, parts: Parts, database_url: str) -> None:
    """After everything was stopped and started, the next word finds the same step."""
    chat.press("/start_course")
    step = chat.press("/continue_lesson").bubbles[-1]
    engine = open_engine(database_url)
    store = LearningStore(engine)

    later = Chat(replace(parts, store=store, walk=LessonWalk(parts.knowledge, store)))
    reply = later.press("/repeat_card")
    engine.dispose()

    assert reply.bubbles[-1].text == step.text
