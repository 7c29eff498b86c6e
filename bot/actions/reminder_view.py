"""Telling about reminders: what is set, when it comes, what was stopped; and asking when, and where the person is."""

from __future__ import annotations

from datetime import datetime

from rasa_sdk.events import SlotSet

from bot.actions.answer_view import is_at_own_work, way_back
from bot.actions.turn import Button, Event, Turn, button
from bot.actions.when_view import place_in_words, when_in_words
from learning.reminder_words import reminder_words
from learning.store import Payload

CHANGE = button("Change it", "set_reminder", move="ask")
STOP = button("Stop it", "stop_reminders")
ELSEWHERE = button("Other time zone", "set_reminder", move="zone")


def tell_reminder(turn: Turn, outcome: Payload) -> list[Event]:
    """Say what became of a wish."""
    return _TELLERS[outcome["kind"]](turn, outcome)


def ask_when(turn: Turn) -> list[Event]:
    """Ask when to remind, with examples; what waits already is said first."""
    known = turn.parts.reminders.look(turn.learner_id)
    offers = [button(str(text), "set_reminder", wish=str(text)) for text in reminder_words()["suggested"]]
    if known["waiting"]:
        ways = [*offers, STOP, *way_back(turn)]
        turn.say("utter_reminder_when_set", ways, when=_list_waiting(known), zone=place_in_words(known["zone"]))
    else:
        turn.say("utter_reminder_when", [*offers, *way_back(turn)], zone=place_in_words(known["zone"]))
    return _asked_slots(turn, "reminder")


def ask_where(turn: Turn) -> list[Event]:
    """Ask where the person is."""
    known = turn.parts.reminders.look(turn.learner_id)
    turn.say("utter_reminder_where", way_back(turn), zone=place_in_words(known["zone"]), clock=_clock(known))
    return _asked_slots(turn, "reminder_zone")


def _asked_slots(turn: Turn, kind: str) -> list[Event]:
    """Let the next text be the answer, unless a question about the person's own work is open: that one stays."""
    if is_at_own_work(turn):
        return []
    is_asked = turn.slot("step") == "interview"
    before = turn.slot("step_before") if is_asked else turn.slot("step")
    return [SlotSet("step", "interview"), SlotSet("interview", kind), SlotSet("step_before", before)]


def back_slots(turn: Turn) -> list[Event]:
    """Stand again where the person stood before they were asked about a reminder; nothing when they were not."""
    if turn.slot("step") != "interview" or is_at_own_work(turn):
        return []
    return [
        SlotSet("step", turn.slot("step_before") or "none"),
        SlotSet("interview", None),
        SlotSet("step_before", None),
    ]


def _tell_set(turn: Turn, outcome: Payload) -> list[Event]:
    events = turn.follow(back_slots(turn))
    own = next(one for one in outcome["waiting"] if one["wish"] == outcome["wish"])
    others = [one for one in outcome["waiting"] if one is not own]
    response = "utter_reminder_set_quiet" if outcome["is_quiet"] else "utter_reminder_set"
    turn.say(
        "utter_reminder_moved" if outcome["is_moved"] else response,
        when=when_in_words(own, outcome["now"]),
        zone=place_in_words(outcome["zone"]),
    )
    ways = [*way_back(turn), CHANGE, STOP, ELSEWHERE]
    if others:
        turn.say("utter_reminder_other", ways, when=when_in_words(others[0], outcome["now"]))
    else:
        turn.say("utter_reminder_comes_here" if turn.channel != "web" else "utter_reminder_waits", ways)
    return events


def _tell_zone(turn: Turn, outcome: Payload) -> list[Event]:
    events = turn.follow(back_slots(turn))
    remind: list[Button] = [CHANGE, STOP] if outcome["waiting"] else [button("Remind me", "set_reminder")]
    turn.say(
        "utter_time_zone_set_waiting" if outcome["waiting"] else "utter_time_zone_set",
        [*way_back(turn), *remind, ELSEWHERE],
        zone=place_in_words(outcome["zone"]),
        clock=_clock(outcome),
        when=_list_waiting(outcome),
    )
    return events


def _tell_stopped(turn: Turn, outcome: Payload) -> list[Event]:
    events = turn.follow(back_slots(turn))
    response = "utter_reminders_stopped" if outcome["count"] else "utter_reminders_none"
    turn.say(response, [*way_back(turn), button("Set a reminder", "set_reminder")])
    return events


def tell_left(turn: Turn) -> list[Event]:
    """Say that no reminder is set, and lead back."""
    events = turn.follow(back_slots(turn))
    turn.say("utter_reminder_left", [*way_back(turn), button("What can you do?", "ask_help")])
    return events


def _list_waiting(outcome: Payload) -> str:
    return ", and ".join(when_in_words(one, outcome["now"]) for one in outcome["waiting"])


def _clock(outcome: Payload) -> str:
    return f"{datetime.fromisoformat(outcome['now']):%H:%M}"


def _tell_unclear(turn: Turn, outcome: Payload) -> list[Event]:
    return ask_when(turn)


_TELLERS = {
    "reminder_set": _tell_set,
    "reminder_unclear": _tell_unclear,
    "reminder_zone_set": _tell_zone,
    "reminders_stopped": _tell_stopped,
}
