"""Reminders: set by words or a button, changed, stopped; and where the person is, by whose clock they count."""

from __future__ import annotations

import re

from bot.actions.questions import respond_to_text
from bot.actions.refusal_view import is_distress, tell_distress
from bot.actions.reminder_view import ask_when, ask_where, back_slots, tell_left, tell_reminder
from bot.actions.rules import NO_COMMANDS, obey
from bot.actions.turn import Event, Turn, TutorAction, button
from learning.reminder_store import from_payload
from learning.reminder_words import is_change, read_wish
from learning.reminders import Wish
from learning.store import Payload
from learning.time_zones import find_zone
from learning.typed_reply import is_only, is_question

LEAVES = frozenset("no not now never mind nothing cancel leave it stop skip none forget later thanks back".split())
GOES_ON = ("skip_step", "previous_card", "continue_lesson", "goodbye")  # whoever goes on has left the reminder
_ASKS_THE_TIME = re.compile(r"^\W*(?:what(?:'?s| is)?|which|how late|do you know)\b(?!.*remind)", re.I)


class ActionSetReminder(TutorAction):
    """Set a reminder, or ask when it should come; keep where the person is."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_set_reminder"

    def tell(self, turn: Turn) -> list[Event]:
        """Set what is asked for in words, or what the button says."""
        if turn.entity("move") == "zone":
            return ask_where(turn)
        if turn.entity("move") == "ask":
            return ask_when(turn)
        if _ASKS_THE_TIME.search(turn.text):  # "what time is it in Rome" says nothing of the person
            return respond_to_text(turn)
        outcome = _take(turn, turn.entity("wish") or turn.text)
        return tell_reminder(turn, outcome) if outcome else ask_when(turn)


class ActionStopReminders(TutorAction):
    """Stop all reminders."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_stop_reminders"

    def tell(self, turn: Turn) -> list[Event]:
        """Stop them."""
        return tell_reminder(turn, turn.parts.reminders.stop(turn.learner_id, turn.message_id))


def _take(turn: Turn, text: str, *, is_asked: bool = False) -> Payload | None:
    """Do what a text says about when and where; None when it says neither."""
    reminders = turn.parts.reminders
    now, zone = reminders.here(turn.learner_id)
    named, rest = find_zone(text, now, is_asked=is_asked) or (None, text)
    is_when_asked = turn.slot("step") == "interview" and turn.slot("interview") == "reminder"
    known = _known(turn) if is_when_asked or is_change(text) else None
    wish = read_wish(rest, now, named or zone, known)
    if wish:
        return reminders.set(turn.learner_id, turn.message_id, wish, turn.channel, named)
    return reminders.set_zone(turn.learner_id, turn.message_id, named) if named else None


def _known(turn: Turn) -> Wish | None:
    """Return the reminder that a change is about: the only one, or the one that comes again."""
    waiting = [from_payload(one["wish"]) for one in turn.parts.reminders.look(turn.learner_id)["waiting"]]
    return next((wish for wish in waiting if not wish.is_once), waiting[0] if waiting else None)


def listen_reminder(turn: Turn) -> list[Event]:
    """Take what is typed after "when?" or "where are you?" as the answer if it is one; nobody is kept here."""
    is_other = is_question(turn.text) and turn.intent in NO_COMMANDS - {"nlu_fallback", "out_of_scope"}
    is_where = turn.slot("interview") == "reminder_zone"
    if turn.intent == "stop_reminders":
        return obey(turn)
    if is_distress(turn, turn.parts.answerer.ask(turn.text)):  # "I cannot see a tomorrow" sets no reminder
        return [*turn.follow(back_slots(turn)), *tell_distress(turn)]
    outcome = None if is_other else _take(turn, turn.text, is_asked=is_where)
    if outcome is None and not is_where and not is_other:
        outcome = _take_place(turn)
    if outcome:
        return tell_reminder(turn, outcome)
    if turn.intent == "deny" or is_only(turn.text, LEAVES):
        return tell_left(turn)
    if turn.intent in ("set_reminder", "affirm"):
        return ask_where(turn) if is_where else ask_when(turn)
    left = turn.follow(back_slots(turn))
    told = respond_to_text(turn) if turn.intent in NO_COMMANDS else obey(turn)
    if turn.intent in GOES_ON:
        return [*left, *told]
    turn.offer(button("Back to the reminder", "set_reminder", move="zone" if is_where else "ask"))
    return [*left, *told]


def _take_place(turn: Turn) -> Payload | None:
    """Take a place alone, typed where an hour was asked for; an hour alone is never a place there."""
    now, _ = turn.parts.reminders.here(turn.learner_id)
    found = find_zone(turn.text, now, is_asked=True)
    is_place = bool(found) and not any(char.isdigit() for char in turn.text) and len(turn.text.split()) <= 3
    return turn.parts.reminders.set_zone(turn.learner_id, turn.message_id, found[0]) if found and is_place else None
