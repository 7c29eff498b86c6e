"""Planning one's own project, and comparing it with the pilots, on a phone."""

from __future__ import annotations

from playwright.sync_api import expect

from knowledge.loader import load_knowledge
from tests.browser.conftest import OpenChat

WRITTEN = "Older people who live alone; a <b>nurse</b> told me, in *March*."


def test_plan_on_phone_goes_from_stage_to_status(open_chat: OpenChat) -> None:
    """A stage is chosen, help read, an answer typed, one asked, one skipped; a reload keeps it."""
    stage = load_knowledge().stages["roadmap.co-initiate"]
    chat = open_chat()
    chat.press("Plan my own project")

    asked = chat.press(stage.title)
    helped = chat.press("What is meant?")
    kept = chat.say(WRITTEN)
    between = chat.say("What is a living lab?")
    back = chat.press("Back to my plan")
    chat.say("skip this question")
    status = chat.say("show my plan")
    chat.open()

    assert stage.questions[0].ask in asked and stage.questions[0].help.split(".")[0] in helped
    assert "Kept in your plan" in kept and stage.questions[1].ask in kept
    assert "living lab" in between.lower() and stage.questions[1].ask in back
    assert f"{stage.title}: 1 of {len(stage.questions)}" in status
    expect(chat.replies.last).to_contain_text("Older people who live alone; a <b>nurse</b>")
    assert chat.complaints == []


def test_comparison_on_phone_tells_pilots(open_chat: OpenChat) -> None:
    """Questions are answered by pressing and typing in turn; the nearest pilots come with what was hard."""
    chat = open_chat()
    chat.say("which pilot is like my service")
    chat.press("Older people")
    chat.press("Go on")

    for text in ("social care", "yes", "about 20", "villages", "skip", "trust"):
        chat.say(text)
    result = chat.say("the town")

    assert "What was hard" in result and "Like yours" in result
    assert chat.complaints == []
