"""The certificate: what is missing, or the link to the page where a name is typed."""

from __future__ import annotations

from bot.actions.answer_view import way_back
from bot.actions.repetition_view import PRACTISE, PROGRESS, in_words
from bot.actions.turn import Button, Event, Turn, TutorAction, button
from learning.certificate import Standing, standing
from learning.certificates_store import Certificates

PATH = "/certificate/"
TITLES_SHOWN = 3


class ActionGetCertificate(TutorAction):
    """Say what is missing for the certificate, or lead to it. The name is never asked here: the chat is kept."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_get_certificate"

    def tell(self, turn: Turn) -> list[Event]:
        """Say it."""
        knowledge, learner_id = turn.parts.knowledge, turn.learner_id
        found = turn.parts.store.read(learner_id, lambda one: standing(knowledge, one.places(), one.all_outcomes()))
        if Certificates(turn.parts.store.engine).is_withheld(learner_id):
            turn.say("utter_certificate_withheld", [button("Write to the team", "contact_team"), *way_back(turn)])
        elif found.is_met:
            _give_link(turn, found)
        elif not found.certified.lessons:
            _tell_what_is_asked(turn, found)
        elif found.lessons_to_go:
            _tell_lessons(turn, found)
        else:
            _tell_score(turn, found)
        return []


def _give_link(turn: Turn, found: Standing) -> None:
    """Give the address of the page where the name is typed; on the web without the name of the host."""
    named = {"kind": "certificate", "format": "page", "channel": turn.channel}
    token = turn.parts.downloads.make(turn.learner_id, turn.message_id, **named)
    host = "" if turn.channel == "web" else turn.parts.settings.public_url
    response = "utter_certificate_ready_telegram" if turn.gets_documents else "utter_certificate_ready"
    turn.say(response, way_back(turn) or [PROGRESS], address=f"{host}{PATH}{token}", **_numbers(found))


def _tell_what_is_asked(turn: Turn, found: Standing) -> None:
    """Tell somebody who has no lesson done yet what the certificate is for."""
    minutes = sum(lesson.minutes for lesson in found.left)
    ways = way_back(turn) or [button("Take a lesson", "start_course")]
    turn.say("utter_certificate_asks", ways, hours=f"{round(minutes / 30) / 2:g}", **_numbers(found))


def _tell_lessons(turn: Turn, found: Standing) -> None:
    """Name the lessons that are missing; of the questions only if too few were right so far."""
    count, first = found.lessons_to_go, found.left[0]
    titles = ", ".join(f"*{lesson.title}*" for lesson in found.left[:TITLES_SHOWN])
    more = len(found.left) - TITLES_SHOWN
    go_on = way_back(turn) or [button("Next lesson", "choose_lesson", lesson_id=first.id)]
    turn.say(
        "utter_certificate_lessons_and_score" if found.right_to_go else "utter_certificate_lessons",
        [*go_on, PROGRESS],
        count="One lesson" if count == 1 else f"{in_words(count)} lessons",
        titles=f"{titles} and {more} more" if more > 0 else titles,
        **_numbers(found),
    )


def _tell_score(turn: Turn, found: Standing) -> None:
    """Say how many right answers are missing, and how to get them: what was missed comes back."""
    due = turn.parts.repeating.count_due(turn.learner_id)
    practise: list[Button] = [PRACTISE] if due else []
    count = found.right_to_go
    turn.say(
        "utter_certificate_score_due" if due else "utter_certificate_score",
        [*way_back(turn), *practise, button("All lessons", "choose_lesson"), PROGRESS],
        count="One more right answer is" if count == 1 else f"{in_words(count)} more right answers are",
        **_numbers(found),
    )


def _numbers(found: Standing) -> dict[str, int]:
    facts = found.certified
    return {
        "done": facts.lessons,
        "asked": facts.lessons_asked,
        "percent": facts.score_percent,
        "right": found.right,
        "items": found.items,
        "right_asked": found.right_asked,
    }
