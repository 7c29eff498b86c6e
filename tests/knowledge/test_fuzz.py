"""Texts of every kind, asked of the real course: always a decision, and nothing told beyond the limits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from knowledge.answering import Answerer, Before, Finding
from knowledge.decision import Decision
from knowledge.model import Knowledge
from tests.knowledge.fuzz import befores, broken_rules, read_nasty, real_answerer, run, texts, try_text

TOLD = Before("what did they do in Turku", "pilot.finland", "money")


@pytest.fixture(scope="module")
def real() -> Answerer:
    """Give an answerer on the real course."""
    return real_answerer()


def test_nasty_texts_are_many_and_all_different() -> None:
    """The list holds what it should: many texts, none twice, long ones and halves of letters among them."""
    nasty = read_nasty()

    assert len(nasty) == len(set(nasty)) >= 150
    assert max(map(len, nasty)) >= 50_000 and "" in nasty and "\ud800" in nasty and "null" in nasty


def test_nasty_texts_get_a_decision(real: Answerer) -> None:
    """Each text of the list is answered or refused like any other, alone and after another question."""
    for text in read_nasty():
        try_text(real, text, None)
        try_text(real, text, TOLD)


@given(data=st.data())
@examples(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_text_gets_a_decision(real: Answerer, data: st.DataObject) -> None:
    """Whatever is sent, in whatever script, nothing is raised and every rule is kept."""
    text = data.draw(texts(real.knowledge))
    before = data.draw(befores(real.knowledge))

    try_text(real, text, before)


@pytest.mark.parametrize(
    ("change", "gist"),
    [
        ({"kind": "shout"}, "kind shout"),
        ({"topics": ()}, "topics ()"),
        ({"topics": ("no.topic",)}, "topics ('no.topic',)"),
        ({"score": 1.5}, "score 1.5"),
        ({"kind": "choose", "choices": ("no.topic",)}, "choices ('no.topic',)"),
    ],
)
def test_rule_broken_is_noticed(real: Answerer, change: dict[str, object], gist: str) -> None:
    """A finding that breaks a rule is caught, so that the tests above cannot pass by seeing nothing."""
    good = Finding(Decision("abstain", ("system.co-creation",), 0.1), ())
    topics = {**real.knowledge.course.topics, "no.topic": real.knowledge.course.topics["system.co-creation"]}
    course = replace(real.knowledge.course, topics=topics if "choices" in change else real.knowledge.course.topics)
    knowledge = replace(real.knowledge, course=course)

    assert list(broken_rules(good, knowledge)) == []
    assert gist in list(broken_rules(replace(good, decision=replace(good.decision, **change)), knowledge))


class Fragile:
    """An answerer that one letter brings down."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def ask(self, question: str, before: Before | None = None) -> Finding:
        """Refuse everything, until the letter comes."""
        assert "e" not in question
        return Finding(Decision("abstain", ("system.co-creation",), 0.1), ())


def test_run_says_what_failed_and_how_many(real: Answerer, capsys: pytest.CaptureFixture[str]) -> None:
    """The command names the shortest text that fails, says how much was tried, and its exit code tells."""
    fragile: Any = Fragile(real.knowledge)

    code = run(fragile, minutes=0.001)

    said = capsys.readouterr().out
    assert code == 1
    assert "round 1: AssertionError" in said and "text=" in said
