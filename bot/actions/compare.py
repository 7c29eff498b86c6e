"""Comparing a person's own setting with the pilots."""

from __future__ import annotations

from bot.actions.compare_view import tell_compare
from bot.actions.turn import Event, Turn, TutorAction


class ActionCompareSetting(TutorAction):
    """Begin the comparison, go on with it, or tell what came out; the buttons under a question come here, too."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_compare_setting"

    def tell(self, turn: Turn) -> list[Event]:
        """Do what was pressed, or begin."""
        walk, names = turn.parts.compare, (turn.learner_id, turn.message_id)
        key, value, move = turn.entity("attribute_id"), turn.entity("value_id"), turn.entity("move")
        if key and value:
            return tell_compare(turn, walk.mark(*names, key, value))
        if key and move == "back":
            return tell_compare(turn, walk.go_back(*names, key))
        if key:
            return tell_compare(turn, walk.go_on(*names, key, is_skipped=move == "skip"))
        return tell_compare(turn, walk.begin(*names, is_anew=move == "new"))
