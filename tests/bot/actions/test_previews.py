"""What the desk previews is what the chat says, to the letter."""

from __future__ import annotations

from knowledge.model import Knowledge
from review.preview import Piece, preview
from telling.web import to_html
from tests.bot.actions.chat import Chat, Reply

STAGE = "roadmap.prepare"


def shown(pieces: list[Piece], where: str) -> str:
    """Return how the page shows a piece."""
    return str(next(one.web for one in pieces if one.where == where))


def told(reply: Reply, name: str) -> str:
    """Return how the page shows what was said in a response."""
    return str(to_html(next(one.text for one in reply.bubbles if one.name == name)))


def test_stage_is_previewed_as_it_is_told(chat: Chat, knowledge: Knowledge) -> None:
    """Its opening, its first question, and the example."""
    stage = knowledge.stages[STAGE]
    question = f"question: {stage.questions[0].key}"
    pieces = preview(knowledge, stage.place.file)

    opened = chat.press(f'/choose_stage{{"stage_id": "{STAGE}"}}')
    example = chat.type("give me an example", "ask_example")

    assert shown(pieces, "opening") == told(opened, "utter_stage_opening")
    assert shown(pieces, question) == told(opened, "utter_plan_question")
    assert shown(pieces, f"{question}, example") == told(example, example.names[0])


def test_side_of_a_pilot_is_previewed_as_it_is_told(chat: Chat, knowledge: Knowledge) -> None:
    """The same facts, under the same label."""
    pilot = knowledge.pilots["pilot.houten"]
    facet = next(one for one in knowledge.facets if one.key == "difficulties")

    reply = chat.type("what was hard in the pilot in Houten?", "ask_pilots")

    assert shown(preview(knowledge, pilot.place.file), f"when somebody asks: {facet.label}") == told(
        reply, "utter_facet"
    )


def test_themes_are_previewed_as_they_are_offered(chat: Chat, knowledge: Knowledge) -> None:
    """The question and its buttons."""
    piece = preview(knowledge, "course.yml")[0]

    reply = chat.press("/choose_lesson")

    assert str(piece.web) == told(reply, "utter_which_theme")
    assert list(piece.buttons) == [one["title"] for one in reply.bubbles[0].buttons]
