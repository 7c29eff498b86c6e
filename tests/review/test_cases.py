"""Conversations as stories, lines and examples: nobody is in them, and Rasa reads them as they are meant."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from sqlalchemy.engine import Engine

from review.cases import Turn, plain, write_examples, write_lines, write_story
from review.intents import load_intents
from review.meant import Corrections
from review.turns_of import read_turns
from tests.review.talking import Said, talk

ANN = "a" * 32
TURNS = [
    Said("start the course", "start_course", "action_start_course", step="card"),
    Said("Next", "continue_lesson", "action_continue_lesson", step="item", payload="/continue_lesson"),
    Said("hm, go on", "thank", "utter_welcome", step="item", confidence=0.4),
    Said("who pays anna@example.org", "ask_system", "action_answer_question", step="item", decision="abstain"),
]


def stories_of(text: str) -> list[dict[str, object]]:
    """Read a file of stories."""
    steps: list[dict[str, object]] = YAML(typ="safe").load(text)["stories"][0]["steps"]
    return steps


def test_story_tells_what_was_typed_done_and_where_it_led(engine: Engine) -> None:
    """Typed words are repeated, buttons are their intents, and steps of the conversation are set where they change."""
    talk(engine, ANN, TURNS)
    with engine.connect() as connection:
        turns = read_turns(connection, ANN, [])

    assert stories_of(write_story("x", turns, load_intents().actions)) == [
        {"user": "start the course\n", "intent": "start_course"},
        {"action": "action_start_course"},
        {"slot_was_set": [{"step": "card"}]},
        {"intent": "continue_lesson"},
        {"action": "action_continue_lesson"},
        {"slot_was_set": [{"step": "item"}]},
        {"user": "hm, go on\n", "intent": "thank"},
        {"action": "utter_welcome"},
        {"user": "who pays kim at example\n", "intent": "ask_system"},
        {"action": "action_answer_question"},
    ]


def test_story_of_chosen_turns_begins_where_they_were(engine: Engine) -> None:
    """A turn from the middle begins with the step of the conversation; what was put right is expected so."""
    names = talk(engine, ANN, TURNS)
    Corrections(engine).put(ANN, [names[2]], "continue_lesson", "eva")
    with engine.connect() as connection:
        turns = read_turns(connection, ANN, [names[2]])

    assert stories_of(write_story("x", turns, load_intents().actions)) == [
        {"slot_was_set": [{"step": "item"}]},
        {"user": "hm, go on\n", "intent": "continue_lesson"},
        {"action": "action_continue_lesson"},
    ]


def test_unsure_message_with_personal_data_is_told_by_its_intent() -> None:
    """Other words for a name could be taken for something else; one that was put right keeps its words."""
    did = (("utter_welcome", None),)
    turns = [
        Turn("thx Darren", "thank", "none", did, confidence=0.4),
        Turn("thx Darren", "greet", "none", did, confidence=0.4, meant="thank"),
        Turn("thx", "thank", "none", did, confidence=0.4),
    ]

    story = stories_of(write_story("x", turns, load_intents().actions))

    assert [step.get("user") for step in story if "intent" in step] == [None, "thx Kim\n", "thx\n"]


def test_terms_of_the_glossary_are_named_as_rasa_finds_them() -> None:
    """A term is marked where it stands, with the glossary's word where that is another."""
    text = "is co creation a living lab"
    turn = Turn(text, "define_term", "none", ())

    story = write_story("x", [turn], load_intents().actions, lambda _: [("co-creation", 3, 14), ("living lab", 17, 27)])

    told = 'is [co creation]{"entity": "term", "value": "co-creation"} a [living lab](term)\n'
    assert stories_of(story) == [{"user": told, "intent": "define_term"}]


def test_lines_say_what_is_right() -> None:
    """A question names its topics, a refused one none, and a command its intent; a correction goes before."""
    turns = [
        Turn("a", "ask_system", "none", (), decision="answer", topics=("system.value", "system.co-design")),
        Turn("b", "ask_system", "none", (), decision="choose", topics=("x", "y")),
        Turn("c", "ask_system", "none", (), decision="abstain", topics=("x",)),
        Turn("d", "thank", "none", ()),
        Turn("e", "thank", "none", (), meant="topic:system.value"),
        Turn("f", "ask_system", "none", (), meant="out_of_scope", decision="answer", topics=("x",)),
        Turn("g", "ask_system", "none", (), meant="ask_more", decision="answer", topics=("x",)),
        Turn("", "affirm", "none", ()),
    ]

    lines = [json.loads(line) for line in write_lines(turns).splitlines()]

    assert [line.get("topics", line.get("intent")) for line in lines] == [
        ["system.value"], ["x", "y"], [], "thank", ["system.value"], [], "ask_more",
    ]  # fmt: skip
    assert len({line["id"] for line in lines}) == len(lines)


def test_examples_are_those_put_right_but_for_topics() -> None:
    """Training takes each text once under its intent; questions belong to their answers."""
    corrections = [("go on pls", "continue_lesson"), ("go on pls", "continue_lesson"), ("who pays", "topic:x")]

    nlu = YAML(typ="safe").load(write_examples([*corrections, ("bye, Anna!", "goodbye")]))["nlu"]

    assert nlu == [
        {"intent": "continue_lesson", "examples": "- go on pls\n"},
        {"intent": "goodbye", "examples": "- bye, Kim!\n"},
    ]


@given(st.text(max_size=120))
def test_any_text_stands_in_a_story_as_text_only(text: str) -> None:
    """Whatever was typed, the file is read back with one line of it, no command, no mark of an entity."""
    turn = Turn(text, "thank", "none", (("utter_welcome", None),))

    story = stories_of(write_story("x", [turn], load_intents().actions))
    examples = YAML(typ="safe").load(write_examples([(text, "thank")]))["nlu"]

    told = str(story[0].get("user", "")).removesuffix("\n")
    assert told == plain(text)
    assert "\n" not in told
    assert not told.startswith("/")
    assert not set(told) & set("[]{}")
    assert [row["examples"] for row in examples] == ([f"- {told}\n"] if told else [])
