"""Telling a learner what happened in their lesson."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet

from bot.actions.bubbles import BUBBLE_LIMIT_WORDS, split_text
from bot.actions.turn import Button, Event, Turn, button
from knowledge.model import Card, Item, Lesson, Option
from learning.store import Payload

LETTERS = "ABCDEF"
VERDICT_LIMIT_WORDS = 12
NEXT = button("Next", "continue_lesson")
BACK = button("Back", "previous_card")


def tell_outcome(turn: Turn, outcome: Payload) -> list[Event]:
    """Say an outcome of ``learning.lessons`` and set where the conversation is."""
    kind = outcome["kind"]
    if kind == "no_lesson":
        turn.say(
            "utter_no_lesson", [button("Take the first lesson", "start_course"), button("Ask a question", "ask_help")]
        )
        return []
    lesson = turn.parts.knowledge.lessons[outcome["lesson_id"]]
    return _TELLERS[kind](turn, lesson, outcome)


def progress(lesson: Lesson, outcome: Payload) -> dict[str, Any]:
    """Return where an outcome stands in its lesson."""
    total = len(lesson.steps)
    return {"lesson": lesson.title, "done": min(outcome["place"]["number"] + 1, total), "total": total}


def _tell_step(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    number = outcome["place"]["number"]
    if outcome.get("is_resumed"):
        turn.say("utter_resumed", lesson=lesson.title, number=number + 1, total=len(lesson.steps))
    elif outcome.get("is_opening"):
        aim = lesson.objective[0].lower() + lesson.objective[1:]
        turn.say("utter_lesson_opening", lesson=lesson.title, objective=aim, minutes=lesson.minutes)
    step = lesson.steps[number]
    return (
        _tell_card(turn, lesson, outcome, step) if isinstance(step, Card) else _tell_item(turn, lesson, outcome, step)
    )


def _tell_card(turn: Turn, lesson: Lesson, outcome: Payload, card: Card) -> list[Event]:
    response = "utter_card_with_note" if card.note else "utter_card"
    turn.say(
        response if card.kind == "card" else f"utter_{card.kind}",
        [NEXT, *([BACK] if outcome["place"]["number"] else [])],
        sources=card.body.sources,
        progress=progress(lesson, outcome),
        title=card.title,
        body=card.body.text,
        note=card.note or "",
    )
    return _place_slots(lesson, "reflect" if card.kind == "reflect" else "card")


def _tell_item(turn: Turn, lesson: Lesson, outcome: Payload, item: Item) -> list[Event]:
    if outcome["place"]["is_closed"]:
        turn.say("utter_item_answered", [NEXT, BACK], progress=progress(lesson, outcome), stem=item.stem.text)
        return _place_slots(lesson, "item_done")
    response = "utter_item_several" if item.kind == "several right" else "utter_item"
    turn.say(
        response,
        [*option_buttons(item, outcome["place"]["picked"]), button("Hint", "ask_hint"), button("Skip", "skip_step")],
        sources=item.stem.sources,
        progress=progress(lesson, outcome),
        stem=item.stem.text,
    )
    return _place_slots(lesson, "item")


def option_buttons(item: Item, picked: list[str], without: frozenset[str] = frozenset()) -> list[Button]:
    """Make the buttons of an item; where several are right, picking marks them and one more button answers."""
    is_several = item.kind == "several right"
    buttons = [
        button(
            f"{'✓ ' if option.key in picked else ''}{LETTERS[n]}. {option.text}",
            "pick_option" if is_several else "answer_item",
            "option",
            item_id=item.id,
            option_id=option.key,
        )
        for n, option in enumerate(item.options)
        if option.key not in without
    ]
    if is_several and picked:
        buttons.append(button("That is my answer", "answer_item", item_id=item.id, option_id=",".join(picked)))
    return buttons


def _tell_picked(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    item, picked = _item(lesson, outcome), outcome["place"]["picked"]
    letters = [LETTERS[n] for n, option in enumerate(item.options) if option.key in picked]
    turn.say(
        "utter_picked" if letters else "utter_picked_none",
        [*option_buttons(item, picked), button("Hint", "ask_hint"), button("Skip", "skip_step")],
        progress=progress(lesson, outcome),
        letters=" and ".join(letters),
    )
    return _place_slots(lesson, "item")


def _tell_graded(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    item = _item(lesson, outcome)
    chosen = [option for option in item.options if option.key in outcome["chosen"]]
    is_open = not outcome["place"]["is_closed"]
    is_short = outcome["outcome"] == "partly" and all(option.is_right for option in chosen)
    first, *rest = split_text(_feedback(item, chosen), BUBBLE_LIMIT_WORDS - VERDICT_LIMIT_WORDS)
    turn.say(
        "utter_graded_short" if is_short else f"utter_graded_{outcome['outcome']}",
        sources=_feedback_sources(chosen),
        progress=progress(lesson, outcome),
        feedback=first,
    )
    for feedback in rest:
        turn.say("utter_feedback", feedback=feedback)
    if is_open:
        without = frozenset(outcome["chosen"]) if item.kind == "one right" else frozenset()
        turn.say(
            "utter_try_again",
            [*option_buttons(item, [], without), button("Hint", "ask_hint"), button("Go on", "skip_step")],
        )
        return _place_slots(lesson, "item")
    _tell_right_answer(turn, item, outcome)
    return _place_slots(lesson, "item_done")


def _tell_right_answer(turn: Turn, item: Item, outcome: Payload) -> None:
    missed = [option for option in item.options if option.key in outcome["missed"]]
    letters = " and ".join(LETTERS[n] for n, option in enumerate(item.options) if option.is_right)
    if outcome["outcome"] == "right":
        turn.say("utter_go_on", [NEXT])
    elif missed:
        turn.say("utter_right_answer", [NEXT], sources=_feedback_sources(missed), feedback=_feedback(item, missed))
    else:
        turn.say("utter_right_letters", [NEXT], letters=letters)


def _feedback(item: Item, options: list[Option]) -> str:
    return "\n\n".join(
        f"**{LETTERS[item.options.index(option)]}. {option.text}**\n\n{option.feedback.text}" for option in options
    )


def _feedback_sources(options: list[Option]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for option in options for key in option.feedback.sources))


def _tell_hint(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    item = _item(lesson, outcome)
    turn.say(
        "utter_hint",
        [*option_buttons(item, outcome["place"]["picked"]), button("Skip", "skip_step")],
        progress=progress(lesson, outcome),
        hint=item.hint,
    )
    return _place_slots(lesson, "item")


def _tell_answer_first(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    item = _item(lesson, outcome)
    buttons = [
        *option_buttons(item, outcome["place"]["picked"]),
        button("Hint", "ask_hint"),
        button("Skip", "skip_step"),
    ]
    turn.say("utter_answer_first", buttons, progress=progress(lesson, outcome), stem=item.stem.text)
    return _place_slots(lesson, "item")


def _tell_no_item(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    turn.say("utter_no_item", [NEXT, button("To the questions", "start_quiz")], progress=progress(lesson, outcome))
    return []


def _tell_first_step(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    turn.say("utter_first_step", [NEXT], progress=progress(lesson, outcome))
    return []


def _tell_stale(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    turn.say("utter_stale_button", [button("Show me where I am", "repeat_card")], progress=progress(lesson, outcome))
    return []


def _tell_noted(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    turn.say("utter_noted", [NEXT, button("My notes", "show_notes")], progress=progress(lesson, outcome))
    return _place_slots(lesson, "card")


def _tell_summary(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    turn.say(
        "utter_summary",
        sources=(),
        progress=progress(lesson, outcome),
        lesson=lesson.title,
        summary=lesson.summary,
    )
    ready = [one for one in turn.parts.knowledge.course.lessons if one.id in turn.parts.knowledge.lessons]
    position = next((n for n, one in enumerate(ready) if one.id == lesson.id), len(ready))
    following = ready[position + 1 : position + 2]
    buttons = [button(f"Next lesson: {one.title}", "choose_lesson", lesson_id=one.id) for one in following]
    if outcome["answered"] < outcome["items"]:
        buttons.append(button("The questions I skipped", "start_quiz"))
    buttons += [button("My progress", "ask_progress"), button("Ask a question", "ask_help")]
    response = "utter_score" if outcome["answered"] else "utter_score_none"
    turn.say(response, buttons, **{key: outcome[key] for key in ("right_first", "right", "answered", "items")})
    return _place_slots(lesson, "summary")


def _item(lesson: Lesson, outcome: Payload) -> Item:
    step = lesson.steps[outcome["place"]["number"]]
    assert isinstance(step, Item), f"{outcome['kind']} away from an item"
    return step


def _place_slots(lesson: Lesson, step: str) -> list[Event]:
    return [SlotSet("lesson_id", lesson.id), SlotSet("step", step), SlotSet("last_topic_id", None)]


_TELLERS = {
    "step": _tell_step,
    "summary": _tell_summary,
    "picked": _tell_picked,
    "graded": _tell_graded,
    "hint": _tell_hint,
    "answer_first": _tell_answer_first,
    "no_item": _tell_no_item,
    "first_step": _tell_first_step,
    "stale": _tell_stale,
    "noted": _tell_noted,
}
