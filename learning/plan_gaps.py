"""Where a plan leaves out the people who use the service. A pure rule; the words are not here."""

from __future__ import annotations

from dataclasses import dataclass

from learning.plan import Answers, Stages, id_of, status_of

THEME_OF_PEOPLE = "ethics"


@dataclass(frozen=True)
class Gap:
    """The questions about people and their say that are open in the stages begun, in the order of the course.

    ``is_whole`` says that not one of them is answered in any stage.
    """

    still_open: tuple[str, ...]
    is_whole: bool


def find_gap(stages: Stages, answers: Answers) -> Gap | None:
    """Find the questions of the theme ethics that are still open in every stage with at least one answer.

    Returns:
        None when nothing is begun, and when all such questions are answered.
    """
    begun = [status.stage for status in status_of(stages, answers) if status.answered]
    about_people = [
        id_of(stage, question) for stage in begun for question in stage.questions if question.theme == THEME_OF_PEOPLE
    ]
    still_open = tuple(one for one in about_people if not answers.get(one))
    return Gap(still_open, len(still_open) == len(about_people)) if still_open else None
