"""Telling a quiz item: the question with its options, what was marked, the feedback, a hint."""

from __future__ import annotations

from bot.actions.lesson_place import item_at, place_slots, progress
from bot.actions.sure_view import graded_response, tell_how_sure
from bot.actions.turn import Button, Event, Turn, button
from knowledge.checks import count_words
from knowledge.model import Item, Lesson, Option
from learning.ordering import example_order, letters, shown_options
from learning.sitting import REPETITION
from learning.store import Payload
from telling.bubbles import BUBBLE_LIMIT_WORDS, TURN_LIMIT_BUBBLES, join_names, split_text

VERDICT_LIMIT_WORDS = 12
SURE_VERDICT_LIMIT_WORDS = 32
NEXT = button("Next", "continue_lesson")
BACK = button("Back", "previous_card")
HINT = button("Hint", "ask_hint")
SKIP = button("Skip", "skip_step")
GO_ON = button("Go on", "skip_step")  # after a try there is nothing left to skip
STOP = button("Stop for now", "stop_repetition")
PICKED_FROM = ("several right", "put in order")  # kinds of items whose options are picked before the answer is given


def ways_past(lesson: Lesson) -> list[Button]:
    """Make the buttons that lead past an open item; a sitting of repetition can be stopped at each."""
    return [HINT, SKIP, STOP] if lesson.id == REPETITION else [HINT, SKIP]


def next_ways(lesson: Lesson) -> list[Button]:
    """Make the buttons under an item that is answered."""
    return [NEXT, STOP] if lesson.id == REPETITION else [NEXT]


def tell_item(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    """Ask the question, or how sure the person is of their answer to it; or show one that is closed."""
    item = item_at(lesson, outcome)
    if outcome["place"]["answered"]:
        return tell_how_sure(turn, lesson, outcome)
    if outcome["place"]["is_closed"]:
        turn.say(
            "utter_item_answered", [*next_ways(lesson), BACK], progress=progress(lesson, outcome), stem=item.stem.text
        )
        return place_slots(lesson, "item_done")
    responses = {"several right": "utter_item_several", "put in order": "utter_item_order"}
    turn.say(
        responses.get(item.kind, "utter_item"),
        [*option_buttons(item, outcome["place"]["picked"]), *ways_past(lesson)],
        sources=item.stem.sources,
        progress=progress(lesson, outcome),
        stem=item.stem.text,
        example=example_order(item),
    )
    return place_slots(lesson, "item")


def option_buttons(item: Item, picked: list[str], without: frozenset[str] = frozenset()) -> list[Button]:
    """Make the buttons of an item; where options are picked first, one more button gives the answer.

    That of a whole order stands first: there is nothing more to pick, and on a phone the steps fill the screen.
    """
    is_order, intent = item.kind == "put in order", "pick_option" if item.kind in PICKED_FROM else "answer_item"
    buttons = [
        button(_label(item, option, picked), intent, "option", item_id=item.id, option_id=option.key)
        for option in shown_options(item)
        if option.key not in without
    ]
    if not picked or item.kind not in PICKED_FROM:
        return buttons
    kind = "option" if is_order else "action"
    answer = button("That is my answer", "answer_item", kind, item_id=item.id, option_id=",".join(picked))
    if not is_order:
        return [*buttons, answer]
    is_whole = len(picked) == len(item.options)
    return [*([answer] if is_whole else []), *buttons, button("Start again", "pick_option", item_id=item.id)]


def _label(item: Item, option: Option, picked: list[str]) -> str:
    """Name an option on its button, with a mark if it is picked; in an order the mark says at which place."""
    number = f"{picked.index(option.key) + 1} · " if item.kind == "put in order" and option.key in picked else ""
    return f"{'✓ ' if option.key in picked else ''}{number}{letters(item)[option.key]}. {option.text}"


def tell_picked(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    """Say which options are marked."""
    item, picked = item_at(lesson, outcome), outcome["place"]["picked"]
    marked = [letter for key, letter in letters(item).items() if key in picked]
    turn.say(
        "utter_picked" if marked else "utter_picked_none",
        [*option_buttons(item, picked), *ways_past(lesson)],
        progress=progress(lesson, outcome),
        letters=join_names(marked) if marked else "",
    )
    return place_slots(lesson, "item")


def tell_graded(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    """Give the feedback of what was chosen, and another go or what would have fitted."""
    item = item_at(lesson, outcome)
    chosen = [option for option in item.options if option.key in outcome["chosen"]]
    is_open = not outcome["place"]["is_closed"]
    is_short = outcome["outcome"] == "partly" and all(option.is_right for option in chosen)
    verdict_words = SURE_VERDICT_LIMIT_WORDS if outcome.get("sureness") else VERDICT_LIMIT_WORDS
    first, *rest = _fit_feedback(item, chosen, BUBBLE_LIMIT_WORDS - verdict_words)
    turn.say(
        graded_response(outcome, is_short=is_short),
        sources=feedback_sources(chosen),
        progress=progress(lesson, outcome),
        feedback=first,
    )
    for feedback in rest:
        turn.say("utter_feedback", feedback=feedback)
    if is_open:
        without = frozenset(outcome["chosen"]) if item.kind == "one right" else frozenset()
        tell_try_again(turn, item, outcome["place"]["picked"], without)
        return place_slots(lesson, "item")
    _tell_right_answer(turn, item, outcome, next_ways(lesson))
    return place_slots(lesson, "item_done")


def tell_try_again(turn: Turn, item: Item, picked: list[str], without: frozenset[str] = frozenset()) -> None:
    """Offer another go, with what is picked already and without some options."""
    turn.say("utter_try_again", [*option_buttons(item, picked, without), HINT, GO_ON])


def _fit_feedback(item: Item, options: list[Option], limit_words: int) -> list[str]:
    """Write options with their feedback in all bubbles of a turn but one; too much is cut at the right ones first."""
    told = list(options)
    while True:
        bubbles = split_text(tell_feedback(item, told), limit_words)
        if len(bubbles) < TURN_LIMIT_BUBBLES or len(told) == 1:
            return bubbles
        told.remove(next((option for option in reversed(told) if option.is_right), told[-1]))


def _tell_right_answer(turn: Turn, item: Item, outcome: Payload, ways_on: list[Button]) -> None:
    missed = [option for option in item.options if option.key in outcome["missed"]]
    right = join_names([letter for key, letter in letters(item).items() if key in item.right_keys])
    if outcome["outcome"] == "right":
        turn.say("utter_go_on", ways_on)
    elif missed:
        full, short = tell_feedback(item, missed), "\n\n".join(_name(item, option) for option in missed)
        is_short = count_words(full) > BUBBLE_LIMIT_WORDS - VERDICT_LIMIT_WORDS
        feedback = short if is_short and len(missed) > 1 else full
        turn.say("utter_right_answer", ways_on, sources=feedback_sources(missed), feedback=feedback)
    else:
        turn.say("utter_right_letters", ways_on, letters=right)


def tell_feedback(item: Item, options: list[Option]) -> str:
    """Write some options with their feedback."""
    return "\n\n".join(f"{_name(item, option)}\n\n{option.feedback.text}" for option in options)


def _name(item: Item, option: Option) -> str:
    return f"**{letters(item)[option.key]}. {option.text}**"


def feedback_sources(options: list[Option]) -> tuple[str, ...]:
    """List what the feedback of some options rests on."""
    return tuple(dict.fromkeys(key for option in options for key in option.feedback.sources))


def tell_hint(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    """Give the hint."""
    item = item_at(lesson, outcome)
    without = frozenset(outcome["tried"]) if item.kind == "one right" else frozenset()
    ways = [GO_ON] if outcome["tried"] else ways_past(lesson)[1:]
    buttons = [*option_buttons(item, outcome["place"]["picked"], without), *ways]
    turn.say("utter_hint", buttons, progress=progress(lesson, outcome), hint=item.hint)
    return place_slots(lesson, "item")


def tell_answer_first(turn: Turn, lesson: Lesson, outcome: Payload) -> list[Event]:
    """Say that the question is open, and show it."""
    item = item_at(lesson, outcome)
    buttons = [*option_buttons(item, outcome["place"]["picked"]), *ways_past(lesson)]
    turn.say("utter_answer_first", buttons, progress=progress(lesson, outcome), stem=item.stem.text)
    return place_slots(lesson, "item")
