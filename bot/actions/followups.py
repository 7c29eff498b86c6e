"""After an answer or a card: more, simpler, an example, the sources; and whether it helped."""

from __future__ import annotations

from bot.actions.answer_view import tell_entry, topic_buttons, way_back
from bot.actions.turn import Event, Turn, TutorAction, button
from knowledge.model import Card
from learning.store import Payload, Records
from learning.walk import step_at


class ActionTellMore(TutorAction):
    """Go deeper into what was said last."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_tell_more"

    def tell(self, turn: Turn) -> list[Event]:
        """Tell more."""
        return _tell_last(turn, "more")


class ActionTellSimpler(TutorAction):
    """Say it in simpler words."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_tell_simpler"

    def tell(self, turn: Turn) -> list[Event]:
        """Tell it simpler."""
        return _tell_last(turn, "simpler")


class ActionTellExample(TutorAction):
    """Give an example from a pilot."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_tell_example"

    def tell(self, turn: Turn) -> list[Event]:
        """Give it."""
        return _tell_last(turn, "example")


def _tell_last(turn: Turn, length: str) -> list[Event]:
    entry = turn.parts.answerer.entry(turn.slot("last_topic_id") or "")
    if entry:
        return tell_entry(turn, entry, length)
    found = turn.parts.walk.where(turn.learner_id)
    if not found:
        turn.say("utter_about_what", [button("What can you do?", "ask_help")])
        return []
    lesson, _ = found
    turn.say("utter_more_on_lesson", [*way_back(turn), *topic_buttons(turn, lesson.topics)], lesson=lesson.title)
    return []


class ActionTellSources(TutorAction):
    """Say where the last answer or card comes from."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_tell_sources"

    def tell(self, turn: Turn) -> list[Event]:
        """Name the sources."""
        entry = turn.parts.answerer.entry(turn.slot("last_topic_id") or "")
        keys = entry.sources if entry else _card_sources(turn)
        if keys:
            cited = turn.parts.knowledge.cited(keys)
            titles = "\n".join(f"- [{one.title}]({one.url}), {one.author} {one.year}".rstrip() for one in cited)
            turn.say("utter_sources", way_back(turn), titles=titles)
        else:
            turn.say("utter_sources_in_general", way_back(turn))
        return []


def _card_sources(turn: Turn) -> tuple[str, ...]:
    found = turn.parts.walk.where(turn.learner_id)
    step = step_at(*found) if found else None
    if step is None:
        return ()
    return step.body.sources if isinstance(step, Card) else step.stem.sources


def _rated_topic(turn: Turn) -> str | None:
    named = turn.entity("topic_id")
    topic = turn.slot("last_topic_id") if named is None else named
    return topic if topic in turn.parts.knowledge.course.topics else None


class ActionRate(TutorAction):
    """Keep whether the last answer helped."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_rate"

    def tell(self, turn: Turn) -> list[Event]:
        """Keep it, and say thanks; a button names the answer it stands under, what is typed is about the last one."""
        topic, is_helpful = _rated_topic(turn), turn.intent == "rate_helpful"
        if not topic and not is_helpful:
            turn.say("utter_ask_me", way_back(turn) or [button("What can you do?", "ask_help")])
            return []

        def work(records: Records) -> Payload:
            if topic:
                records.add_rating(topic, is_helpful=is_helpful)
            return {"kind": "rated"}

        turn.parts.store.once(turn.learner_id, turn.message_id, work)
        turn.say(
            "utter_glad" if is_helpful else "utter_sorry", way_back(turn) or [button("What can you do?", "ask_help")]
        )
        return []
