"""The gate lets a command pass when it is sure, and takes everything else for a question."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.message import Message

from bot.components.command_gate import CommandGate

FALLBACK = "nlu_fallback"


def judge(text: str, level: str = "none", **confidences: float) -> str:
    """Return the intent that the gate leaves a text, of which the classifier and the detector thought so."""
    ranking: list[dict[str, Any]] = [{"name": name, "confidence": value} for name, value in confidences.items()]
    message = Message({"text": text, "intent": ranking[0], "intent_ranking": ranking, "distress": level})
    CommandGate(CommandGate.get_default_config()).process([message])
    return str(message.get("intent")["name"])


@pytest.mark.parametrize(
    ("confidences", "intent"),
    [
        ({"continue_lesson": 0.9, "ask_system": 0.1}, "continue_lesson"),
        ({"continue_lesson": 0.6, "ask_system": 0.4}, FALLBACK),
        ({"ask_system": 0.3, "continue_lesson": 0.2}, "ask_system"),
        ({"greet": 0.15, "goodbye": 0.1, "thank": 0.75}, FALLBACK),
        ({"tell_distress": 0.6, "set_reminder": 0.3, "ask_ethics": 0.1}, FALLBACK),
    ],
)
def test_command_passes_only_when_sure(confidences: dict[str, float], intent: str) -> None:
    """Most of the probability with commands, and enough with one; the classifier alone finds no distress."""
    assert judge("some words", **confidences) == intent


def test_listed_question_is_no_command_but_may_be_distress() -> None:
    """What an answer lists goes to retrieval, however sure the classifier is; danger comes first all the same."""
    listed = "stop paying for meetings"
    gate = CommandGate(CommandGate.get_default_config(), {listed}.__contains__)
    ranking: list[dict[str, Any]] = [{"name": "stop_lesson", "confidence": 0.99}]
    heard = [
        Message({"text": text, "intent": ranking[0], "intent_ranking": ranking, "distress": level})
        for text, level in (
            ("stop paying for meetings", "none"),
            ("stop", "none"),
            ("stop paying for meetings", "sure"),
        )
    ]
    gate.process(heard)

    assert [message.get("intent")["name"] for message in heard] == [FALLBACK, "stop_lesson", "tell_distress"]


@pytest.mark.parametrize(
    ("level", "confidences", "intent"),
    [
        ("sure", {"set_reminder": 0.95, "ask_ethics": 0.05}, "tell_distress"),
        ("sure", {"ask_ethics": 0.95, "set_reminder": 0.05}, "tell_distress"),
        ("likely", {"set_reminder": 0.7, "goodbye": 0.3}, FALLBACK),
        ("likely", {"ask_help": 0.9, "goodbye": 0.1}, "ask_help"),
        ("likely", {"ask_ethics": 0.6, "set_reminder": 0.4}, "ask_ethics"),
        ("none", {"set_reminder": 0.7, "goodbye": 0.3}, "set_reminder"),
    ],
)
def test_distress_comes_before_every_command(level: str, confidences: dict[str, float], intent: str) -> None:
    """Sure distress is nothing else; where it is likely, only a clear command runs."""
    assert judge("some words", level, **confidences) == intent


@pytest.mark.parametrize(
    ("text", "confidences", "intent"),
    [
        ("t", {"thank": 0.95, "ask_system": 0.05}, FALLBACK),
        (" F ", {"goodbye": 0.95, "ask_system": 0.05}, FALLBACK),
        ("k", {"affirm": 0.95, "ask_system": 0.05}, "affirm"),
        ("b", {"answer_item": 0.95, "ask_system": 0.05}, "answer_item"),
        ("ta", {"thank": 0.95, "ask_system": 0.05}, "thank"),
    ],
)
def test_single_letter_is_an_answer_or_yes_or_no(text: str, confidences: dict[str, float], intent: str) -> None:
    """One letter alone thanks nobody: at an item it is an answer."""
    assert judge(text, **confidences) == intent


@given(
    letters=st.sampled_from(["abc", "abcd", "abcde", "123", "1234", "12345"]),
    link=st.sampled_from(["", " ", ",", ", ", " > ", "\n", ". "]),
    data=st.data(),
)
def test_order_of_letters_is_no_other_command(letters: str, link: str, data: st.DataObject) -> None:
    """A row of letters or numbers never runs a command; as an answer it passes."""
    order = link.join(data.draw(st.sampled_from(list(permutations(letters)))))

    assert judge(order, previous_card=0.95, ask_system=0.05) == FALLBACK
    assert judge(order.upper(), thank=0.95, ask_system=0.05) == FALLBACK
    assert judge(order, answer_item=0.7, ask_system=0.3) == "answer_item"


@pytest.mark.parametrize("text", ["back", "go on", "ab", "b b a", "abba", "add", "next", "badge", "1 and 2"])
def test_other_words_stay_commands(text: str) -> None:
    """Words that are no row of different letters are judged as ever."""
    assert judge(text, previous_card=0.95, ask_system=0.05) == "previous_card"


@pytest.mark.parametrize("intent", ["affirm", "deny"])
def test_question_is_neither_yes_nor_no(intent: str) -> None:
    """What ends in a question mark agrees to nothing; the same words without it do."""
    assert judge("rather not?", **{intent: 0.95, "ask_system": 0.05}) == FALLBACK
    assert judge("rather not", **{intent: 0.95, "ask_system": 0.05}) == intent
    assert judge("the menu?", ask_help=0.95, ask_system=0.05) == "ask_help"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what happens at co-evaluate", FALLBACK),
        ("co-decide, how does it go", FALLBACK),
        ("take me to co-decide", "choose_stage"),
        ("the stage where we decide", "choose_stage"),
    ],
)
def test_question_about_a_stage_does_not_open_it(text: str, intent: str) -> None:
    """Who asks what, why, how or who about a stage of the Roadmap wants an answer and not their plan."""
    assert judge(text, choose_stage=0.95, ask_roadmap=0.05) == intent
