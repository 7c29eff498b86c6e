"""Progress: results by objective, minutes left, what is next, what is due."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from database import open_engine
from knowledge.checks import count_words
from knowledge.model import Knowledge
from telling.bubbles import BUBBLE_LIMIT_WORDS, TURN_LIMIT_BUBBLES
from tests.bot.actions.chat import Chat, letters_of
from tests.bot.actions.practising import miss_item, pass_days


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Give the database behind the parts."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


def test_progress_of_somebody_new_offers_a_lesson(chat: Chat) -> None:
    """Who has begun nothing is told so, without blame, and can begin."""
    reply = chat.press("/ask_progress")

    assert reply.names == ["utter_no_progress"]
    assert reply.payloads() == ["/start_course"]


def test_progress_tells_results_by_objective(chat: Chat, knowledge: Knowledge) -> None:
    """Each lesson begun is listed with its objective, its step, and what was right at once and in the end."""
    first, second = list(knowledge.lessons.values())[:2]
    item = next(one for one in first.items if one.kind == "several right")
    chat.stand_at(item.key)
    chat.type(" and ".join(letters_of(item, item.right_keys)), "answer_item")
    while chat.slots["step"] != "summary":
        chat.press("/skip_step")
    chat.press(f'/choose_lesson{{"lesson_id": "{second.id}"}}')

    reply = chat.press("/ask_progress")

    assert reply.names == ["utter_progress", "utter_results"]
    assert f"**{first.title}** (done): {first.objective[0].lower()}{first.objective[1:-1]}" in reply.text
    assert f"1 of {len(first.items)} at first try, 1 in the end" in reply.text
    assert f"**{second.title}** (step 1 of {len(second.steps)})" in reply.text
    assert f"Next: **{second.title}**" in reply.text
    minutes = sum(one.minutes for one in knowledge.lessons.values()) - first.minutes
    assert f"About {minutes} minutes are left" in reply.text
    assert reply.payloads() == ["/repeat_card"]


def test_progress_tells_what_is_due(chat: Chat, engine: Engine) -> None:
    """The number of questions that are due is said, with a button that begins."""
    miss_item(chat)
    pass_days(engine, 1)

    reply = chat.press("/ask_progress")

    assert reply.names == ["utter_progress", "utter_results", "utter_due_one"]
    assert reply.payloads()[0] == "/start_repetition"


def test_progress_of_the_whole_course_keeps_the_limits(chat: Chat, knowledge: Knowledge) -> None:
    """With every lesson done the results come page by page, each within the limits, and none is left out."""
    for lesson_id in knowledge.lessons:
        chat.press(f'/choose_lesson{{"lesson_id": "{lesson_id}"}}')
        while chat.slots["step"] != "summary":
            chat.press("/skip_step")

    pages = [chat.press("/ask_progress")]
    while earlier := [one for one in pages[-1].buttons if one["title"] == "Earlier results"]:
        pages.append(chat.press(earlier[0]))

    assert pages[0].names[0] == "utter_progress_all"
    for page in pages:
        assert len(page.bubbles) <= TURN_LIMIT_BUBBLES
        assert all(count_words(bubble.text) <= BUBBLE_LIMIT_WORDS for bubble in page.bubbles)
    told = "".join(page.text for page in pages)
    assert all(f"**{lesson.title}**" in told for lesson in knowledge.lessons.values())
