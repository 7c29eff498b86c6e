"""What is typed while a question about the person's own work is open: an answer to it, another question, a command."""

from __future__ import annotations

from bot.actions.compare_view import tell_compare, tell_compare_help
from bot.actions.plan_place import interview_slots, left_slots
from bot.actions.plan_view import tell_name_waits, tell_plan, tell_waiting
from bot.actions.questions import answer_question, tell_again
from bot.actions.refusal_view import tell_distress
from bot.actions.reminders import listen_reminder
from bot.actions.rules import NO_COMMANDS, obey
from bot.actions.turn import Event, Turn, TutorAction
from bot.actions.unclear import is_noise, means_nothing
from learning.slips import is_slip
from learning.typed_answer import is_confirmation
from learning.typed_reply import SURE_AT_LEAST, Reply, is_only, read_reply

ABOUT_THE_ANSWER = ("ask_more", "ask_simpler", "ask_example")  # of the question, unless another was answered just now
DISTRESS_INTENT = "tell_distress"
LEAVES_NAME = ("skip_step", "previous_card", "repeat_card")
SLIP_LEAST_CHARS = 4  # a shorter name may be an abbreviation
NAME_COMMANDS = frozenset("cancel stop back skip no nothing later help never mind forget it please thanks quit".split())


class ActionTakeAnswer(TutorAction):
    """Take what is typed as the open question wants it; nobody is trapped, and buttons are always obeyed."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_take_answer"

    def tell(self, turn: Turn) -> list[Event]:
        """Keep the answer, or do what was asked for instead."""
        if turn.is_button:
            return obey(turn)
        told = tell_again(turn)
        if told is not None:
            return told
        if turn.intent == DISTRESS_INTENT:
            return _listen_to_distress(turn)
        return _LISTENERS.get(turn.slot("interview"), answer_question)(turn)


def _read(turn: Turn) -> Reply:
    is_description = turn.intent in ("start_roadmap", "compare_setting")  # "we want to redesign our home care with ..."
    sure = 0.0 if is_description else dict(turn.intent_ranking).get(turn.intent, 1.0)
    return read_reply(turn.text, is_command=turn.intent not in NO_COMMANDS, confidence=sure)


def _listen_plan(turn: Turn) -> list[Event]:
    reply = _read(turn)
    if reply == "command":
        return _move_in_plan(turn)
    if reply == "question":
        return answer_question(turn)
    if reply == "unsure" or is_noise(turn):
        return tell_waiting(turn, turn.parts.plan.begin(turn.learner_id, turn.message_id))
    return tell_plan(turn, turn.parts.plan.answer(turn.learner_id, turn.message_id, turn.text))


def _listen_to_distress(turn: Turn) -> list[Event]:
    """Point to people who can help. What answers a question of the plan is kept; thanks would be the wrong answer."""
    if turn.slot("interview") != "plan" or _read(turn) != "answer":  # a few words are none: "i want to hurt myself"
        return tell_distress(turn)
    turn.parts.plan.answer(turn.learner_id, turn.message_id, turn.text)
    return [*interview_slots("plan"), *tell_distress(turn)]


def _move_in_plan(turn: Turn) -> list[Event]:
    walk, names = turn.parts.plan, (turn.learner_id, turn.message_id)
    is_detour = bool(turn.slot("last_topic_id"))
    if turn.intent in ("skip_step", "continue_lesson"):
        return tell_plan(turn, walk.begin(*names) if is_detour else walk.skip(*names))
    if turn.intent == "previous_card":
        return tell_plan(turn, walk.begin(*names) if is_detour else walk.go_back(*names))
    if turn.intent == "repeat_card":
        return tell_plan(turn, walk.begin(*names))
    if turn.intent in ("ask_hint", "ask_help") or (turn.intent in ABOUT_THE_ANSWER and not is_detour):
        part = "example" if turn.intent == "ask_example" else "help"
        return tell_plan(turn, walk.look_up(*names, part))
    if turn.intent in ("affirm", "deny"):
        return tell_waiting(turn, walk.begin(*names))
    return _leave(turn)


def _listen_compare(turn: Turn) -> list[Event]:
    walk, names = turn.parts.compare, (turn.learner_id, turn.message_id)
    values = walk.meant(turn.learner_id, turn.text)
    reply = _read(turn)
    if values and not (reply == "command" and _is_sure_command(turn)):
        return tell_compare(turn, walk.answer(*names, values))
    is_yes = turn.intent == "affirm" or is_confirmation(turn.text)
    if turn.intent == "continue_lesson" or (is_yes and walk.has_marked(turn.learner_id)):
        return tell_compare(turn, walk.go_on(*names))
    if is_yes:  # to what? nothing is marked, and the question does not pass by chance
        return tell_compare_help(turn, walk.begin(*names), "utter_compare_which")
    if reply == "command":
        return _move_in_comparison(turn)
    if reply == "question":
        return answer_question(turn)
    return tell_compare_help(turn, walk.begin(*names), "utter_compare_which")


def _is_sure_command(turn: Turn) -> bool:
    """Tell a command that is so sure that words which also stand on a button do not count ("show my plan")."""
    if turn.intent != "set_reminder" and any(char.isdecimal() for char in turn.text):
        return False  # "about 20" sounds like asking for progress
    return turn.intent not in ("affirm", "deny") and dict(turn.intent_ranking).get(turn.intent, 0.0) >= SURE_AT_LEAST


def _move_in_comparison(turn: Turn) -> list[Event]:
    walk, names = turn.parts.compare, (turn.learner_id, turn.message_id)
    is_detour = bool(turn.slot("last_topic_id"))
    if turn.intent in ("skip_step", "deny"):
        return tell_compare(turn, walk.go_on(*names, is_skipped=True))
    if turn.intent == "previous_card":
        return tell_compare(turn, walk.begin(*names) if is_detour else walk.go_back(*names))
    if turn.intent == "repeat_card":
        return tell_compare(turn, walk.begin(*names))
    if turn.intent in ("ask_hint", "ask_help") or (turn.intent in ABOUT_THE_ANSWER and not is_detour):
        return tell_compare_help(turn, walk.begin(*names), "utter_compare_help")
    return _leave(turn)


def _leave(turn: Turn) -> list[Event]:
    """Do what was asked for; after a goodbye nothing that is typed counts as an answer any more."""
    events = obey(turn)
    return [*events, *left_slots()] if turn.intent == "goodbye" else events


def _listen_name(turn: Turn) -> list[Event]:
    walk, names, name = turn.parts.plan, (turn.learner_id, turn.message_id), " ".join(turn.text.split())
    is_left = turn.intent in LEAVES_NAME and dict(turn.intent_ranking).get(turn.intent, 1.0) >= SURE_AT_LEAST
    if is_left or is_only(name, NAME_COMMANDS):
        return tell_plan(turn, walk.begin(*names))
    is_slipped = is_slip(name) and len(name) >= SLIP_LEAST_CHARS and not name.isupper() and means_nothing(turn)
    if is_slipped or not any(char.isalnum() for char in name):
        return tell_name_waits(turn)
    reply = _read(turn)
    if reply == "question":
        return answer_question(turn)
    if reply == "command" and turn.intent not in ("start_roadmap", "compare_setting"):
        return _leave(turn)
    change = walk.make_project if turn.slot("interview") == "new_project" else walk.rename
    return tell_plan(turn, change(*names, name))


_LISTENERS = {
    "plan": _listen_plan,
    "compare": _listen_compare,
    "new_project": _listen_name,
    "rename": _listen_name,
    "reminder": listen_reminder,
    "reminder_zone": listen_reminder,
}
