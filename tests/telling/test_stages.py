"""Stages in bubbles: nothing is too long, nothing is left out of all tips, notes stand where they belong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.loader import load_knowledge
from knowledge.model import Stage
from knowledge.readability import count_words
from telling.bubbles import BUBBLE_LIMIT_WORDS
from telling.stages import (
    advice_bubble,
    advice_bubbles,
    example_bubble,
    help_bubble,
    note_on_help,
    opening_bubble,
    question_bubble,
)

STAGES = list(load_knowledge().stages.values())
QUESTION = STAGES[0].questions[0]


@pytest.mark.parametrize("stage", STAGES, ids=[one.id for one in STAGES])
def test_advice_fits_and_all_of_it_is_told(stage: Stage) -> None:
    """The first tips fit into one bubble; every tip stands in the pages of all."""
    bubble, sources = advice_bubble(stage)
    pages = " ".join(one.values["advice"] for one in advice_bubbles("utter_stage_tips", stage.tips))

    assert count_words(" ".join(bubble.values.values())) <= BUBBLE_LIMIT_WORDS
    assert stage.tips[0].text in bubble.values["tips"] and sources
    assert all(word in pages for tip in stage.tips for word in tip.text.split())


def test_question_says_where_it_stands_and_what_was_answered() -> None:
    """Numbers count from one; what was written before is quoted, if there is something."""
    fresh, again = question_bubble(STAGES[0], QUESTION), question_bubble(STAGES[0], QUESTION, "we did")

    assert (fresh.response, again.response) == ("utter_plan_question", "utter_plan_question_again")
    assert (fresh.values["number"], fresh.values["total"]) == ("1", str(len(STAGES[0].questions)))
    assert again.values["before"] == "we did"


@pytest.mark.parametrize(
    ("note", "on_help", "response"),
    [
        (None, "", "utter_plan_help"),
        ("made-up example", "", "utter_plan_help"),
        ("made-up example; the list is ours", "the list is ours", "utter_plan_help_with_note"),
    ],
)
def test_note_about_the_example_is_told_with_it(note: str | None, on_help: str, response: str) -> None:
    """What is not about the example stands under the help; the example tells the whole note."""
    question = replace(QUESTION, note=note)

    assert note_on_help(question) == on_help
    assert help_bubble(question).response == response
    assert example_bubble(question).response == ("utter_plan_example_with_note" if note else "utter_plan_example")


def test_opening_tells_the_purpose_with_its_note() -> None:
    """A note on what is our own stands below, set apart."""
    stage = replace(STAGES[0], purpose=replace(STAGES[0].purpose, text="Begin.", note="ours"))

    assert opening_bubble(stage).values["purpose"] == "Begin.\n\n*ours*"
