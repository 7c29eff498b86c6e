"""A lesson's steps are found again in another edition, and what changed is counted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from database import reading
from knowledge.model import Lesson, Option
from learning.editions import Edit, edition_of, find_again, find_edit, keep_editions, nearest, outline
from tests.learning.samples import a_card, a_lesson, a_passage, an_item

OPENING, WHERE, YOURS = a_card("opening"), an_item("where"), a_card("yours", keep_as="own")
REWORDED = replace(OPENING, body=a_passage("Other words."))
LESSON = a_lesson(OPENING, WHERE, YOURS)


def _fixed() -> Lesson:
    options = tuple(Option(one.key, one.text, one.key == "c", one.feedback, None) for one in WHERE.options)
    return a_lesson(OPENING, replace(WHERE, options=options), YOURS)


@pytest.mark.parametrize(
    ("after", "key", "edit"),
    [
        (a_lesson(OPENING, WHERE, YOURS, version="v2"), "where", None),
        (a_lesson(replace(OPENING, key="start", title="Start"), WHERE, YOURS), "opening", None),
        (a_lesson(OPENING, an_item("new", "abc"), WHERE, YOURS), "where", Edit(1, 0, 0, False)),
        (a_lesson(OPENING, YOURS), "where", Edit(0, 0, 1, True)),
        (a_lesson(OPENING, YOURS), "yours", Edit(0, 0, 1, False)),
        (a_lesson(REWORDED, WHERE, YOURS), "summary", Edit(0, 1, 0, False)),
        (_fixed(), "where", Edit(0, 1, 0, False)),
        (a_lesson(YOURS, WHERE, OPENING), "where", Edit(0, 0, 0, False)),
    ],
    ids=["same", "renamed", "added", "own step gone", "other gone", "reworded", "key fixed", "turned round"],
)
def test_edit_is_counted_by_steps(after: Lesson, key: str, edit: Edit | None) -> None:
    """New, reworded and gone; a title alone changes nothing that a person would miss."""
    assert find_edit(outline(LESSON), outline(after), key) == edit


def test_edition_that_was_never_kept_tells_no_numbers() -> None:
    """That something changed is known, and no more."""
    assert find_edit((), outline(LESSON), "where") == Edit(0, 0, 0, False)


def test_step_is_found_by_key_then_by_words() -> None:
    """A card under another title is the same card; what is gone leads on to what followed it."""
    renamed = outline(a_lesson(replace(OPENING, key="start"), YOURS))

    assert find_again(outline(LESSON), renamed, "yours") == "yours"
    assert find_again(outline(LESSON), renamed, "opening") in ("start", "yours")  # both hold the same words
    assert find_again(outline(LESSON), renamed, "where") is None
    assert nearest(outline(LESSON), renamed, "where") == "yours"
    assert nearest((), renamed, "where") is None


def test_editions_are_kept_once_each(engine: Engine) -> None:
    """Every start of the tutor keeps what is not kept yet."""
    for version in ("v1", "v2", "v1"):
        keep_editions(engine, [replace(LESSON, version=version)])

    with reading(engine) as connection:
        assert edition_of(connection, LESSON.id, "v2") == outline(LESSON)
        assert edition_of(connection, LESSON.id, "v3") == ()


@given(
    st.permutations([OPENING, WHERE, YOURS, an_item("who", "ac", "several right")]),
    st.integers(1, 4),
    st.sampled_from(["opening", "where", "yours", "who", "summary"]),
)
def test_found_step_stands_in_the_edition_after(steps: list, count: int, key: str) -> None:  # type: ignore[type-arg]
    """Whatever is left in whatever order, a step that is found is there, and one that is not gone is found."""
    after = outline(a_lesson(*steps[:count]))
    keys = [one for one, _ in after]

    found = find_again(outline(LESSON), after, key) or nearest(outline(LESSON), after, key)

    assert found is None or found in keys
    assert key not in keys or found == key
