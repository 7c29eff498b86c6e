"""Practising again what was missed: beginning a sitting, going on with it, stopping."""

from __future__ import annotations

from bot.actions.answer_view import way_back
from bot.actions.lesson_view import tell_outcome
from bot.actions.turn import Event, Turn, TutorAction
from learning.stopping import is_stop


class ActionStartRepetition(TutorAction):
    """Ask again what is due, or go on with the sitting that was begun today."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_start_repetition"

    def tell(self, turn: Turn) -> list[Event]:
        """Begin, go on, or say when the next question comes; "stop practising" is taken by its words."""
        if is_stop(turn.text) and turn.parts.repeating.is_practising(turn.learner_id):
            return tell_outcome(turn, turn.parts.repeating.stop(turn.learner_id, turn.message_id))
        return tell_outcome(turn, turn.parts.repeating.start(turn.learner_id, turn.message_id))


class ActionStopRepetition(TutorAction):
    """Leave a sitting; what is due stays due."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_stop_repetition"

    def tell(self, turn: Turn) -> list[Event]:
        """Stop."""
        return tell_outcome(turn, turn.parts.repeating.stop(turn.learner_id, turn.message_id))


class ActionGoodbye(TutorAction):
    """Say goodbye; "stop" in the middle of a sitting ends it and tells what it came to."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_goodbye"

    def tell(self, turn: Turn) -> list[Event]:
        """End the sitting, or say goodbye and keep the place."""
        is_at_plan = turn.slot("step") == "interview"
        if not is_at_plan and is_stop(turn.text) and turn.parts.repeating.is_practising(turn.learner_id):
            return tell_outcome(turn, turn.parts.repeating.stop(turn.learner_id, turn.message_id))
        turn.say("utter_goodbye", way_back(turn))
        return []
