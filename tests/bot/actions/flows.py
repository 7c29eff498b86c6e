"""Every flow in which something is asked: how a person comes into it, how they answer, and what is then kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from database import open_engine
from knowledge.model import Item
from tests.bot.actions.chat import Chat, Reply, letters_of
from tests.bot.actions.practising import miss_item, pass_days
from tests.bot.actions.records import read
from tests.bot.actions.test_linking import open_doors

KEPT = {
    "attempt": "SELECT item_id, chosen, outcome, sureness FROM attempt ORDER BY id",
    "note": "SELECT lesson_id, text FROM note ORDER BY id",
    "plan": "SELECT p.name, a.question_id, a.text FROM project p LEFT JOIN plan_answer a ON a.project_id = p.id "
    "ORDER BY p.id, a.question_id",
    "comparison": "SELECT chosen FROM comparison ORDER BY id",
    "reminder": "SELECT rule, at FROM reminder WHERE due_at IS NOT NULL ORDER BY id",
    "zone": "SELECT time_zone FROM learner WHERE time_zone IS NOT NULL",
}  # what a person gave, by what it is; where they stand is not in it
NOTE, OTHER_NOTE = "We asked the neighbours first.", "We asked the neighbours, and then the nurses."
PLANNED = "Older people who live alone in the villages."
Orders = list[str]


@dataclass(frozen=True)
class Flow:
    """One flow.

    Args:
        enter: Brings somebody new before the open question.
        answer: Answers it, under a message id.
        keeps: What of ``KEPT`` the answer changes; nothing where the door is given an order instead.
    """

    enter: Callable[[Chat], Reply]
    answer: Callable[[Chat, str], Reply]
    keeps: str


def read_kept(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Read all that a person gave."""
    return {name: read(database, query) for name, query in KEPT.items()}


def orders_of(reply: Reply) -> Orders:
    """List what the door is asked to do."""
    return [bubble.order for bubble in reply.bubbles if bubble.order]


def _at_item(kind: str) -> Flow:
    def enter(chat: Chat) -> Reply:
        chat.stand_at(_item(chat, kind).key)
        return chat.press("/repeat_card")

    def answer(chat: Chat, message_id: str) -> Reply:
        item = _item(chat, kind)
        keys = [option.key for option in item.options if kind == "put in order" or option.is_right]
        typed = " ".join(letters_of(item, [key])[0] for key in keys)
        return chat.type(typed, "answer_item", message_id)

    return Flow(enter, answer, "attempt")


def _item(chat: Chat, kind: str) -> Item:
    items = [item for lesson in chat.parts.knowledge.lessons.values() for item in lesson.items]
    return next(one for one in items if one.kind == kind and not one.asks_sure)


def _enter_sureness(chat: Chat) -> Reply:
    items = [item for lesson in chat.parts.knowledge.lessons.values() for item in lesson.items]
    item = next(one for one in items if one.asks_sure)
    chat.stand_at(item.key)
    return chat.type(letters_of(item, item.right_keys)[0], "answer_item")


def _enter_repetition(chat: Chat) -> Reply:
    miss_item(chat)
    engine = open_engine(str(chat.parts.store.engine.url))
    pass_days(engine, 1)
    engine.dispose()
    return chat.press("/start_repetition")


def _answer_repetition(chat: Chat, message_id: str) -> Reply:
    item = _item(chat, "one right")
    return chat.type(letters_of(item, item.right_keys)[0], "answer_item", message_id)


def _enter_reflection(chat: Chat) -> Reply:
    cards = [card for lesson in chat.parts.knowledge.lessons.values() for card in lesson.cards if card.keep_as]
    chat.stand_at(cards[0].key)
    return chat.press("/repeat_card")


def _with_note(intent: str) -> Callable[[Chat], Reply]:
    def enter(chat: Chat) -> Reply:
        _enter_reflection(chat)
        chat.type(NOTE)
        (note,) = chat.parts.notebook.notes(chat.name)
        return chat.press(f'/{intent}{{"note_id": "{note.id}"}}')

    return enter


def _enter_plan(chat: Chat) -> Reply:
    chat.press("/start_roadmap")
    return chat.press(f'/choose_stage{{"stage_id": "{next(iter(chat.parts.knowledge.stages))}"}}')


def _after_plan(payload: str) -> Callable[[Chat], Reply]:
    def enter(chat: Chat) -> Reply:
        _enter_plan(chat)
        chat.type(PLANNED)
        return chat.press(payload)

    return enter


def _enter_earlier_answer(chat: Chat) -> Reply:
    asked = _enter_plan(chat).payloads("edit_plan")[0]
    chat.type(PLANNED)
    question_id = json.loads(asked.removeprefix("/edit_plan"))["question_id"]
    return chat.press(f'/edit_plan{{"question_id": "{question_id}"}}')


def _enter_unlinking(chat: Chat) -> Reply:
    chat.press("/greet")
    if chat.parts.doors.count(chat.name) < 2:
        open_doors(chat.parts.store.engine, "one", "two")
    return chat.press("/unlink_channel")


def _typed(text: str, intent: str = "nlu_fallback") -> Callable[[Chat, str], Reply]:
    return lambda chat, message_id: chat.type(text, intent, message_id)


def _pressed(payload: str) -> Callable[[Chat], Reply]:
    return lambda chat: chat.press(payload)


FLOWS = {
    "one right": _at_item("one right"),
    "several right": _at_item("several right"),
    "true or false": _at_item("true or false"),
    "put in order": _at_item("put in order"),
    "how sure": Flow(_enter_sureness, _typed("sure"), "attempt"),
    "repetition": Flow(_enter_repetition, _answer_repetition, "attempt"),
    "reflection": Flow(_enter_reflection, _typed(NOTE), "note"),
    "changing a note": Flow(_with_note("edit_note"), _typed(OTHER_NOTE), "note"),
    "deleting a note": Flow(_with_note("delete_note"), _typed("yes", "affirm"), "note"),
    "comparison": Flow(_pressed("/compare_setting"), _typed("older people"), "comparison"),
    "plan": Flow(_enter_plan, _typed(PLANNED), "plan"),
    "changing an answer": Flow(_enter_earlier_answer, _typed("Their sons, too."), "plan"),
    "new project": Flow(_after_plan('/start_roadmap{"move": "new"}'), _typed("Night bus"), "plan"),
    "renaming": Flow(_after_plan('/edit_plan{"move": "rename"}'), _typed("Night bus"), "plan"),
    "reminder": Flow(_pressed("/set_reminder"), _typed("every weekday at 12:30", "set_reminder"), "reminder"),
    "time zone": Flow(_pressed('/set_reminder{"move": "zone"}'), _typed("Tallinn"), "zone"),
    "erasing": Flow(_pressed("/delete_my_data"), _typed("yes", "affirm"), ""),
    "unlinking": Flow(_enter_unlinking, _typed("yes", "affirm"), ""),
}
