"""Finding the stage, or the question, that a person names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.loader import load_knowledge
from knowledge.stage_search import find_question, find_stage, label_of

STAGES = load_knowledge().stages
QUESTIONS = [(f"{stage.id}.{one.key}", one) for stage in STAGES.values() for one in stage.questions]


@pytest.mark.parametrize("stage_id", list(STAGES))
def test_stage_is_found_by_its_title(stage_id: str) -> None:
    """The title of a stage names it, in any capitals."""
    assert find_stage(STAGES, f"open the {STAGES[stage_id].title.upper()} stage") == stage_id


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("stage 3 of the roadmap", "co-design"),
        ("last stage, making it last", "sustain"),
        ("first stage", "prepare"),
        ("move to stage five", "co-implement"),
        ("codesign stage", "co-design"),
        ("co evaluate", "co-evaluate"),
        ("the evaluation stage of my project please", "co-evaluate"),
        ("i want to plan the co-implement part", "co-implement"),
        ("can we do co-implementation now", "co-implement"),
        ("do the prepare questions with me", "prepare"),
        ("co-govern and sustain", "sustain"),
    ],
)
def test_stage_is_found_in_other_words(text: str, stage: str) -> None:
    """Numbers, ordinals, joined and bent words name a stage."""
    assert find_stage(STAGES, text) == f"roadmap.{stage}"


@pytest.mark.parametrize("text", ["", "another stage", "stage 9", "stage 0", "co-design or co-decide", "the garden"])
def test_stage_not_named_is_none(text: str) -> None:
    """No stage, an unknown number, or two stages: nothing is guessed."""
    assert find_stage(STAGES, text) is None


@given(text=st.text(max_size=80))
def test_any_text_gives_a_stage_or_none(text: str) -> None:
    """Finding is total."""
    assert find_stage(STAGES, text) in {None, *STAGES}


@pytest.mark.parametrize(("question_id", "question"), QUESTIONS)
def test_question_is_found_by_its_label(question_id: str, question: object) -> None:
    """The label of a question names it among all."""
    assert find_question(QUESTIONS, label_of(dict(QUESTIONS)[question_id])) == question_id


@pytest.mark.parametrize("text", ["change something", "", "my answer"])
def test_question_not_named_is_none(text: str) -> None:
    """Words that name no question find none."""
    assert find_question(QUESTIONS, text) is None
