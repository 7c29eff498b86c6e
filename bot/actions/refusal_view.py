"""Telling what is not answered: a false premise, another language, what the course does not cover, an unclear wish."""

from __future__ import annotations

from rasa_sdk.events import SlotSet

from bot.actions.answer_view import OFFERED_TOPICS, TOPICS_TO_TRY, told_slots, topic_buttons, way_back
from bot.actions.turn import Button, Event, Turn, button
from bot.actions.unclear import LIKELY_AT_LEAST, UNCLEAR_AT_LEAST, is_talk, unclear_commands
from knowledge.answering import Finding
from knowledge.context import asks_whether_it_holds
from knowledge.model import Correction

RESPONSE_OF_REFUSAL = {
    "personal": "utter_refuse_personal",
    "distress": "utter_refuse_personal",  # near to the examples of distress, while their own model sees none
    "inject": "utter_refuse_inject",
    "off": "utter_refuse_off",
    "noise": "utter_refuse_noise",
    "rude": "utter_refuse_rude",
}
CLEAR_KINDS = ("inject", "personal")  # seldom like a command that was only mistyped
GRAVE_KINDS = ("distress", "personal")


def is_distress(turn: Turn, finding: Finding | None = None) -> bool:
    """Tell whether somebody seems to be in danger or despair: then nothing else matters."""
    return stops_tutoring(turn.distress, finding)


def stops_tutoring(level: str, finding: Finding | None) -> bool:
    """Tell whether a level of distress stops tutoring: where it is sure, and where it is likely and all else agrees.

    All else agrees where the course covers nothing of it, and the nearest example that it does not cover is about
    somebody's own life.
    """
    if level != "likely" or finding is None:
        return level == "sure"
    is_refused = finding.decision.kind == "abstain" and not finding.language and not finding.correction
    return is_refused and finding.refusal in GRAVE_KINDS


def tell_distress(turn: Turn) -> list[Event]:
    """Point to people who can help, and stop tutoring: no button leads on."""
    turn.say("utter_distress")
    return told_slots(None, "")


def tell_refusal(turn: Turn, finding: Finding) -> list[Event]:
    """Tell why there is no answer, kindly, with something to go on with."""
    if finding.correction:
        return _tell_correction(turn, finding.correction)
    if finding.language:
        sentence = turn.parts.knowledge.languages.get(finding.language, "")
        turn.say("utter_other_language", [*way_back(turn), *_to_try(turn)], sentence=sentence)
    elif unclear := unclear_commands(turn, LIKELY_AT_LEAST if finding.refusal in CLEAR_KINDS else UNCLEAR_AT_LEAST):
        turn.say("utter_unclear", [*unclear, *_near(turn, finding)[:1], *way_back(turn)])
    elif is_talk(turn):
        turn.say("utter_ask_me", [*way_back(turn), button("What can you do?", "ask_help")])
    elif response := _response_of(turn, finding):
        turn.say(response, [*way_back(turn), button("What can you do?", "ask_help")])
    else:
        _tell_not_covered(turn, finding)
    return [SlotSet("last_section", "")]  # what was told before can still be asked about, but it was not told just now


def _response_of(turn: Turn, finding: Finding) -> str | None:
    """Choose how to say no; "is that true for prisons too?" has grave words, but asks about what was told."""
    if finding.refusal == "personal" and asks_whether_it_holds(turn.text):
        return None
    return RESPONSE_OF_REFUSAL.get(finding.refusal)


def _tell_correction(turn: Turn, correction: Correction) -> list[Event]:
    """Say what is true; a question after it is about that, and no more about what is false."""
    buttons = [*topic_buttons(turn, correction.topics), *way_back(turn)]
    turn.say("utter_correction", buttons, sources=correction.text.sources, correction=correction.text.text)
    topic = next(iter(correction.topics), None)
    title = turn.parts.knowledge.course.topics[topic].title if topic else None
    return [*told_slots(topic, ""), SlotSet("last_question", title)]


def _tell_not_covered(turn: Turn, finding: Finding) -> None:
    """Say that the course does not cover a question, or not yet, and what it does cover nearby."""
    buttons = [*_near(turn, finding), *way_back(turn), button("What can you do?", "ask_help")]
    planned = finding.decision.planned
    if planned:
        turn.say("utter_topic_coming", buttons, topic=turn.parts.knowledge.course.topics[planned].title)
    else:
        turn.say("utter_not_covered", buttons)


def _near(turn: Turn, finding: Finding) -> list[Button]:
    near = topic_buttons(turn, (one.topic for one in finding.ranked))
    return (near or _to_try(turn))[:OFFERED_TOPICS]


def _to_try(turn: Turn) -> list[Button]:
    return topic_buttons(turn, TOPICS_TO_TRY)
