"""Seeing a plan, changing an answer, and having several projects."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.model import Stage
from tests.bot.actions.chat import Chat
from tests.bot.actions.records import read

PREPARE = '/choose_stage{"stage_id": "roadmap.prepare"}'
ANSWERS = "SELECT question_id, text FROM plan_answer ORDER BY id"


@pytest.fixture
def stage(chat: Chat) -> Stage:
    """Give the first stage."""
    return chat.parts.knowledge.stages["roadmap.prepare"]


def test_gap_about_people_is_remarked(chat: Chat, stage: Stage) -> None:
    """A stage whose ethical questions are open is remarked on; the button leads to the first of them."""
    chat.press(PREPARE)
    chat.type("Two rooms")

    status = chat.press("/show_plan")
    opened = chat.press(status.button("Answer:"))

    assert "utter_plan_gap_whole" in status.names
    assert next(one.ask for one in stage.questions if one.theme == "ethics") in opened.text


def test_plan_is_shown_and_an_answer_changed(chat: Chat, database: Path, stage: Stage) -> None:
    """The plan tells how far each stage is and the answers in short; a change takes the answer's place."""
    chat.press(PREPARE)
    chat.type("Two rooms")

    status = chat.type("show my plan", "show_plan")
    of_stage = chat.press(status.button("See Prepare"))
    opened = chat.press(of_stage.button("Change:"))
    changed = chat.type("Three rooms")

    assert "1 of 6" in status.text and "Two rooms" in of_stage.text
    assert "Two rooms" in opened.text and opened.names == ["utter_plan_question_again"]
    assert changed.names[0] == "utter_plan_changed"
    assert [text for _, text in read(database, ANSWERS)] == ["Two rooms", "Three rooms"]


@pytest.mark.parametrize("payload", ["/show_plan", "/edit_plan"])
def test_plan_not_begun_is_offered(chat: Chat, payload: str) -> None:
    """Who has no plan is offered to begin one."""
    reply = chat.press(payload)

    assert reply.names == ["utter_no_plan"] and reply.payloads("start_roadmap")


def test_edit_typed_finds_the_answer(chat: Chat) -> None:
    """Who names an answer gets it; who names none chooses; nothing answered is told."""
    chat.press("/start_roadmap")
    empty = chat.type("change my plan", "edit_plan")
    chat.press('/edit_plan{"question_id": "roadmap.prepare.backing"}')
    chat.type("The mayor")
    chat.type("stop", "goodbye")

    which = chat.type("change my plan", "edit_plan")
    named = chat.type("change my answer about backing", "edit_plan")

    assert (empty.names, which.names) == (["utter_plan_empty"], ["utter_edit_which"])
    assert named.names == ["utter_plan_question_again"] and "The mayor" in named.text


def test_projects_are_made_named_and_switched(chat: Chat) -> None:
    """A second project gets a name that is typed; the first can be renamed; each keeps its answers."""
    chat.press(PREPARE)
    chat.type("Two rooms")
    chat.type("rename my project", "edit_plan")
    renamed = chat.type("Lunch *club*")
    chat.type("i want to start a new project", "start_roadmap")
    made = chat.type("Youth house", "start_roadmap")
    shown = chat.press("/show_plan")

    switched = chat.press(chat.type("switch project", "start_roadmap").button("Lunch"))

    assert (renamed.names, made.names) == (["utter_plan_renamed"], ["utter_plan_made"])
    assert "0 of" in shown.text and "Two rooms" not in shown.text
    assert switched.names == ["utter_plan_switched"] and "1 of" in switched.text


@pytest.mark.parametrize("text", ["cancel", "no thanks", "never mind"])
def test_name_not_given_leads_back(chat: Chat, database: Path, text: str) -> None:
    """Who does not want to name anything is back at the plan, and no project was made."""
    chat.press(PREPARE)
    chat.press('/start_roadmap{"move": "new"}')

    reply = chat.type(text, "deny")

    assert reply.names == ["utter_plan_resumed", "utter_plan_question"]
    assert len(read(database, "SELECT id FROM project")) == 1


def test_question_while_naming_is_answered(chat: Chat, database: Path) -> None:
    """A question at the name is answered, and a button leads back to the name."""
    chat.press("/start_roadmap")
    chat.press('/start_roadmap{"move": "new"}')

    told = chat.type("what is a living lab?", "ask_catalysts")
    back = chat.press(told.button("Back to the name"))
    chat.type("Youth house")

    assert back.names == ["utter_project_name"]
    assert read(database, "SELECT name FROM project ORDER BY id") == [("My project",), ("Youth house",)]


@pytest.mark.parametrize(
    ("text", "intent", "response"),
    [
        ("next", "continue_lesson", "utter_stage_opening"),
        ("skip", "skip_step", "utter_stage_opening"),
        ("yes", "affirm", "utter_stage_opening"),
        ("back", "previous_card", "utter_plan_status"),
        ("where am i", "repeat_card", "utter_plan_status"),
        ("no", "deny", "utter_deny"),
    ],
)
def test_words_at_the_stages_mean_the_plan(chat: Chat, text: str, intent: str, response: str) -> None:
    """Who looks at the plan and says next or back stays in the plan; a lesson's button still leads to the lesson."""
    chat.press("/start_course")
    chat.press("/start_roadmap")

    typed = chat.type(text, intent)
    chat.press("/show_plan")
    pressed = chat.press("/repeat_card")

    assert typed.names[0] == response
    assert chat.slots["step"] == "card" and pressed.names != typed.names
