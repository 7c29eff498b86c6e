"""Finding the lesson that a person names: by number, by title, by what it is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from knowledge.answering import Answerer
from knowledge.lesson_search import find_lesson, find_theme, find_titled_lesson
from knowledge.model import Knowledge

GARDEN, KITCHEN = "system.garden", "system.kitchen"


@pytest.mark.parametrize(
    ("text", "lesson_id"),
    [
        pytest.param("lesson 1", GARDEN, id="number"),
        pytest.param("take me to LESSON #2 please", KITCHEN, id="number with a sign"),
        pytest.param("number two", KITCHEN, id="number in words"),
        pytest.param("les 2", KITCHEN, id="lesson shortened"),
        pytest.param("lesson nr 2 pls", KITCHEN, id="lesson and number"),
        pytest.param("show me the list of lessons", None, id="any lesson"),
        pytest.param("i want to choose another lesson please", None, id="another lesson"),
        pytest.param("theme one", None, id="theme in words"),
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


@pytest.mark.parametrize(
    ("text", "lesson_id"),
    [
        pytest.param("A kitchen that belongs to all", KITCHEN, id="title"),
        pytest.param("a kitchen that belongs to al?", KITCHEN, id="title with a slip"),
        pytest.param("a garden that belongs to all", GARDEN, id="another title, nearly the same"),
        pytest.param("what is a kitchen that belongs to all", None, id="title in a question"),
        pytest.param("a kitchen", None, id="part of a title"),
        pytest.param("", None, id="nothing"),
        pytest.param("?!", None, id="signs only"),
    ],
)
def test_lesson_is_found_by_its_title_alone(garden: Knowledge, text: str, lesson_id: str | None) -> None:
    """A text that is a title, and nothing more, opens the lesson; a question that holds one does not."""
    assert find_titled_lesson(garden, text) == lesson_id


@pytest.mark.parametrize(
    ("text", "theme_id"),
    [
        pytest.param("The Garden", "system", id="title"),
        pytest.param("the lessons of the garden theme", "system", id="title among words"),
        pytest.param("theme 1", "system", id="number"),
        pytest.param("THEME 1 please", "system", id="number among words"),
        pytest.param("theme 4", None, id="beyond the last"),
        pytest.param("theme 0", None, id="nought"),
        pytest.param("the sea", None, id="another word"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_theme_named_is_found(garden: Knowledge, text: str, theme_id: str | None) -> None:
    """A theme is known by its number or its title."""
    assert find_theme(garden, text) == theme_id


@given(text=st.text(max_size=40) | st.from_regex(r"(lesson|number|no) [0-9]{1,4}", fullmatch=True))
@examples(max_examples=40)
def test_any_text_names_a_lesson_of_the_course_or_none(garden: Knowledge, answerer: Answerer, text: str) -> None:
    """Whatever is typed, what is found is a lesson of the course."""
    assert find_lesson(garden, answerer, text) in {GARDEN, KITCHEN, None}
    assert find_titled_lesson(garden, text) in {GARDEN, KITCHEN, None}
    assert find_theme(garden, text) in {"system", None}
