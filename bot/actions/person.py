"""Greeting and help: where the person is, what they wrote last, what is due, and what the tutor can do."""

from __future__ import annotations

from datetime import timedelta

from bot.actions.answer_view import TOPICS_TO_TRY, is_at_own_work, topic_buttons, way_back
from bot.actions.repetition_view import PRACTISE, say_due
from bot.actions.turn import Button, Event, Turn, TutorAction, button
from knowledge.model import Lesson
from learning.notebook import excerpt
from learning.store import Payload, Records
from learning.walk import Place, settle

GAP = timedelta(hours=20)
WROTE_LIMIT_CHARS = 120
ASK = button("Ask a question", "ask_help")


class ActionGreet(TutorAction):
    """Greet, and offer to go on where the person stopped."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_greet"

    def tell(self, turn: Turn) -> list[Event]:
        """Greet; after a gap say where the person is and what they wrote last; say what is due."""
        due = turn.parts.repeating.count_due(turn.learner_id)
        found = _latest_lesson(turn)
        if _notice(turn) and found:
            _tell_welcome_back(turn, *found, due)
            return []
        back = way_back(turn)
        if is_at_own_work(turn):
            turn.say("utter_greet_at_interview", [*back, ASK])
            return []
        here = turn.parts.walk.where(turn.learner_id) if back else None
        ways = [*back, *([PRACTISE] if due else []), ASK] if here else [*([PRACTISE] if due else []), *main_buttons()]
        if here:
            turn.say("utter_greet_again", [] if due else ways, lesson=here[0].title)
        else:
            turn.say("utter_greet", [] if due else ways, lessons=len(turn.parts.knowledge.lessons))
        if due:
            say_due(turn, due, ways)
        return []


def _notice(turn: Turn) -> bool:
    """Note that the person is here; tell whether they had been away for long."""

    def work(records: Records) -> Payload:
        seen_at = records.seen_at()
        return {"kind": "greeted", "was_away": bool(seen_at and records.now - seen_at >= GAP)}

    return bool(turn.parts.store.once(turn.learner_id, turn.message_id, work).get("was_away"))


def _latest_lesson(turn: Turn) -> tuple[Lesson, Place] | None:
    """Return the lesson that the person was in last, and the place in it."""
    lessons = turn.parts.knowledge.lessons
    places = turn.parts.store.look(turn.learner_id).places
    place = next((place for place in places if place.lesson_id in lessons), None)
    return (lessons[place.lesson_id], settle(lessons[place.lesson_id], place)) if place else None


def _tell_welcome_back(turn: Turn, lesson: Lesson, place: Place, due: int) -> None:
    """Say in two lines where the person is, what is due, and what they wrote last; with three ways on."""
    note = turn.parts.notebook.latest(turn.learner_id)
    is_through = place.number >= len(lesson.steps)
    if is_through:
        response = "utter_welcome_back_through_wrote" if note else "utter_welcome_back_through"
    else:
        response = "utter_welcome_back_wrote" if note else "utter_welcome_back"
    go_on = way_back(turn)[-1:] or [button("Next lesson", "start_course")]  # the lesson, where a note is open too
    turn.say(
        response,
        [*go_on, PRACTISE if due else button("My notes", "show_notes"), ASK],
        lesson=lesson.title,
        number=place.number + 1,
        total=len(lesson.steps),
        due=due,
        note=excerpt(note.text, WROTE_LIMIT_CHARS) if note else "",
    )


def main_buttons() -> list[Button]:
    """Make the three ways to begin."""
    return [
        button("Take a lesson", "start_course"),
        button("Ask a question", "ask_help"),
        button("Plan my own project", "start_roadmap"),
    ]


class ActionHelp(TutorAction):
    """Say what the tutor can do, with questions to try."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_help"

    def tell(self, turn: Turn) -> list[Event]:
        """Say it."""
        asks = topic_buttons(turn, TOPICS_TO_TRY)
        lessons = [button("Take a lesson", "start_course"), button("All lessons", "choose_lesson")]
        turn.say("utter_help", [*way_back(turn), *lessons, *asks], lessons=len(turn.parts.knowledge.lessons))
        return []
