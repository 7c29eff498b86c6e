"""How much masking finds on made messages in the forms of many countries, and how little it hides that is nobody's."""

from __future__ import annotations

import pytest

from knowledge.loader import load_knowledge
from review.masking import find
from tests.eval.sets import SETS, content_texts, read_set
from tests.review.masking.measure import Figures, measure
from tests.review.masking.sets import read_half

NUMBERS = ("mail", "phones", "identity numbers", "accounts")
HALVES = ("seen", "unseen")


@pytest.fixture(scope="module", params=HALVES)
def figures(request: pytest.FixtureRequest) -> Figures:
    """Give the figures of a half."""
    return measure(read_half(request.param))


def test_sets_have_three_hundred_messages_with_personal_data() -> None:
    """Each message holds something that must be hidden, but for a few that only name a town."""
    messages = [message for half in HALVES for message in read_half(half)]

    assert len({message.text for message in messages}) == len(messages)
    assert sum(bool(message.marked) for message in messages) >= 300


@pytest.mark.parametrize("kind", NUMBERS)
def test_numbers_and_mail_are_found(figures: Figures, kind: str) -> None:
    """Of mail, telephone, identity and account numbers, at least 95 in a hundred are hidden whole."""
    assert figures.recall(kind) >= 0.95, figures.missed


def test_names_are_found(figures: Figures) -> None:
    """Of names, also in small letters and without a sign, at least 85 in a hundred are hidden whole."""
    assert figures.recall("names") >= 0.85, figures.missed


def test_addresses_are_found(figures: Figures) -> None:
    """Of addresses, at least eight in ten are hidden whole."""
    assert figures.recall("addresses") >= 0.8, figures.missed


def test_what_is_hidden_was_marked(figures: Figures) -> None:
    """Of what is hidden in these messages, at least 95 in a hundred are somebody's."""
    assert figures.precision >= 0.95, figures.wrong


def test_questions_without_personal_data_stay() -> None:
    """Of the development questions, at most one in a hundred is changed, although nobody is in them."""
    rows = [row for name in SETS for row in read_set(name)]
    texts = [text for row in rows for text in row.get("turns", [row.get("text")])]

    changed = [text for text in texts if find(text)]

    assert len(texts) > 1000
    assert len(changed) <= len(texts) / 100, changed


def test_questions_of_the_course_stay() -> None:
    """Of what the course itself takes for questions, places of pilots included, at most one in fifty is changed."""
    texts = content_texts(load_knowledge())

    changed = [text for text in texts if len(text) < 160 and find(text)]

    assert len(changed) <= len(texts) / 50, changed
