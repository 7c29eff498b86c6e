"""The plan and the notes are taken along by links: for one project, in three formats, whatever else is open."""

from __future__ import annotations

import pytest

from bot.actions.composition import Parts
from knowledge.checks import count_words
from learning.downloads import PATH, Link
from learning.papers.library import Library
from telling.bubbles import BUBBLE_LIMIT_WORDS
from tests.bot.actions.chat import Chat, Reply

ANSWER = "Ann's neighbours should =decide* with us."


def plan(chat: Chat, name: str = "") -> None:
    """Make a plan with one answer; with a name, one more project is made for it."""
    if name:
        chat.press('/start_roadmap{"move": "new"}')
        chat.type(name)
    chat.press('/choose_stage{"stage_id": "roadmap.prepare"}')
    chat.type(ANSWER)


def write_note(chat: Chat) -> None:
    """Write a reflection in the first lesson that asks for one."""
    lesson = next(one for one in chat.parts.knowledge.lessons.values() if any(card.keep_as for card in one.cards))
    chat.stand_at(next(card.key for card in lesson.cards if card.keep_as))
    chat.type("We promised too much once.")


def links(chat: Chat, reply: Reply) -> list[Link]:
    """Look up what the links of a reply stand for."""
    found = [chat.parts.downloads.find(file["url"].removeprefix(PATH)) for file in reply.files]
    assert all(found)
    return [link for link in found if link]


def test_plan_comes_in_three_formats(chat: Chat) -> None:
    """Each link is the person's own, and gives a paper with their words."""
    plan(chat)

    reply = chat.type("give me the plan as a document", "export_plan")

    made = links(chat, reply)
    assert reply.names == ["utter_export_plan"]
    assert [link.format for link in made] == ["pdf", "docx", "md"]
    assert {(link.learner_id, link.kind, link.channel) for link in made} == {("ann", "plan", "web")}
    paper = Library(chat.parts.knowledge, chat.parts.store).make(made[2])
    assert paper is not None and "Ann's neighbours" in paper.content.decode()
    assert reply.files[2]["name"] == paper.name
    assert count_words(reply.text) <= BUBBLE_LIMIT_WORDS


def test_documents_in_a_chat_are_not_called_links(parts: Parts) -> None:
    """Telegram gets documents: what is said of plan and notes there names no link, and what works once."""
    chat = Chat(parts, channel="telegram")
    plan(chat)
    write_note(chat)

    replies = [chat.type("give me the plan as a document", "export_plan"), chat.type("export my notes", "export_plan")]

    assert [reply.names for reply in replies] == [["utter_export_plan_telegram"], ["utter_export_notes_telegram"]]
    assert all(len(reply.files) == 3 and "link" not in reply.text.lower() for reply in replies)
    assert all("once" not in reply.text for reply in replies)


@pytest.mark.parametrize(
    ("text", "first"), [("plan in word", "docx"), ("as markdown pls", "md"), ("export plan", "pdf")]
)
def test_format_that_was_named_comes_first(chat: Chat, text: str, first: str) -> None:
    """All three are offered, whatever was asked for."""
    plan(chat)

    made = links(chat, chat.type(text, "export_plan"))

    assert made[0].format == first
    assert {link.format for link in made} == {"pdf", "docx", "md"}


def test_several_projects_are_asked_about(chat: Chat) -> None:
    """A button for each, and what it says is what comes."""
    plan(chat)
    plan(chat, "Night bus")

    asked = chat.press("/export_plan")
    reply = chat.press(asked.button("My project"))

    assert asked.names == ["utter_export_which"] and asked.files == []
    assert reply.files[0]["name"].startswith("My-project")


def test_project_named_in_the_text_is_meant(chat: Chat) -> None:
    """Who names a project is not asked."""
    plan(chat)
    plan(chat, "Night bus")

    reply = chat.type("export the night bus plan", "export_plan")

    assert reply.files[0]["name"].startswith("Night-bus")


def test_project_of_another_is_not_given(chat: Chat) -> None:
    """A button with somebody else's project leads to a question, never to a paper."""
    plan(chat)
    plan(chat, "Night bus")

    reply = Chat(chat.parts, "ben").press('/export_plan{"project_id": "1"}')

    assert reply.names == ["utter_export_no_plan"]
    assert reply.files == []


def test_nothing_to_export_leads_on(chat: Chat) -> None:
    """Without a plan there is a way to one; with notes, they are offered."""
    before = chat.press("/export_plan")
    write_note(chat)
    after = chat.press("/export_plan")

    assert before.payloads() == ["/start_roadmap"]
    assert '/export_plan{"move": "notes"}' in after.payloads()


@pytest.mark.parametrize(
    ("text", "intent"),
    [("export my notes", "export_plan"), ("my reflections as a word file", "show_notes"), ("", "export_plan")],
)
def test_notes_come_in_three_formats(chat: Chat, text: str, intent: str) -> None:
    """However it is said, and by button."""
    write_note(chat)

    reply = chat.type(text, intent) if text else chat.press('/export_plan{"move": "notes"}')

    assert reply.names == ["utter_export_notes"]
    assert {link.kind for link in links(chat, reply)} == {"notes"}
    assert all(file["name"].startswith("My-notes") for file in reply.files)


def test_notes_that_are_not_there_are_told(chat: Chat) -> None:
    """No empty paper is offered."""
    reply = chat.type("download my notes", "export_plan")

    assert reply.names == ["utter_no_notes"] and reply.files == []


def test_looking_at_notes_is_no_export(chat: Chat) -> None:
    """Who wants to see them sees them, with a button to take them along."""
    write_note(chat)

    reply = chat.type("show my notes", "show_notes")

    assert reply.names == ["utter_notes"]
    assert '/export_plan{"move": "notes"}' in reply.payloads()


def test_export_in_the_middle_of_a_question_keeps_the_place(chat: Chat) -> None:
    """The open question stays open, and a button leads back to it."""
    plan(chat)

    reply = chat.type("export my plan please", "export_plan", ranking={"export_plan": 0.95})

    assert reply.names == ["utter_export_plan"]
    assert chat.slots["step"] == "interview"
    assert any(one["title"].startswith("Back") for one in reply.buttons)


def test_same_message_again_leaves_one_set_of_links(chat: Chat) -> None:
    """A repeat gets links that work, and the first ones do not."""
    plan(chat)

    first = chat.press("/export_plan", "m1")
    second = chat.press("/export_plan", "m1")

    assert len(links(chat, second)) == 3
    assert [chat.parts.downloads.find(file["url"].removeprefix(PATH)) for file in first.files] == [None] * 3


def test_plan_is_shown_with_its_picture(chat: Chat) -> None:
    """The star map says in words what is filled, and leads to a drawing of the owner's own."""
    plan(chat)

    reply = chat.press("/show_plan")

    image = reply.bubbles[0].image
    assert image is not None
    assert "Prepare: 1 of 6" in image["alt"] and image["url"].startswith("/pictures/plan/1.svg?at=")
    assert (chat.parts.gallery.draw("ann", "plan", "1") or "").count('class="full"') == 1
    assert reply.payloads("export_plan") == ["/export_plan"]


def test_progress_is_shown_with_the_map_of_the_course(chat: Chat) -> None:
    """Each theme with what is done, as text and as a picture."""
    chat.press("/start_course")
    chat.press(f'/choose_lesson{{"lesson_id": "{next(iter(chat.parts.knowledge.lessons))}"}}')

    first = chat.press("/ask_progress").bubbles[0]

    themes = chat.parts.knowledge.course.themes
    assert first.image is not None and first.image["url"] == "/pictures/course.svg"
    assert all(f"- {theme.title}: 0 of {len(theme.lessons)}" in first.text for theme in themes)


def test_stage_reminds_of_the_note_of_its_lesson(chat: Chat) -> None:
    """What was written in a lesson that belongs to the stage is told when the stage opens, in three bubbles at most."""
    stage = next(iter(chat.parts.knowledge.stages.values()))
    chat.press("/start_roadmap")
    lesson = chat.parts.knowledge.lessons[stage.lessons[0]]
    chat.stand_at(next(card.key for card in lesson.cards if card.keep_as))
    chat.type("We promised too much once.")

    reply = chat.press(f'/choose_stage{{"stage_id": "{stage.id}"}}')

    assert reply.names == ["utter_stage_opening", "utter_stage_note", "utter_plan_question"]
    assert "> We promised too much once." in reply.text and lesson.title in reply.text
