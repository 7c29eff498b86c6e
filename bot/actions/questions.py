"""Free text: an answer to the open item, a reflection, or a question to the knowledge base."""

from __future__ import annotations

import re

from rasa_sdk.events import SlotSet

from bot.actions.answer_view import tell_choice, tell_definition, tell_entry, tell_facet, way_back
from bot.actions.compare_view import tell_compare
from bot.actions.item_view import BACK, NEXT
from bot.actions.lesson_place import place_slots
from bot.actions.lesson_view import tell_outcome
from bot.actions.notebook import take_note_wish
from bot.actions.notebook_view import leave_note, tell_note_outcome
from bot.actions.plan_view import tell_plan
from bot.actions.refusal_view import is_distress, tell_distress, tell_refusal
from bot.actions.reminder_view import tell_reminder
from bot.actions.turn import Event, Turn, TutorAction, button
from bot.actions.unclear import is_noise, unclear_commands
from knowledge.answering import Before, Finding
from knowledge.lesson_search import find_titled_lesson
from knowledge.model import Term
from learning.stopping import is_stop
from learning.store import Payload, Records
from learning.time_zones import says_where
from learning.typed_answer import is_position

NOTE_LIMIT_CHARS = 4_000
REMARK_LIMIT_WORDS = 4
WISH_LIMIT_WORDS = 6
WISH_AT_LEAST = 0.6
WISH_AT_ITEM_AT_LEAST = 0.3
LAST_QUESTION_CHARS = 500
_ASKS = re.compile(
    r"^\W*(what|who|whom|whose|why|how|when|where|which|is|are|was|were|do|does|did"
    r"|can|could|should|would|will|explain|tell me)\b",
    re.I,
)


class ActionAnswerQuestion(TutorAction):
    """Respond to free text."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_answer_question"

    def tell(self, turn: Turn) -> list[Event]:
        """Respond."""
        return respond_to_text(turn)


class ActionTellTopic(TutorAction):
    """Tell about the topic that a button named."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_tell_topic"

    def tell(self, turn: Turn) -> list[Event]:
        """Tell its answer; ask for words when the button names none."""
        topic = turn.entity("topic_id") or ""
        entry = turn.parts.answerer.entry(topic)
        if entry:
            return [*tell_entry(turn, entry), SlotSet("last_question", entry.title)]
        turn.say("utter_ask_me", [button("What can you do?", "ask_help")])
        return []


def respond_to_text(turn: Turn) -> list[Event]:
    """Respond to what was typed; a pressed button never comes here."""
    if not any(char.isalnum() for char in turn.text):
        turn.say("utter_ask_me", [*way_back(turn), button("What can you do?", "ask_help")])
        return []
    told = tell_again(turn)
    if told is not None:
        return told
    for respond in (_respond_at_note, _respond_at_step, _respond_to_place):
        events = respond(turn)
        if events is not None:
            return events
    return answer_question(turn)


def _respond_at_note(turn: Turn) -> list[Event] | None:
    """Take a text as the new wording of the note that is being changed, or as a wish about the note that is open."""
    if (changed := take_new_wording(turn)) is not None:
        return changed
    return take_note_wish(turn)


def take_new_wording(turn: Turn) -> list[Event] | None:
    """Take a text as the new wording of a note, when it was asked for."""
    note_id = str(turn.slot("note_id") or "")
    is_asked = note_id.isdecimal() and turn.slot("step") == "note_edit"
    if not is_asked or _is_question(turn.text) or _is_likely_command(turn):
        return None
    if is_noise(turn):
        turn.say("utter_note_waits", leave_note(turn, note_id))
        return [SlotSet("step", "note_edit")]
    text = turn.text[:NOTE_LIMIT_CHARS]
    return _tell_changed(turn, turn.parts.notebook.change(turn.learner_id, turn.message_id, int(note_id), text))


def take_reflection(turn: Turn) -> list[Event] | None:
    """Take a text as a reflection, when one was asked for; a question is none."""
    if turn.slot("step") != "reflect" or _is_question(turn.text) or _is_likely_command(turn):
        return None
    if is_noise(turn):
        turn.say("utter_reflection_waits", [NEXT, BACK])
        return []
    text = turn.text[:NOTE_LIMIT_CHARS]
    return _tell_noted(turn, turn.parts.walk.keep_note(turn.learner_id, turn.message_id, text))


def _respond_at_step(turn: Turn) -> list[Event] | None:
    """Take a text as what was asked for at the person's step, if it is that."""
    if sureness := turn.parts.walk.meant_sureness(turn.learner_id, turn.text):
        return tell_outcome(turn, turn.parts.walk.say_sure(turn.learner_id, turn.message_id, sureness))
    if is_stop(turn.text) and turn.parts.repeating.is_practising(turn.learner_id):
        return tell_outcome(turn, turn.parts.repeating.stop(turn.learner_id, turn.message_id))
    meant = turn.parts.walk.meant(turn.learner_id, turn.text)
    if meant is not None:
        return tell_outcome(turn, turn.parts.walk.answer(turn.learner_id, turn.message_id, meant))
    if turn.intent == "answer_item" and is_position(turn.text):
        return tell_outcome(turn, turn.parts.walk.hint(turn.learner_id, turn.message_id))
    return take_reflection(turn)


def _respond_to_place(turn: Turn) -> list[Event] | None:
    """Take "I'm in Madrid" as the clock that the person lives by."""
    now, _ = turn.parts.reminders.here(turn.learner_id)
    zone = says_where(turn.text, now)
    return tell_reminder(turn, turn.parts.reminders.set_zone(turn.learner_id, turn.message_id, zone)) if zone else None


def tell_again(turn: Turn) -> list[Event] | None:
    """Tell what a message gave when it came before, as after a crash: its lesson or plan has moved since.

    Returns:
        None when it is new, or was a question, which moves nothing.
    """
    before = turn.parts.store.outcome_of(turn.learner_id, turn.message_id) or {}
    kind = str(before.get("kind", ""))
    if kind.startswith("plan_"):
        return tell_plan(turn, before)
    if kind.startswith("compare_"):
        return tell_compare(turn, before)
    if kind == "noted":
        return _tell_noted(turn, before)
    if "note_id" in before:
        return _tell_changed(turn, before)
    return tell_outcome(turn, before) if "lesson_id" in before else None


def _tell_changed(turn: Turn, outcome: Payload) -> list[Event]:
    """Say that a note has new words; not where they tell of danger or despair."""
    if outcome["kind"] == "note_changed" and is_distress(turn):
        return [SlotSet("step", "none"), *tell_distress(turn)]
    return tell_note_outcome(turn, outcome)


def _tell_noted(turn: Turn, outcome: Payload) -> list[Event]:
    """Say that a reflection is kept. To one that tells of danger or despair, thanks would be the wrong answer."""
    if outcome["kind"] == "noted" and is_distress(turn):
        lesson = turn.parts.knowledge.lessons[outcome["lesson_id"]]
        return [*place_slots(lesson, "card"), *tell_distress(turn)]
    return tell_outcome(turn, outcome)


def _is_likely_command(turn: Turn) -> bool:
    """Tell a few words that are more likely a wish than a thought to keep."""
    return len(turn.text.split()) <= WISH_LIMIT_WORDS and bool(unclear_commands(turn, WISH_AT_LEAST))


def _is_remark(text: str) -> bool:
    """Tell a few words that are no question, most likely meant as an answer to the open item."""
    return len(text.split()) <= REMARK_LIMIT_WORDS and not _is_question(text)


def _is_question(text: str) -> bool:
    return text.rstrip().endswith("?") or bool(_ASKS.match(text))


def answer_question(turn: Turn) -> list[Event]:
    """Answer a text as a question, whatever is open."""
    if lesson_id := find_titled_lesson(turn.parts.knowledge, turn.text):
        return tell_outcome(turn, turn.parts.walk.begin(turn.learner_id, turn.message_id, lesson_id))
    finding = turn.parts.answerer.ask(turn.text, _before(turn))
    is_refused = finding.decision.kind == "abstain"
    if is_refused and turn.slot("step") == "item" and _is_remark(turn.text) and not _means_more(turn, finding):
        return tell_outcome(turn, turn.parts.walk.go_on(turn.learner_id, turn.message_id))
    _keep(turn, finding)
    term = turn.parts.answerer.define(turn.text) if turn.intent == "define_term" else None
    asked = [] if is_refused else [SlotSet("last_question", turn.text[:LAST_QUESTION_CHARS])]
    return [*_tell(turn, finding, term), *asked]


def _means_more(turn: Turn, finding: Finding) -> bool:
    """Tell whether a remark at an open item is a wish or a cry for help, and no attempt at an answer."""
    return is_distress(turn, finding) or bool(finding.language) or bool(unclear_commands(turn, WISH_AT_ITEM_AT_LEAST))


def _before(turn: Turn) -> Before | None:
    """Return what came before, when an answer was told to a question."""
    question, topic = turn.slot("last_question"), turn.slot("last_topic_id")
    return Before(question or "", topic, turn.slot("last_facet") or "") if topic else None


def _tell(turn: Turn, finding: Finding, term: Term | None) -> list[Event]:
    decision = finding.decision
    if is_distress(turn, finding):
        return tell_distress(turn)
    if term and (decision.kind != "answer" or decision.topics[0] != term.topic):
        return tell_definition(turn, term)
    if decision.kind == "choose":
        return tell_choice(turn, finding)
    if decision.kind == "abstain":
        return tell_refusal(turn, finding)
    entry = turn.parts.knowledge.entries[decision.topics[0]]
    if finding.facet:
        return tell_facet(turn, entry, finding.facet)
    section = _section(turn, finding)
    return tell_entry(turn, entry, section, is_doubtful=decision.is_doubtful and section == "answer")


def _section(turn: Turn, finding: Finding) -> str:
    """Choose the section of an entry: a follow-up on what was told just now is not told the same again."""
    is_same = finding.is_follow_up and turn.slot("last_topic_id") == finding.decision.topics[0]
    return "more" if is_same and turn.slot("last_section") == "answer" else "answer"


def _keep(turn: Turn, finding: Finding) -> None:
    decision = finding.decision

    def work(records: Records) -> Payload:
        records.add_question(turn.text, decision.kind, decision.topics, decision.score)
        return {"kind": "asked"}

    turn.parts.store.once(turn.learner_id, turn.message_id, work)
