"""Danger or despair stops all tutoring, wherever it is told; where it is only likely, help is named beside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.actions.composition import Parts
from knowledge.answering import Finding
from knowledge.decision import Decision
from tests.bot.actions.chat import Chat
from tests.bot.actions.found import FoundAnswerer
from tests.bot.actions.records import read

IN_DANGER = "he stands at her door with a knife and wants to kill her"
PLACE = "SELECT lesson_id, step_key, tries FROM lesson_place"
OUTSIDE = Decision("abstain", ("system.co-creation",), 0.1)
HELP = "utter_distress_likely"


@pytest.mark.parametrize("where", ["nowhere", "card", "item", "reflect"])
def test_distress_stops_tutoring(chat: Chat, where: str, database: Path) -> None:
    """Wherever somebody tells of danger: people who can help, and not one button that leads on."""
    _stand(chat, where)
    place = read(database, PLACE)

    reply = chat.type(IN_DANGER, "tell_distress", distress="sure")

    assert reply.names == ["utter_distress"]
    assert reply.buttons == []
    if where != "reflect":
        assert read(database, PLACE) == place


def _stand(chat: Chat, where: str) -> None:
    """Go to a place: nowhere, the first card, an open item, a reflection."""
    if where == "card":
        chat.press("/start_course")
    elif where == "item":
        chat.open("one right")
    elif where == "reflect":
        lessons = chat.parts.knowledge.lessons.values()
        chat.stand_at(next(card.key for lesson in lessons for card in lesson.cards if card.keep_as))


@pytest.mark.parametrize("intent", ["nlu_fallback", "ask_ethics", "out_of_scope", "goodbye"])
@pytest.mark.parametrize("where", ["nowhere", "card", "item", "reflect"])
def test_likely_distress_names_help_first(chat: Chat, where: str, intent: str) -> None:
    """Where it is only likely, the tutor goes on, and help is named before all else; the last buttons stay last."""
    _stand(chat, where)

    reply = chat.type("how do we take care of each other in a team", intent, distress="likely")

    assert reply.names[0] == HELP and len(reply.names) >= 2
    assert reply.names.count(HELP) == 1
    assert "112" in reply.bubbles[0].text and reply.bubbles[0].buttons == []


@pytest.mark.parametrize(
    ("level", "kind", "refusal", "is_stopped"),
    [
        ("sure", "answer", "", True),
        ("sure", "abstain", "off", True),
        ("likely", "abstain", "distress", True),
        ("likely", "abstain", "personal", True),
        ("likely", "abstain", "off", False),
        ("likely", "answer", "", False),
        ("none", "abstain", "distress", False),
    ],
)
def test_likely_distress_stops_only_what_is_refused(
    chat: Chat, parts: Parts, level: str, kind: str, refusal: str, is_stopped: bool
) -> None:
    """What is likely, covered by nothing, and nearest to somebody's own life stops tutoring as if it were sure."""
    finding = Finding(replace(OUTSIDE, kind=kind), (), refusal=refusal)
    chat.parts = replace(parts, answerer=FoundAnswerer(parts.answerer, finding))

    reply = chat.type("so it goes", distress=level)

    assert (reply.names == ["utter_distress"]) == is_stopped
    assert (HELP in reply.names) == (level == "likely" and not is_stopped)


def test_name_of_a_project_is_not_taken_for_a_cry(chat: Chat) -> None:
    """A few words where a name is asked for are a name; a whole sentence is still heard."""
    for payload in ("/start_roadmap", '/edit_plan{"move": "rename"}'):
        chat.press(payload)

    assert HELP not in chat.type("Night bus", distress="likely").names

    chat.press('/edit_plan{"move": "rename"}')
    assert HELP in chat.type("I cannot go on like this any more", distress="likely").names


def test_refusal_near_distress_tells_where_to_turn(chat: Chat, parts: Parts) -> None:
    """What is nearest to examples of distress, while their model sees none, is still met with people who can help."""
    chat.parts = replace(parts, answerer=FoundAnswerer(parts.answerer, Finding(OUTSIDE, (), refusal="distress")))

    assert chat.type("so it goes").names == ["utter_refuse_personal"]


def test_place_is_kept_through_distress(chat: Chat) -> None:
    """Who comes back later is where they were."""
    item = chat.open("one right")
    chat.type(IN_DANGER, "tell_distress", distress="sure")

    assert item.stem.text in chat.press("/repeat_card").text


def test_grave_reflection_is_kept_and_not_thanked_for(chat: Chat, database: Path) -> None:
    """What was written is not lost, but thanks would be the wrong answer; the next words are no reflection."""
    _stand(chat, "reflect")

    first, again = (chat.type(IN_DANGER, "tell_distress", "same", distress="sure") for _ in range(2))

    assert first.names == again.names == ["utter_distress"]
    assert read(database, "SELECT text FROM note") == [(IN_DANGER,)]
    assert chat.slots["step"] == "card"


def test_grave_question_at_a_reflection_is_no_note(chat: Chat, database: Path) -> None:
    """A question asked in need is answered by people, and not kept as somebody's thought."""
    _stand(chat, "reflect")

    reply = chat.type("what do i do, he wants to kill her?", "tell_distress", distress="sure")

    assert reply.names == ["utter_distress"]
    assert read(database, "SELECT text FROM note") == []


def test_words_of_an_option_are_an_answer_however_grave(chat: Chat) -> None:
    """Who copies an option is graded."""
    item = chat.open("one right")

    reply = chat.type(item.options[0].text, "tell_distress", distress="sure")

    assert "utter_distress" not in reply.names
