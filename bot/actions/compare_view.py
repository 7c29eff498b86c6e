"""Telling a comparison with the pilots: its questions, and the nearest pilots with what speaks for and against."""

from __future__ import annotations

from typing import Any

from bot.actions.answer_view import topic_buttons
from bot.actions.plan_place import interview_slots, left_slots
from bot.actions.turn import Button, Event, Turn, button
from knowledge.model import Attribute, Knowledge, Pilot
from learning.store import Payload
from telling.pilots import compared_bubble, name_shared

DIFFERS_NAMED = 2


def tell_compare(turn: Turn, outcome: Payload) -> list[Event]:
    """Say an outcome of ``learning.comparing`` and set where the conversation is."""
    return _TELLERS[outcome["kind"]](turn, outcome)


def attribute_at(turn: Turn, outcome: Payload) -> Attribute:
    """Return the attribute that is asked for."""
    return next(one for one in turn.parts.knowledge.comparison if one.key == outcome["attribute_key"])


def attribute_buttons(attribute: Attribute, marked: list[str], *, is_first: bool) -> list[Button]:
    """Make the buttons of a question: its values, and the ways on; each names the question that it stands under."""
    key = attribute.key
    values = [
        button(
            f"{'✓ ' if value in marked else ''}{label}", "compare_setting", "option", attribute_id=key, value_id=value
        )
        for value, label in attribute.values.items()
    ]
    go_on = [button("Go on", "compare_setting", attribute_id=key, move="next")] if marked else []
    back = [] if is_first else [button("Back", "compare_setting", attribute_id=key, move="back")]
    return [*values, *go_on, button("Skip", "compare_setting", attribute_id=key, move="skip"), *back]


def _tell_question(turn: Turn, outcome: Payload) -> list[Event]:
    if outcome.get("is_opening"):
        turn.say("utter_compare_opening", total=len(turn.parts.knowledge.comparison))
    elif outcome.get("is_resumed"):
        turn.say("utter_compare_resumed")
    return tell_asked(turn, outcome)


def tell_asked(turn: Turn, outcome: Payload) -> list[Event]:
    """Ask for an attribute."""
    attribute = attribute_at(turn, outcome)
    number, total = _progress(turn, attribute)
    turn.say(
        _response_of(turn, attribute),
        _buttons_at(turn, outcome),
        number=number,
        total=total,
        ask=attribute.ask,
    )
    return interview_slots("compare")


def _response_of(turn: Turn, attribute: Attribute) -> str:
    """Choose how to ask: how to mark more than one is explained once."""
    several = [one.key for one in turn.parts.knowledge.comparison if one.several]
    if attribute.key not in several:
        return "utter_compare_question"
    return "utter_compare_question_several" if attribute.key == several[0] else "utter_compare_question_more"


def _tell_marked(turn: Turn, outcome: Payload) -> list[Event]:
    attribute = attribute_at(turn, outcome)
    marked = _labels(attribute, outcome["chosen"].get(attribute.key, []))
    turn.say(
        "utter_compare_marked" if marked else "utter_compare_marked_none", _buttons_at(turn, outcome), labels=marked
    )
    return interview_slots("compare")


def tell_compare_help(turn: Turn, outcome: Payload, response: str) -> list[Event]:
    """Say what the question wants, in the response given, with its buttons."""
    if outcome["kind"] != "compare_question":
        return tell_compare(turn, outcome)
    turn.say(response, _buttons_at(turn, outcome), ask=attribute_at(turn, outcome).ask)
    return interview_slots("compare")


def _tell_stale(turn: Turn, outcome: Payload) -> list[Event]:
    turn.say("utter_stale_button", [button("To the comparison", "compare_setting")])
    return []


def _tell_result(turn: Turn, outcome: Payload) -> list[Event]:
    knowledge = turn.parts.knowledge
    found = [one for one in outcome["nearest"] if one["pilot_id"] in knowledge.pilots]
    again = button("Compare again", "compare_setting", move="new")
    if not found:
        turn.say("utter_compare_none", [again, button("Take a lesson", "start_course")])
        return left_slots()
    ways = [*_reading_buttons(turn, found), again, button("Plan my own project", "start_roadmap")]
    for number in range(1, len(found) + 1):
        _tell_pilot(turn, {**outcome, "nearest": found}, number, ways if number == len(found) else [])
    return left_slots()


def _tell_pilot(turn: Turn, outcome: Payload, number: int, buttons: list[Button]) -> None:
    knowledge, chosen = turn.parts.knowledge, outcome["chosen"]
    near = outcome["nearest"][number - 1]
    pilot = knowledge.pilots[near["pilot_id"]]
    different = _different(knowledge, pilot, near, chosen)
    bubble, sources = compared_bubble(pilot, number, name_shared(knowledge, near["shared"]), different)
    turn.say(bubble.response, buttons, sources=sources, **bubble.values)


def _different(knowledge: Knowledge, pilot: Pilot, near: dict[str, Any], chosen: dict[str, list[str]]) -> str:
    """Name what the pilot has where nothing is shared, and in brackets what the person chose."""
    differing = [one for one in knowledge.comparison if one.key in near["differs"]][:DIFFERS_NAMED]
    return "; ".join(
        f"{_labels(one, list(pilot.compare.get(one.key, ()))[:1])} ({_labels(one, chosen[one.key][:1])})"
        for one in differing
    )


def _reading_buttons(turn: Turn, found: list[dict[str, Any]]) -> list[Button]:
    """Make buttons for the answer of each pilot, and for a lesson in which the nearest has a story."""
    ids = [near["pilot_id"] for near in found]
    lessons = [
        turn.parts.knowledge.lessons[one.id]
        for one in turn.parts.knowledge.course.lessons
        if one.id in turn.parts.knowledge.lessons
    ]
    fitting = [lesson for lesson in lessons if ids[0] in [card.pilot for card in lesson.cards]]
    return [
        *topic_buttons(turn, ids),
        *(button(f"Lesson: {one.title}", "choose_lesson", lesson_id=one.id) for one in fitting[:1]),
    ]


def _labels(attribute: Attribute, values: list[str]) -> str:
    return "; ".join(attribute.values[value] for value in values if value in attribute.values)


def _progress(turn: Turn, attribute: Attribute) -> tuple[int, int]:
    keys = [one.key for one in turn.parts.knowledge.comparison]
    return keys.index(attribute.key) + 1, len(keys)


def _buttons_at(turn: Turn, outcome: Payload) -> list[Button]:
    attribute = attribute_at(turn, outcome)
    marked = outcome["chosen"].get(attribute.key, [])
    return attribute_buttons(attribute, marked, is_first=_progress(turn, attribute)[0] == 1)


_TELLERS = {
    "compare_question": _tell_question,
    "compare_marked": _tell_marked,
    "compare_result": _tell_result,
    "compare_stale": _tell_stale,
}
