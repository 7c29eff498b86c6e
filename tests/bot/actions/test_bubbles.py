"""Every bubble is short: at most 90 words, at most three bubbles a turn, and no brace left open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import get_args

import pytest

from knowledge.checks import count_words
from knowledge.loader import load_knowledge
from knowledge.model import Card, Item
from learning.sureness import Sureness
from tests.bot.actions.chat import Bubble, Chat, Reply, letters_of, right_order, typed_order, wrong_keys

BUBBLE_LIMIT_WORDS = 90
TURN_LIMIT_BUBBLES = 3
BUTTON_LIMIT_CHARS = 190
LESSONS = sorted(load_knowledge().lessons)
ENTRIES = sorted(load_knowledge().entries)


def _check(reply: Reply) -> Reply:
    assert 1 <= len(reply.bubbles) <= TURN_LIMIT_BUBBLES, reply.names
    for bubble in reply.bubbles:
        _check_bubble(bubble)
    assert reply.buttons, f"{reply.names} offers no next step"
    return reply


def _check_bubble(bubble: Bubble) -> None:
    words = count_words(re.sub(r"\]\(\S+?\)", "]", bubble.text))

    assert bubble.text.strip(), bubble.name
    assert words <= BUBBLE_LIMIT_WORDS, f"{bubble.name}: {words} words\n{bubble.text}"
    assert not re.search(r"\{\w*\}", bubble.text), f"{bubble.name}: {bubble.text}"
    for button in bubble.buttons:
        assert 0 < len(button["title"]) <= BUTTON_LIMIT_CHARS, button["title"]


def _steps(chat: Chat, lesson_id: str) -> Iterator[tuple[Card | Item, Reply]]:
    reply = chat.press(f'/choose_lesson{{"lesson_id": "{lesson_id}"}}')
    for step in chat.parts.knowledge.lessons[lesson_id].steps:
        yield step, reply
        reply = chat.press("/skip_step")
    assert _check(reply).names[0] == "utter_summary"


@pytest.mark.parametrize("lesson_id", LESSONS)
def test_lesson_walked_has_short_bubbles(chat: Chat, lesson_id: str) -> None:
    """Each step, its repetition, its hint, its sources' way back and the summary keep the limits."""
    for step, reply in _steps(chat, lesson_id):
        _check(reply)
        _check(chat.press("/repeat_card"))
        _check(chat.press("/ask_hint"))
        assert not isinstance(step, Item) or _check(chat.press("/continue_lesson")).names == ["utter_answer_first"]


@pytest.mark.parametrize("lesson_id", LESSONS)
def test_lesson_answered_has_short_bubbles(chat: Chat, lesson_id: str) -> None:
    """Each single option, wrong and then right, keeps the limits in its feedback."""
    for step, _ in _steps(chat, lesson_id):
        if isinstance(step, Item) and step.kind != "put in order":
            sure = get_args(Sureness) if step.asks_sure else ("",)
            for keys, sureness in product([*([key] for key in wrong_keys(step)), step.right_keys], sure):
                _answer(chat, step, keys, sureness)
                _check(chat.press("/repeat_card"))
                chat.press("/previous_card")
                chat.press("/skip_step")
            _answer(chat, step, step.right_keys, sure[0])


def _answer(chat: Chat, item: Item, keys: Iterable[str], sureness: str) -> None:
    reply = _check(chat.type(" and ".join(letters_of(item, keys)), "answer_item"))
    if sureness:
        assert reply.names == ["utter_how_sure"]
        reply = _check(chat.press(f'/answer_item{{"item_id": "{item.id}", "sureness": "{sureness}"}}'))
        assert reply.names[0].startswith(f"utter_{sureness}_")


@pytest.mark.parametrize("lesson_id", LESSONS)
def test_lesson_ordered_has_short_bubbles(chat: Chat, lesson_id: str) -> None:
    """Each order begun wrong, given twice, the picks on the way, and the right order at once keep the limits."""
    for step, _ in _steps(chat, lesson_id):
        if isinstance(step, Item) and step.kind == "put in order":
            _check(chat.type(typed_order(step, right_order(step))))
            for first in right_order(step)[1:]:
                others = [key for key in reversed(right_order(step)) if key != first]
                _try_twice(chat, step, [first, *others])


def _try_twice(chat: Chat, item: Item, order: list[str]) -> None:
    chat.press("/previous_card")
    chat.press("/skip_step")
    for key in order:
        _check(chat.press(f'/pick_option{{"item_id": "{item.id}", "option_id": "{key}"}}'))
    _check(chat.type("b"))
    tries = [order, [order[0], *reversed(order[1:])]]  # the same once more would be taken for a double tap
    assert [_check(chat.type(typed_order(item, one))).names[0] for one in tries][1] == "utter_right_order"


def test_all_options_together_have_short_bubbles(chat: Chat) -> None:
    """Who chooses every option of an item at once gets feedback within the limits."""
    for lesson_id in LESSONS:
        for step, _ in _steps(chat, lesson_id):
            if isinstance(step, Item) and step.kind == "several right":
                _check(chat.type("all of them", "answer_item"))


@pytest.mark.parametrize("topic", ENTRIES)
def test_entry_told_in_every_length_has_short_bubbles(chat: Chat, topic: str) -> None:
    """An answer, more of it, simpler and an example keep the limits, and so do the sources of each."""
    _check(chat.press(f'/ask_topic{{"topic_id": "{topic}"}}'))

    for intent in ("ask_more", "ask_simpler", "ask_example"):
        _check(chat.press(f"/{intent}"))
        _check(chat.press("/ask_sources"))


def test_every_term_defined_has_short_bubbles(chat: Chat) -> None:
    """The definition of each word of the glossary keeps the limits."""
    for term in chat.parts.knowledge.glossary:
        assert count_words(f"{term.term} {term.definition}") <= BUBBLE_LIMIT_WORDS, term.term
