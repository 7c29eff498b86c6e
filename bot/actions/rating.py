"""Whether an answer helped, and if not, why: kept for the course team, and put right at once where that is possible."""

from __future__ import annotations

from collections.abc import Callable

from bot.actions.answer_view import OFFERED_TOPICS, tell_entry, told_entry, told_slots, topic_buttons, way_back
from bot.actions.turn import Button, Event, Turn, TutorAction, button
from learning.store import Payload, Records

TITLE_OF_REASON = {
    "wrong": "It is wrong",
    "other": "Not what I asked",
    "hard": "Too hard",
    "old": "Out of date",
}
NO_REASON = "none"


class ActionRate(TutorAction):
    """Keep whether the last answer helped."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_rate"

    def tell(self, turn: Turn) -> list[Event]:
        """Keep it; a button names the answer it stands under, what is typed is about the last one."""
        topic, is_helpful = _rated_topic(turn), turn.intent == "rate_helpful"
        if topic:
            _keep(turn, lambda records: records.add_rating(topic, is_helpful=is_helpful))
        if is_helpful:
            turn.say("utter_glad", _ways_on(turn))
        elif topic:
            turn.say("utter_sorry", [*_reason_buttons(topic), *way_back(turn)])
        else:
            turn.say("utter_ask_me", _ways_on(turn))
        return []


def _rated_topic(turn: Turn) -> str | None:
    """Return the answer that is rated: the one named by the button, or the one told last."""
    named, told = turn.entity("topic_id"), told_entry(turn)
    topic = (told.id if told else None) if named is None else named
    return topic if topic in turn.parts.knowledge.course.topics else None


def _reason_buttons(topic: str) -> list[Button]:
    titles = {**TITLE_OF_REASON, NO_REASON: "No reason"}
    return [button(title, "rate_reason", topic_id=topic, reason=reason) for reason, title in titles.items()]


def _ways_on(turn: Turn) -> list[Button]:
    return way_back(turn) or [button("What can you do?", "ask_help")]


def _keep(turn: Turn, add: Callable[[Records], None]) -> None:
    def work(records: Records) -> Payload:
        add(records)
        return {"kind": "rated"}

    turn.parts.store.once(turn.learner_id, turn.message_id, work)


class ActionRateReason(TutorAction):
    """Keep why an answer did not help, and do about it what can be done at once."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_rate_reason"

    def tell(self, turn: Turn) -> list[Event]:
        """Keep the reason; no reason is as good as any."""
        topic, reason = turn.entity("topic_id") or "", turn.entity("reason") or ""
        if topic not in turn.parts.knowledge.entries or reason not in TITLE_OF_REASON:
            turn.say("utter_reason_none", _ways_on(turn))
            return []
        _keep(turn, lambda records: records.add_reason(topic, reason))
        return _respond(turn, topic, reason)


def _respond(turn: Turn, topic: str, reason: str) -> list[Event]:
    """Thank for a reason: who found it too hard is told it simpler, who asked something else may mean what is near."""
    entry = turn.parts.knowledge.entries[topic]
    is_simple = turn.slot("last_topic_id") == topic and turn.slot("last_section") == "simpler"
    if reason == "hard" and entry.simpler and not is_simple:
        turn.say("utter_reason_hard")
        return tell_entry(turn, entry, "simpler")
    if reason == "other":
        turn.say("utter_reason_other", [*topic_buttons(turn, _near(turn, topic))[:OFFERED_TOPICS], *_ways_on(turn)])
        return []
    sources = button("Show the sources", "ask_sources")
    turn.say("utter_reason_noted", [sources, *_ways_on(turn)])
    return told_slots(topic, "answer")


def _near(turn: Turn, topic: str) -> list[str]:
    """Return the topics that the question may have meant instead, or those that the answer leads to."""
    question, told = turn.slot("last_question"), turn.slot("last_topic_id")
    ranked = turn.parts.answerer.ask(question).ranked if question and told == topic else ()
    near = [one.topic for one in ranked if one.topic != topic]
    return near or list(turn.parts.knowledge.entries[topic].next)
