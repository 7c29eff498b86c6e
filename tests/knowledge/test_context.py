"""What a question may mean after another one: whether it leans on it, and which topics are then near."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.context import LESSON_PRIOR, NEXT_PRIOR, SHORT_WORDS, TOLD_PRIOR, asks_whether_it_holds, leans, nearby
from knowledge.model import Knowledge


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("why?", id="one word"),
        pytest.param("and in Estonia?", id="and"),
        pytest.param("But who is then left to pay for all the tools we need", id="but"),
        pytest.param("how many people did they reach with the first two events", id="they"),
        pytest.param("what would the council of a small town say about that", id="that"),
        pytest.param("Did they ask the people who live beside the empty yard", id="did they"),
        pytest.param("... so what do we do when nobody turns up at all", id="so, after dots"),
        pytest.param("what about the young people in a small town without buses", id="what about"),
        pytest.param("who paid for a garden", id="short, though whole"),
        pytest.param("", id="nothing"),
    ],
)
def test_question_that_may_need_the_one_before_leans(question: str) -> None:
    """What goes on, points back or is very short may need the question before it."""
    assert leans(question)


@pytest.mark.parametrize(
    "question",
    [
        "How can our library find trusted people in the neighbourhood?",
        "which neighbours brought a spade to Northtown when all was empty",
        "What does a hackathon of two days cost a small town",
        "Andrea wants to know how a garden group starts well",
        "the sand and the oil of a garden group in spring",
    ],
)
def test_question_that_says_it_all_stands_alone(question: str) -> None:
    """A whole question needs nothing before it; "and" in its middle, or in a name, is no sign."""
    assert not leans(question)


@given(words=st.lists(st.text(st.characters(whitelist_categories=["L"]), min_size=1), max_size=SHORT_WORDS))
def test_any_short_question_leans(words: list[str]) -> None:
    """Whatever the words, so few of them may need what came before."""
    assert leans(" ".join(words))


@given(text=st.text(max_size=200))
def test_any_text_that_goes_on_leans(text: str) -> None:
    """Whatever follows, a text that begins with "and" may lean on what came before."""
    assert leans(f"and {text}")


def test_topics_near_are_told_next_and_of_the_lesson(garden: Knowledge) -> None:
    """The topic told is nearest, then those it leads to, then those of its lesson."""
    assert nearby("system.sharing", garden) == {
        "system.sharing": TOLD_PRIOR,
        "system.tools": NEXT_PRIOR,
        "system.cooking": NEXT_PRIOR,
    }
    assert TOLD_PRIOR > NEXT_PRIOR > LESSON_PRIOR > 0


@pytest.mark.parametrize(
    ("told", "near"),
    [
        pytest.param("system.cooking", {"system.cooking": TOLD_PRIOR}, id="planned, alone in its lesson"),
        pytest.param(
            "pilot.east",
            {"pilot.east": TOLD_PRIOR, "pilot.north": NEXT_PRIOR, "system.sharing": NEXT_PRIOR},
            id="without a lesson",
        ),
        pytest.param("unknown", {"unknown": TOLD_PRIOR}, id="unknown"),
    ],
)
def test_topic_with_few_neighbours_is_near_itself(garden: Knowledge, told: str, near: dict[str, float]) -> None:
    """A topic without a lesson or an entry has fewer neighbours, and itself always."""
    assert nearby(told, garden) == near


@pytest.mark.parametrize(
    "question",
    [
        "is that true for prisons too?",
        "Is that also so with drug users?",
        "does it hold for people in debt",
        "is it the same for refugees",
    ],
)
def test_question_whether_it_holds_elsewhere_is_seen(question: str) -> None:
    """Grave words alone make no question personal."""
    assert asks_whether_it_holds(question)


@pytest.mark.parametrize(
    "question",
    [
        "is that also bad for my client",
        "she’s in debt too",
        "is it ok to take two of these pills with wine",
        "is that too much",
        "prisons too",
        "is it dangerous to take the same pills as well",
        "can they also cut the benefits",
        "so is a doctor also allowed to refuse treatment?",
    ],
)
def test_question_about_somebody_or_by_itself_is_none(question: str) -> None:
    """Words for somebody known, and questions that point to nothing told, are taken as they are."""
    assert not asks_whether_it_holds(question)
