"""Questions that stand twice or nearly so: what counts as nearly, and that thousands are compared in a moment."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.checks import check
from knowledge.model import Place
from knowledge.question_checks import Asked, find_near_twins
from tests.knowledge.content_tree import ContentTree

PLACE = Place("one.md", 1)
LIMIT_SECONDS = 8.0
WORDS = "abcdefghijkl"


def asked(text: str, about: str) -> Asked:
    """Make a question."""
    return Asked(text, about, PLACE)


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("who has the key of the shed", "Has the shed a key, who?", True),
        ("co-creation: why now", "why now co creation", True),
        ("what is trust", "how is trust", False),
        ("who decides", "who does not decide", False),
        ("trust?", "can i trust this", False),
        ("and you", "you and", True),
        ("a b1 c1 d1 e1 f1 g1 h1 i1 j1", "b1 c1 d1 e1 f1 g1 h1 i1 j1 k1", True),
        ("b1 c1 d1 e1 f1 g1 h1 i1", "b1 c1 d1 e1 f1 g1 h1 i1 j1", False),
    ],
)
def test_questions_with_the_same_words_are_near(one: str, other: str, is_near: bool) -> None:
    """The order, signs and empty words make no difference; nine words in ten are nearly the same."""
    found = list(find_near_twins([asked(one, "a"), asked(other, "b")]))

    assert bool(found) is is_near


def test_questions_of_one_topic_may_be_near() -> None:
    """Within a topic people ask the same in many ways."""
    assert list(find_near_twins([asked("who has the key", "a"), asked("the key, who has it", "a")])) == []


@given(st.lists(st.tuples(st.sets(st.sampled_from(WORDS), min_size=1), st.sampled_from("xy")), max_size=12))
def test_near_twins_are_those_of_comparing_all(rows: list[tuple[set[str], str]]) -> None:
    """Comparing only questions that share a rare word finds exactly what comparing all pairs finds."""
    questions = [asked(" ".join(f"{word}{word}" for word in sorted(words)), about) for words, about in rows]

    found = {(id(one), id(other)) for one, other in find_near_twins(questions)}

    assert found == {
        (id(one), id(other))
        for number, one in enumerate(questions)
        for other in questions[:number]
        if one.about != other.about and 10 * len(one.words & other.words) >= 9 * len(one.words | other.words)
    }


def test_thousands_of_questions_are_checked_in_seconds(tree: ContentTree) -> None:
    """Three thousand questions under 120 topics take the whole check a few seconds at most."""
    chance = random.Random(7)
    words = [f"w{number}" for number in range(900)]
    topics = "".join(f"\nplan.t{n}:\n" + "".join(_question(chance, words) for _ in range(25)) for n in range(120))
    tree.edit("planned.yml", "lessons: [system.kitchen]", f"{topics}\nlessons: [system.kitchen]")
    knowledge = tree.knowledge()

    begun = time.process_time()
    problems = check(knowledge)

    assert time.process_time() - begun < LIMIT_SECONDS
    assert sum("is not a topic" in one.text for one in problems) == 120


def _question(chance: random.Random, words: list[str]) -> str:
    return f"  - how {' '.join(chance.choices(words, k=chance.randint(1, 14)))}\n"
