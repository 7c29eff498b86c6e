"""Quiz items: going to them, answering them, hints."""

from __future__ import annotations

from bot.actions.lesson_view import tell_outcome
from bot.actions.questions import respond_to_text
from bot.actions.turn import Event, Turn, TutorAction
from learning.sureness import is_sureness


class ActionStartQuiz(TutorAction):
    """Go to the next question of the lesson."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_start_quiz"

    def tell(self, turn: Turn) -> list[Event]:
        """Go there."""
        return tell_outcome(turn, turn.parts.walk.go_to_quiz(turn.learner_id, turn.message_id))


class ActionGradeAnswer(TutorAction):
    """Grade what was pressed or typed; what is not clearly an answer is taken as a question."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_grade_answer"

    def tell(self, turn: Turn) -> list[Event]:
        """Grade, ask how sure the person is first, or respond."""
        sureness, item_id = turn.entity("sureness"), turn.entity("item_id")
        if is_sureness(sureness):
            return tell_outcome(turn, turn.parts.walk.say_sure(turn.learner_id, turn.message_id, sureness, item_id))
        pressed = turn.entity("option_id")
        if pressed is None:
            return respond_to_text(turn)
        keys = pressed.split(",")
        return tell_outcome(turn, turn.parts.walk.answer(turn.learner_id, turn.message_id, keys, item_id))


class ActionPickOption(TutorAction):
    """Mark an option of an item with several right ones, or take the next step of an order."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_pick_option"

    def tell(self, turn: Turn) -> list[Event]:
        """Mark it; a button that names no option begins anew."""
        key, item_id = turn.entity("option_id"), turn.entity("item_id") or ""
        if key is None:
            return tell_outcome(turn, turn.parts.walk.pick_none(turn.learner_id, turn.message_id, item_id))
        return tell_outcome(turn, turn.parts.walk.pick(turn.learner_id, turn.message_id, key, item_id))


class ActionGiveHint(TutorAction):
    """Give the hint of the open item."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_give_hint"

    def tell(self, turn: Turn) -> list[Event]:
        """Give it; "no idea" where the person was asked how sure they are is no call for a hint."""
        if turn.parts.walk.meant_sureness(turn.learner_id, turn.text):
            return respond_to_text(turn)
        return tell_outcome(turn, turn.parts.walk.hint(turn.learner_id, turn.message_id))
