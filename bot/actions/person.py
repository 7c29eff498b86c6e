"""Greeting, progress and notes: what the tutor says about the person's own way."""

from __future__ import annotations

from bot.actions.answer_view import TOPICS_TO_TRY, topic_buttons, way_back
from bot.actions.lessons import theme_buttons
from bot.actions.turn import Button, Event, Turn, TutorAction, button
from learning.lessons import score
from learning.walk import Place

NOTE_SHOWN_CHARS = 400
NOTES_SHOWN = 6


class ActionGreet(TutorAction):
    """Greet, and offer to go on where the person stopped."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_greet"

    def tell(self, turn: Turn) -> list[Event]:
        """Greet."""
        back = way_back(turn)
        found = turn.parts.walk.where(turn.learner_id)
        if turn.slot("step") == "interview":
            turn.say("utter_greet_at_interview", [*back, button("Ask a question", "ask_help")])
        elif back and found:
            turn.say("utter_greet_again", [*back, button("Ask a question", "ask_help")], lesson=found[0].title)
        else:
            turn.say("utter_greet", main_buttons(), lessons=len(turn.parts.knowledge.lessons))
        return []


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


class ActionShowProgress(TutorAction):
    """Show how far the person is."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_show_progress"

    def tell(self, turn: Turn) -> list[Event]:
        """Show it."""
        snapshot = turn.parts.store.look(turn.learner_id)
        lines = [line for place in reversed(snapshot.places) if (line := _line(turn, place, snapshot.outcomes))]
        if not lines:
            turn.say("utter_no_progress", [button("Take the first lesson", "start_course")])
            return []
        ready, all_lessons = len(turn.parts.knowledge.lessons), len(turn.parts.knowledge.course.lessons)
        turn.say(
            "utter_progress",
            way_back(turn) or theme_buttons(turn),
            lines="\n".join(lines),
            ready=ready,
            total=all_lessons,
        )
        return []


def _line(turn: Turn, place: Place, outcomes: dict[str, dict[str, list[str]]]) -> str:
    lesson = turn.parts.knowledge.lessons.get(place.lesson_id)
    if not lesson:
        return ""
    points = score(lesson, outcomes[place.lesson_id])
    state = "done" if place.is_done else f"step {min(place.number + 1, len(lesson.steps))} of {len(lesson.steps)}"
    return f"- **{lesson.title}**: {state}; {points['right']} of {points['items']} questions right"


class ActionShowNotes(TutorAction):
    """Show the reflections that the person wrote."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_show_notes"

    def tell(self, turn: Turn) -> list[Event]:
        """Show the latest ones."""
        notes = turn.parts.store.look(turn.learner_id).notes
        if not notes:
            turn.say("utter_no_notes", way_back(turn) or [button("Take a lesson", "start_course")])
            return []
        lessons = {plan.id: plan.title for plan in turn.parts.knowledge.course.lessons}
        told = [f"> {_shorten(text)}\n\n{lessons.get(lesson_id, '')}" for lesson_id, _, text in notes[-NOTES_SHOWN:]]
        turn.say("utter_notes", way_back(turn), count=len(notes), notes="\n\n".join(told))
        return []


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= NOTE_SHOWN_CHARS else line[: NOTE_SHOWN_CHARS - 1] + "…"
