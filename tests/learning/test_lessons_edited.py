"""A lesson that was edited or withdrawn under a learner never leaves them lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.model import Item, Lesson
from tests.learning.learner import LESSON, Learner
from tests.learning.samples import a_card


def _edition(*keys: str) -> Lesson:
    steps = {step.key: step for step in LESSON.steps}
    return replace(LESSON, steps=tuple(steps.get(key, a_card(key)) for key in keys), version="v2")


@pytest.mark.parametrize(
    ("keys", "skips", "stands_at"),
    [
        (("new", "opening", "where", "yours", "who"), 1, "where"),
        (("who", "yours", "where", "opening"), 2, "yours"),
        (("opening", "yours", "who"), 1, "yours"),
        (("opening", "where"), 3, "where"),
        (("other",), 3, "other"),
        (("opening", "where", "yours", "who", "new"), 4, "summary"),
    ],
    ids=["step added before", "turned round", "present step gone", "last steps gone", "all new", "was at the end"],
)
def test_lesson_edited_meanwhile_settles_kindly(
    learner: Learner, keys: tuple[str, ...], skips: int, stands_at: str
) -> None:
    """After an edit the learner stands at the same step, or near it, and the next move works."""
    for _ in range(skips):
        learner.do("skip")

    learner.sees(_edition(*keys))

    assert learner.stands_at() == stands_at
    assert learner.do("resume")["place"]["key"] == stands_at
    assert learner.do("skip")["kind"] in ("step", "summary")


def test_options_edited_meanwhile_make_old_buttons_stale(learner: Learner) -> None:
    """A button with an option that was reworded changes nothing; the new options can be chosen."""
    learner.do("go_on")
    item = LESSON.steps[1]
    assert isinstance(item, Item)
    reworded = replace(item, options=tuple(replace(option, key=option.key * 2) for option in item.options))

    learner.sees(replace(LESSON, steps=(LESSON.steps[0], reworded, *LESSON.steps[2:]), version="v2"))

    assert learner.answer("b", item.id)["kind"] == "stale"
    assert learner.do("answer", ("bb",), item.id)["outcome"] == "right"


def test_lesson_withdrawn_meanwhile_is_no_lesson(learner: Learner) -> None:
    """A lesson that is no longer in the course is not there; another one can be begun, and its place is kept."""
    other = replace(LESSON, id="other")

    learner.sees(other)

    assert learner.do("go_on") == {"kind": "no_lesson"}
    assert learner.do("begin", LESSON.id) == {"kind": "no_lesson"}
    assert learner.do("begin", other.id)["kind"] == "step"
    learner.sees(LESSON, other)
    assert learner.do("begin", LESSON.id)["is_resumed"] is True
