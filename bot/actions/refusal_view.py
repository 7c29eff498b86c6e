"""Telling what is not answered: a false premise, another language, what the course does not cover, an unclear wish."""

from __future__ import annotations

from rasa_sdk.events import SlotSet

from bot.actions.answer_view import OFFERED_TOPICS, TOPICS_TO_TRY, told_slots, topic_buttons, way_back
from bot.actions.turn import Button, Event, Turn, button
from knowledge.answering import Finding
from knowledge.model import Correction

RESPONSE_OF_REFUSAL = {
    "personal": "utter_refuse_personal",
    "distress": "utter_distress",
    "inject": "utter_refuse_inject",
    "off": "utter_refuse_off",
    "noise": "utter_refuse_noise",
    "rude": "utter_refuse_rude",
}
UNCLEAR_AT_LEAST = 0.15  # a command that is so likely is worth asking about
COMMANDS_OFFERED = 2
TITLE_OF_COMMAND = {
    "start_course": "Take a lesson",
    "choose_lesson": "Choose a lesson",
    "continue_lesson": "Next step",
    "previous_card": "One step back",
    "repeat_card": "Show me where I am",
    "start_quiz": "Test me",
    "ask_hint": "A hint",
    "ask_progress": "My progress",
    "start_repetition": "Practise again",
    "show_notes": "My notes",
    "get_certificate": "My certificate",
    "start_roadmap": "Plan my own project",
    "show_plan": "My plan",
    "export_plan": "My plan as a document",
    "compare_setting": "Compare my service",
    "set_reminder": "Remind me",
    "stop_reminders": "No more reminders",
    "link_channel": "Go on on another device",
    "ask_privacy": "What you store about me",
    "export_my_data": "Give me my data",
    "delete_my_data": "Delete my data",
    "contact_team": "Talk to the course team",
    "ask_sources": "Where that comes from",
    "ask_more": "Tell me more",
    "ask_simpler": "Say it simpler",
    "ask_example": "An example",
    "ask_help": "What can you do?",
}


def tell_refusal(turn: Turn, finding: Finding) -> list[Event]:
    """Tell why there is no answer, kindly, with something to go on with."""
    if finding.correction:
        return _tell_correction(turn, finding.correction)
    if finding.language:
        sentence = turn.parts.knowledge.languages.get(finding.language, "")
        turn.say("utter_other_language", [*way_back(turn), *_to_try(turn)], sentence=sentence)
        return told_slots(None, "")
    if unclear := _unclear_commands(turn):
        turn.say("utter_unclear", [*unclear, *_near(turn, finding)[:1], *way_back(turn)])
        return []
    if response := RESPONSE_OF_REFUSAL.get(finding.refusal):
        help_buttons = [] if finding.refusal == "distress" else [button("What can you do?", "ask_help")]
        turn.say(response, [*way_back(turn), *help_buttons])
        return told_slots(None, "")
    return _tell_not_covered(turn, finding)


def _tell_correction(turn: Turn, correction: Correction) -> list[Event]:
    buttons = [*topic_buttons(turn, correction.topics), *way_back(turn)]
    turn.say("utter_correction", buttons, sources=correction.text.sources, correction=correction.text.text)
    return [*told_slots(None, ""), SlotSet("last_question", None)]


def _tell_not_covered(turn: Turn, finding: Finding) -> list[Event]:
    """Say that the course does not cover a question, or not yet, and what it does cover nearby."""
    buttons = [*_near(turn, finding), *way_back(turn), button("What can you do?", "ask_help")]
    planned = finding.decision.planned
    if planned:
        turn.say("utter_topic_coming", buttons, topic=turn.parts.knowledge.course.topics[planned].title)
    else:
        turn.say("utter_not_covered", buttons)
    return told_slots(None, "")


def _near(turn: Turn, finding: Finding) -> list[Button]:
    near = topic_buttons(turn, (one.topic for one in finding.ranked))
    return (near or _to_try(turn))[:OFFERED_TOPICS]


def _to_try(turn: Turn) -> list[Button]:
    return topic_buttons(turn, TOPICS_TO_TRY)


def _unclear_commands(turn: Turn) -> list[Button]:
    """Make buttons for the commands that a text may have meant, when they are likelier than questions."""
    if turn.intent != "nlu_fallback":
        return []
    likely = [(name, share) for name, share in turn.intent_ranking if share >= UNCLEAR_AT_LEAST]
    wanted = [name for name, _ in likely if name in TITLE_OF_COMMAND][:COMMANDS_OFFERED]
    is_command = bool(likely) and likely[0][0] in TITLE_OF_COMMAND
    return [button(TITLE_OF_COMMAND[name], name) for name in wanted] if is_command else []
