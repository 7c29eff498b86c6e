"""What was typed is found: beginnings of words in any letters, phrases in quotes; and goes with the person."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from bot.components.tracker_tables import conversation_event
from learning.belongings import Belongings
from learning.erasure import erase
from review import tables
from review.said import SaidIndex, patterns_of, to_words
from tests.review.talking import Said, talk

ANN, BEN = "a" * 32, "b" * 32


def rows(engine: Engine) -> list[tuple[str, str, float]]:
    """Return who said what, and how sure it was understood."""
    said = tables.desk_said
    with engine.connect() as connection:
        query = sa.select(said.c.words, said.c.intent, said.c.confidence).order_by(said.c.outbox_id)
        return [tuple(row) for row in connection.execute(query)]


@pytest.mark.parametrize(
    ("typed", "patterns"),
    [
        ("Funding", [" funding"]),
        ("who pays", [" who", " pays"]),
        ('"Who  pays" zoë', [" who pays ", " zoe"]),
        ("%_", [" _"]),
        ("!?", []),
        ("", []),
    ],
)
def test_search_is_read_as_words_and_phrases(typed: str, patterns: list[str]) -> None:
    """Words match beginnings, phrases whole words in a row; accents and capitals do not matter."""
    assert patterns_of(typed) == patterns


@given(st.text(max_size=80))
def test_a_text_is_found_by_each_of_its_words(text: str) -> None:
    """Whatever is written is found by any word of it."""
    words = to_words(text)

    assert all(f" {word}" in words for word in words.split())
    assert all(pattern in words for pattern in patterns_of(text.replace('"', " ")))


def test_messages_are_added_once_with_what_was_understood(engine: Engine) -> None:
    """A second time adds nothing; what comes later is added then."""
    index = SaidIndex(engine)
    talk(engine, ANN, [Said("Who PAYS, Zoë?", "ask_system", "action_answer_question", confidence=0.7)])
    first, second = index.catch_up(), index.catch_up()
    talk(engine, BEN, [Said("next", "continue_lesson", "action_continue_lesson")])
    third = index.catch_up()

    assert (first > 0, second, third > 0) == (True, 0, True)
    assert rows(engine) == [(" who pays zoe ", "ask_system", 0.7), (" next ", "continue_lesson", 0.9)]


def test_what_is_understood_later_is_completed(engine: Engine) -> None:
    """A message that was searched before the assistant had it gets its intent when it is there."""
    talk(engine, ANN, [Said("who pays", "ask_system", "action_answer_question")])
    with engine.begin() as connection:
        kept = connection.execute(sa.select(conversation_event)).mappings().all()
        connection.execute(conversation_event.delete())
    index = SaidIndex(engine)
    index.catch_up()
    before = rows(engine)
    with engine.begin() as connection:
        connection.execute(conversation_event.insert(), [dict(row) for row in kept])
    index.catch_up()

    assert before == [(" who pays ", None, None)]
    assert rows(engine) == [(" who pays ", "ask_system", 0.9)]


def test_who_is_forgotten_is_not_found_any_more(engine: Engine) -> None:
    """An erasure takes the searchable words along, and they do not come back."""
    index = SaidIndex(engine)
    for learner_id in (ANN, BEN):
        talk(engine, learner_id, [Said(f"words of {learner_id[0]}", "ask_system", "action_answer_question")])
    index.catch_up()
    with engine.begin() as connection:
        erase(Belongings(engine), connection, ANN)
    index.catch_up()

    assert [words for words, _, _ in rows(engine)] == [" words of b "]
