"""Progress: what was learnt by objective, how many minutes are left, and what comes next."""

from __future__ import annotations

from bot.actions.answer_view import way_back
from bot.actions.lessons import theme_buttons
from bot.actions.repetition_view import PRACTISE, say_due
from bot.actions.turn import Button, Event, Turn, TutorAction, button
from knowledge.checks import count_words
from learning.progress import Result, by_theme, minutes_left, next_lesson, results
from telling.bubbles import BUBBLE_LIMIT_WORDS

HEADING_LIMIT_WORDS = 10


class ActionShowProgress(TutorAction):
    """Show how far the person is."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_show_progress"

    def tell(self, turn: Turn) -> list[Event]:
        """Show the whole, the results by objective, and what is due; a button turns the pages of the results."""
        knowledge = turn.parts.knowledge
        snapshot = turn.parts.store.look(turn.learner_id)
        found = results(knowledge, snapshot.places, snapshot.outcomes)
        if not found:
            turn.say("utter_no_progress", [*way_back(turn), button("Take the first lesson", "start_course")])
            return []
        following = next_lesson(knowledge, snapshot.places)
        done = sum(one.is_done for one in found)
        themes = by_theme(knowledge, snapshot.places)
        turn.say(
            "utter_progress" if following else "utter_progress_all",
            done=done,
            total=len(knowledge.course.lessons),
            minutes=minutes_left(knowledge, snapshot.places),
            following=following.title if following else "",
            themes="\n".join(f"- {one.title}: {one.done} of {len(one.lessons)}" for one in themes),
            image=None if turn.entity("page") else turn.parts.gallery.course_picture(turn.learner_id),
        )
        self._tell_results(turn, found)
        return []

    def _tell_results(self, turn: Turn, found: list[Result]) -> None:
        pages = lay_out(found)
        named = turn.entity("page") or "0"
        page = min(int(named), len(pages) - 1) if named.isdecimal() else 0
        due = turn.parts.repeating.count_due(turn.learner_id)
        earlier = [button("Earlier results", "ask_progress", page=str(page + 1))] if page + 1 < len(pages) else []
        ways: list[Button] = [
            *([PRACTISE] if due else []),
            *(way_back(turn) or theme_buttons(turn)),
            *earlier,
        ]
        turn.say("utter_results", [] if due else ways, lines=pages[page])
        if due:
            say_due(turn, due, ways)


def lay_out(found: list[Result]) -> list[str]:
    """Write results on pages that each fit into a bubble, the latest first."""
    pages: list[str] = []
    for one in found:
        line = _line(one)
        joined = f"{pages[-1]}\n{line}" if pages else line
        fits = count_words(joined) <= BUBBLE_LIMIT_WORDS - HEADING_LIMIT_WORDS
        pages[-1:] = [joined] if pages and fits else [*pages[-1:], line]
    return pages


def _line(one: Result) -> str:
    aim = one.objective[0].lower() + one.objective[1:].rstrip(".")
    state = "done" if one.is_done else f"step {one.step} of {one.steps}"
    points = f"{one.right_first} of {one.items} at first try, {one.right} in the end"
    return f"- **{one.title}** ({state}): {aim}. {points if one.answered else 'No question answered yet'}"
