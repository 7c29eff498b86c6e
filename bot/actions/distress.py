"""Danger or despair: tutoring stops, what was written is kept, and people who can help are named."""

from __future__ import annotations

from bot.actions.lesson_view import tell_outcome
from bot.actions.questions import take_new_wording, take_reflection, tell_again
from bot.actions.refusal_view import tell_distress
from bot.actions.turn import Event, Turn, TutorAction


class ActionTellDistress(TutorAction):
    """Point to people who can help; a reflection that tells of danger is kept all the same."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_tell_distress"

    def tell(self, turn: Turn) -> list[Event]:
        """Name them, unless the words are those of an option of the open item."""
        for respond in (tell_again, _grade, take_new_wording, take_reflection):
            events = respond(turn)
            if events is not None:
                return events
        return tell_distress(turn)


def _grade(turn: Turn) -> list[Event] | None:
    """Take the words of an option as the answer that they are, however grave they sound."""
    meant = turn.parts.walk.meant(turn.learner_id, turn.text) if turn.slot("step") == "item" else None
    return tell_outcome(turn, turn.parts.walk.answer(turn.learner_id, turn.message_id, meant)) if meant else None
