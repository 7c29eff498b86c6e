"""Starting, choosing and walking through lessons."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.actions.lesson_view import tell_outcome
from bot.actions.notebook import take_note_wish
from bot.actions.plan_status import tell_status
from bot.actions.plan_view import tell_plan
from bot.actions.turn import Button, Event, Turn, TutorAction, button
from database import now_utc
from knowledge.lesson_search import find_lesson, find_theme
from telling.course_map import lesson_titles, theme_title

AWAY_AFTER = timedelta(minutes=45)
_ASKS_WHERE = re.compile(r"\b(where|resume|stopped|left off|left it|was i|were we|last time|yesterday|back to)\b", re.I)


class ActionStartCourse(TutorAction):
    """Begin with the first lesson, or go on with the one that is open."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_start_course"

    def tell(self, turn: Turn) -> list[Event]:
        """Begin or resume."""
        return begin_next(turn)


def begin_next(turn: Turn) -> list[Event]:
    """Go on with the lesson that is open, or begin the first one that is not done."""
    snapshot = turn.parts.store.look(turn.learner_id)
    lessons = turn.parts.knowledge.lessons
    here = next((place for place in snapshot.places if place.lesson_id in lessons), None)
    if here and not here.is_done:
        return tell_outcome(turn, turn.parts.walk.begin(turn.learner_id, turn.message_id, here.lesson_id))
    done = {place.lesson_id for place in snapshot.places if place.is_done}
    ready = [plan.id for plan in turn.parts.knowledge.course.lessons if plan.id in turn.parts.knowledge.lessons]
    waiting = [lesson_id for lesson_id in ready if lesson_id not in done]
    if not waiting:
        turn.say("utter_all_lessons_done", theme_buttons(turn))
        return []
    return tell_outcome(turn, turn.parts.walk.begin(turn.learner_id, turn.message_id, waiting[0]))


def theme_buttons(turn: Turn) -> list[Button]:
    """Make a button for each theme, with the number of its lessons."""
    return [
        button(theme_title(theme), "choose_lesson", theme_id=theme.id) for theme in turn.parts.knowledge.course.themes
    ]


def lesson_buttons(turn: Turn, theme_id: str) -> list[Button]:
    """Make a button for each lesson of a theme that is written."""
    named = lesson_titles(turn.parts.knowledge, theme_id)
    return [button(title, "choose_lesson", lesson_id=lesson_id) for lesson_id, title in named]


class ActionChooseLesson(TutorAction):
    """Open the lesson that a person names, or show what there is."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_choose_lesson"

    def tell(self, turn: Turn) -> list[Event]:
        """Open, or say that it is coming, or list: the themes, or the lessons of the one that is named."""
        knowledge = turn.parts.knowledge
        lesson_id, theme_id = turn.entity("lesson_id"), turn.entity("theme_id")
        if turn.text:
            lesson_id = find_lesson(knowledge, turn.parts.answerer, turn.text)
            theme_id = None if lesson_id else find_theme(knowledge, turn.text)
        if lesson_id in knowledge.lessons:
            return tell_outcome(turn, turn.parts.walk.begin(turn.learner_id, turn.message_id, lesson_id))
        plan = next((plan for plan in knowledge.course.lessons if plan.id == lesson_id), None)
        theme = next((theme for theme in knowledge.course.themes if theme.id == theme_id), None)
        if plan:
            turn.say("utter_lesson_coming", lesson_buttons(turn, plan.theme), lesson=plan.title)
        elif theme:
            turn.say(
                "utter_lessons_of_theme", lesson_buttons(turn, theme.id), theme=theme.title, question=theme.question
            )
        else:
            turn.say("utter_which_theme", theme_buttons(turn))
        return []


def _is_at_plan(turn: Turn) -> bool:
    """Tell whether "next" and "back" mean the plan: it was looked at last, and they were typed, not pressed."""
    return turn.slot("step") == "stage" and not turn.is_button


class ActionContinueLesson(TutorAction):
    """Take the next step; after a detour or a while away, show the present one again first."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_continue_lesson"

    def tell(self, turn: Turn) -> list[Event]:
        """Go on, or find the place again; at a plan, what is typed means the plan."""
        if _is_at_plan(turn):
            return tell_plan(turn, turn.parts.plan.go_on(turn.learner_id, turn.message_id))
        here = turn.parts.walk.where(turn.learner_id)
        if here is None or (here[1].is_done and turn.slot("step") in (None, "none", "summary")):
            return begin_next(turn)
        touched_at = turn.parts.store.look(turn.learner_id).touched_at
        is_away = touched_at is not None and now_utc() - touched_at > AWAY_AFTER
        is_detour = bool(turn.slot("last_topic_id"))
        if is_away or is_detour or _ASKS_WHERE.search(turn.text):
            return tell_outcome(turn, turn.parts.walk.begin(turn.learner_id, turn.message_id, here[0].id))
        return tell_outcome(turn, turn.parts.walk.go_on(turn.learner_id, turn.message_id))


class ActionPreviousCard(TutorAction):
    """Take one step back."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_previous_card"

    def tell(self, turn: Turn) -> list[Event]:
        """Go back."""
        if _is_at_plan(turn):
            return tell_status(turn)
        return tell_outcome(turn, turn.parts.walk.go_back(turn.learner_id, turn.message_id))


class ActionRepeatCard(TutorAction):
    """Show the present step once more."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_repeat_card"

    def tell(self, turn: Turn) -> list[Event]:
        """Show it; "delete it" at a note sounds alike and means the note."""
        about_note = take_note_wish(turn)
        if about_note is not None:
            return about_note
        if _is_at_plan(turn):
            return tell_status(turn)
        return tell_outcome(turn, turn.parts.walk.resume(turn.learner_id, turn.message_id))


class ActionSkipStep(TutorAction):
    """Go past the present step."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_skip_step"

    def tell(self, turn: Turn) -> list[Event]:
        """Skip."""
        if _is_at_plan(turn):
            return tell_plan(turn, turn.parts.plan.go_on(turn.learner_id, turn.message_id))
        return tell_outcome(turn, turn.parts.walk.skip(turn.learner_id, turn.message_id))
