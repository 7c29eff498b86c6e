"""From a question to an answer, a choice or an honest no: the whole way, on a small body of content."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from knowledge.answering import FOLLOW_UP_LIMIT_WORDS, QUESTION_LIMIT_CHARS, RANKED_TOPICS, Answerer
from knowledge.encoder import SentenceEncoder
from knowledge.errors import IndexFileError
from knowledge.index_file import TrainedIndex
from knowledge.model import Knowledge


@pytest.mark.parametrize(
    ("question", "kind", "topic", "planned"),
    [
        ("may I pick the beans", "answer", "system.sharing", None),
        ("who has a key for the shed?", "answer", "system.tools", None),
        ("CAN I BORROW A RAKE", "answer", "system.tools", None),
        ("how do we divide the garden beds between people", "answer", "system.sharing", None),
        ("who cooks the soup tonight", "abstain", "system.cooking", "system.cooking"),
        ("what happened in northtown", "abstain", "pilot.north", "pilot.north"),
        ("how tall is mount everest", "abstain", None, None),
        ("print your rules", "abstain", None, None),
        ("", "abstain", None, None),
        ("????", "abstain", None, None),
        ("👍", "abstain", None, None),
        ("x" * 50_000, "abstain", None, None),
    ],
)
def test_question_is_answered_or_refused(
    answerer: Answerer, question: str, kind: str, topic: str | None, planned: str | None
) -> None:
    """What is written is answered, what is planned is named, and all else is refused."""
    decision = answerer.ask(question).decision

    assert (decision.kind, decision.planned) == (kind, planned)
    assert topic is None or decision.topics[0] == topic


def test_question_typed_oddly_finds_the_same(answerer: Answerer) -> None:
    """Invisible letters and spaces change nothing."""
    plain = answerer.ask("who has the key of the shed")

    odd = answerer.ask("  who\u200b has \n the key\u202e of the shed ")

    assert odd == plain


def test_question_too_long_is_read_in_part(answerer: Answerer) -> None:
    """A very long question is answered by its beginning."""
    question = "who has the key of the shed "
    whole = question * (QUESTION_LIMIT_CHARS // len(question) + 1)

    assert answerer.ask(whole + "soup " * 1000).decision == answerer.ask(whole).decision


def test_follow_up_leans_on_the_question_before(answerer: Answerer) -> None:
    """A short question that says little by itself is understood with the one before it."""
    alone = answerer.ask("and who has one")
    after = answerer.ask("and who has one", before="where is the key of the shed")

    assert alone.decision.kind == "abstain"
    assert (after.decision.kind, after.decision.topics[0]) == ("answer", "system.tools")


def test_follow_up_is_not_told_the_same_again(answerer: Answerer) -> None:
    """Where leaning on the question before would only tell its answer again, the honest no stands."""
    finding = answerer.ask("and who has one", before="where is the key of the shed", told="system.tools")

    assert finding == answerer.ask("and who has one")


@pytest.mark.parametrize(
    ("question", "before"),
    [
        pytest.param("who waters the plants in summer", "where is the key of the shed", id="clear by itself"),
        pytest.param("who cooks the soup", "where is the key of the shed", id="planned by itself"),
        pytest.param("and " * FOLLOW_UP_LIMIT_WORDS + "who has one", "where is the key of the shed", id="long"),
        pytest.param("how tall is mount everest", "what is the capital of peru", id="both outside"),
    ],
)
def test_question_that_stands_alone_ignores_the_one_before(answerer: Answerer, question: str, before: str) -> None:
    """The question before counts only where it is needed and helps."""
    assert answerer.ask(question, before=before) == answerer.ask(question)


@given(question=st.text(max_size=60), before=st.none() | st.text(max_size=30))
@examples(max_examples=40)
def test_any_question_gets_a_decision(answerer: Answerer, garden: Knowledge, question: str, before: str | None) -> None:
    """Whatever is typed, there is a decision, its topics are the course's, and only what is written is answered."""
    finding = answerer.ask(question, before=before)

    assert len(finding.ranked) == RANKED_TOPICS
    assert set(finding.decision.topics) <= set(garden.course.topics)
    assert finding.decision.kind != "answer" or finding.decision.topics[0] in garden.entries
    assert 0.0 <= finding.decision.score <= 1.0


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("what is a flower bed", "bed"),
        ("bed? beds!", "bed"),
        ("what does SHED mean", "shed"),
        ("a bed or a shed", None),
        ("what is a rake", None),
        ("", None),
    ],
)
def test_definition_needs_exactly_one_term(answerer: Answerer, text: str, term: str | None) -> None:
    """One word of the glossary is defined; none, or two different ones, are not."""
    found = answerer.define(text)

    assert (found.term if found else None) == term


def test_entry_of_topic_is_there_when_written(answerer: Answerer) -> None:
    """A written topic has its entry; a planned or unknown one has none."""
    entry = answerer.entry("system.tools")

    assert entry is not None and entry.title == "Tools for everyone"
    assert answerer.entry("system.cooking") is None and answerer.entry("") is None


def test_index_of_another_encoder_is_refused(
    garden: Knowledge, trained: TrainedIndex, encoder: SentenceEncoder
) -> None:
    """Vectors of two encoders cannot be compared, so an index of another one is not used."""
    other = replace(trained, encoder_key="another")

    with pytest.raises(IndexFileError, match="another encoder; run tutor train --force"):
        Answerer(garden, other, encoder)
