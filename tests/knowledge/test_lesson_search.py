"""Finding the lesson that a person names: by number, by title, by what it is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from knowledge.answering import Answerer
from knowledge.lesson_search import find_lesson
from knowledge.model import Knowledge

GARDEN, KITCHEN = "system.garden", "system.kitchen"


@pytest.mark.parametrize(
    ("text", "lesson_id"),
    [
        pytest.param("lesson 1", GARDEN, id="number"),
        pytest.param("take me to LESSON #2 please", KITCHEN, id="number with a sign"),
        pytest.param("number two", KITCHEN, id="number in words"),
        pytest.param("no. 1", GARDEN, id="number shortened"),
        pytest.param("the second lesson", KITCHEN, id="ordinal"),
        pytest.param("lesson 0", None, id="nought"),
        pytest.param("lesson 9", None, id="beyond the last"),
        pytest.param("the ninth lesson", None, id="ordinal beyond the last"),
        pytest.param("a kitchen that belongs to all", KITCHEN, id="title"),
        pytest.param("open the lesson a kitchen that belngs to all", KITCHEN, id="title with a typo"),
        pytest.param("The Garden", None, id="theme"),
        pytest.param("something about soup", KITCHEN, id="about"),
        pytest.param("the one with the spades and hoses", GARDEN, id="about, in other words"),
        pytest.param("", None, id="nothing"),
        pytest.param(" ?! ", None, id="signs only"),
    ],
)
def test_lesson_named_is_found(garden: Knowledge, answerer: Answerer, text: str, lesson_id: str | None) -> None:
    """A number wins, then a title, then the topic nearest in meaning; a whole theme is no lesson."""
    assert find_lesson(garden, answerer, text) == lesson_id


@given(text=st.text(max_size=40) | st.from_regex(r"(lesson|number|no) [0-9]{1,4}", fullmatch=True))
@examples(max_examples=40)
def test_any_text_names_a_lesson_of_the_course_or_none(garden: Knowledge, answerer: Answerer, text: str) -> None:
    """Whatever is typed, what is found is a lesson of the course."""
    assert find_lesson(garden, answerer, text) in {GARDEN, KITCHEN, None}
