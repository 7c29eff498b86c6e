"""Telling an item to put in order: the order so far, what of it is right, and the right order with its reasons."""

from __future__ import annotations

from collections.abc import Collection

from bot.actions.item_view import (
    VERDICT_LIMIT_WORDS,
    feedback_sources,
    next_ways,
    option_buttons,
    tell_feedback,
    tell_try_again,
    ways_past,
)
from bot.actions.lesson_place import item_at, place_slots, progress
from bot.actions.turn import Event, Turn
from knowledge.checks import count_words
from knowledge.model import Item, Lesson, Option
from learning.ordering import example_order, letters, misplaced
from learning.store import Payload
from telling.bubbles import BUBBLE_LIMIT_WORDS, TURN_LIMIT_BUBBLES, split_text

STEP_SHOWN_WORDS = 8
FIRST_LIMIT_WORDS = BUBBLE_LIMIT_WORDS - VERDICT_LIMIT_WORDS


def tell_arranged(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    """Say the order so far."""
    item, picked = item_at(lesson, outcome), outcome["place"]["picked"]
    if len(picked) == len(item.options):
        response = "utter_order_whole"
    else:
        response = "utter_order_begun" if picked else "utter_order_empty"
    steps = [_name_step(item, option, STEP_SHOWN_WORDS) for option in _options(item, picked)]
    turn.say(
        response,
        [*option_buttons(item, picked), *ways_past(lesson)],
        progress=progress(lesson, outcome),
        steps="\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1)),
    )
    return place_slots(lesson, "item")


def tell_not_whole(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    """Say that an order needs every step once."""
    item = item_at(lesson, outcome)
    turn.say(
        "utter_order_not_whole",
        [*option_buttons(item, outcome["place"]["picked"]), *ways_past(lesson)],
        progress=progress(lesson, outcome),
        total=len(item.options),
        example=example_order(item),
    )
    return place_slots(lesson, "item")


def tell_graded_order(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    """Say what of an order is right; then another go, or the right order with its reasons."""
    item = item_at(lesson, outcome)
    away = misplaced(item, outcome["chosen"])
    if not away:
        _tell_right_order(turn, lesson, outcome, "utter_ordered_right", [option.key for option in item.options])
    elif outcome["place"]["is_closed"]:
        _tell_right_order(turn, lesson, outcome, "utter_right_order", away)
    else:
        _tell_first_miss(turn, lesson, outcome, _options(item, away[:1]))
        return place_slots(lesson, "item")
    return place_slots(lesson, "item_done")


def _tell_first_miss(turn: Turn, lesson: Lesson, outcome: Payload, first: list[Option]) -> None:
    item = item_at(lesson, outcome)
    feedback, *rest = split_text(tell_feedback(item, first), BUBBLE_LIMIT_WORDS - 2 * VERDICT_LIMIT_WORDS)
    turn.say(
        f"utter_ordered_{outcome['outcome']}",
        sources=feedback_sources(first),
        progress=progress(lesson, outcome),
        feedback=feedback,
        **_count_placed(item, outcome),
    )
    for text in rest:
        turn.say("utter_feedback", feedback=text)
    tell_try_again(turn, item, [])


def _tell_right_order(turn: Turn, lesson: Lesson, outcome: Payload, response: str, explained: Collection[str]) -> None:
    item = item_at(lesson, outcome)
    bubbles = lay_out(item, explained)
    sources = dict.fromkeys((*item.stem.sources, *feedback_sources(_options(item, explained))))
    for number, steps in enumerate(bubbles, 1):
        is_last = number == len(bubbles)
        turn.say(
            response if number == 1 else "utter_feedback",
            next_ways(lesson) if is_last else [],
            sources=tuple(sources) if is_last else (),
            progress=progress(lesson, outcome),
            feedback=steps,
            **_count_placed(item, outcome),
        )


def _count_placed(item: Item, outcome: Payload) -> dict[str, int]:
    total = len(item.options)
    return {"placed": total - len(misplaced(item, outcome["chosen"])), "total": total}


def lay_out(item: Item, explained: Collection[str]) -> list[str]:
    """Write the right order as a numbered list, some steps with their reasons, in as many bubbles as a turn may have.

    What does not fit is left out: first the ends of the steps' own words, then the reasons that find no room.
    """
    wanted = [option.key for option in item.options if option.key in explained]
    if _fits(fullest := _write_order(item, wanted, None)):
        return fullest
    told: list[str] = []
    for key in wanted:
        told += [key] if _fits(_write_order(item, [*told, key], STEP_SHOWN_WORDS)) else []
    return _write_order(item, told, STEP_SHOWN_WORDS)


def _fits(bubbles: list[str]) -> bool:
    words = [count_words(bubble) for bubble in bubbles]
    return len(words) <= TURN_LIMIT_BUBBLES and words[0] <= FIRST_LIMIT_WORDS and max(words) <= BUBBLE_LIMIT_WORDS


def _write_order(item: Item, told: Collection[str], limit_words: int | None) -> list[str]:
    bubbles = [""]
    for number, option in enumerate(item.options, 1):
        reason = "\n" + option.feedback.text if option.key in told else ""
        step = f"{number}. **{_name_step(item, option, limit_words)}**{reason}".replace("\n\n", "\n").replace(
            "\n", "\n   "
        )
        room = FIRST_LIMIT_WORDS if len(bubbles) == 1 else BUBBLE_LIMIT_WORDS
        is_full = bool(bubbles[-1]) and count_words(bubbles[-1]) + count_words(step) > room
        bubbles[-1:] = [bubbles[-1], step] if is_full else [f"{bubbles[-1]}\n\n{step}".strip()]
    return bubbles


def _name_step(item: Item, option: Option, limit_words: int | None) -> str:
    """Name a step with its letter; cut after some words."""
    words = option.text.split()
    is_cut = limit_words is not None and len(words) > limit_words + 1
    text = " ".join(words[:limit_words]).rstrip(",;:") + " …" if is_cut else option.text
    return f"{letters(item)[option.key]}. {text}"


def _options(item: Item, keys: Collection[str]) -> list[Option]:
    """Return the options of some keys in their order; one that an edit took away is left out."""
    known = {option.key: option for option in item.options}
    return [known[key] for key in keys if key in known]
