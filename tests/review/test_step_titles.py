"""What the team reads a lesson's steps by."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.loader import load_knowledge
from knowledge.model import Card, Item
from review.step_titles import STEM_SHOWN_CHARS, stem_of, title_of_step

LESSON = next(iter(load_knowledge().lessons.values()))
ITEM = LESSON.items[0]


def asking(text: str) -> Item:
    """Return a question of the quiz that asks something else."""
    return replace(ITEM, stem=replace(ITEM.stem, text=text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Which word fits the *whole* story?", "Which word fits the whole story?"),
        ("One **two**\n\nthree", "One two three"),
        ("word " * 40, "word " * 13 + "word…"),
    ],
)
def test_stem_is_short_and_without_marks(text: str, shown: str) -> None:
    """Marks of Markdown and line ends are gone; a long question ends with an ellipsis."""
    assert stem_of(asking(text)) == shown


def test_steps_are_called_by_title_or_question() -> None:
    """A card has a title of its own; a question is told from a card."""
    titles = {title_of_step(step): type(step) for step in LESSON.steps}

    assert all(title.startswith("Question: ") == (kind is Item) for title, kind in titles.items())
    assert {card.title for card in LESSON.cards} <= set(titles)
    assert Card in titles.values()
    assert Item in titles.values()


@given(st.text())
def test_stem_never_exceeds_its_length(text: str) -> None:
    """Whatever is asked, one line of a page can hold it."""
    assert len(stem_of(asking(text))) <= STEM_SHOWN_CHARS
