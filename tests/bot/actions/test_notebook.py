"""The notebook: reflections listed by lesson, read, changed and deleted, by button and by typing, and brought back."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions.composition import Parts
from knowledge.checks import count_words
from knowledge.model import Knowledge
from telling.bubbles import BUBBLE_LIMIT_WORDS, TURN_LIMIT_BUBBLES
from tests.bot.actions.chat import Chat, Reply
from tests.bot.actions.records import read

NOTES = "SELECT text FROM note ORDER BY id"
FIRST, SECOND = "We asked, and then\ndecided {alone}.", "Two neighbours who never meet."


def _write(chat: Chat, *texts: str) -> None:
    """Write one text at each reflection of the lessons, in their order."""
    cards = [card for lesson in chat.parts.knowledge.lessons.values() for card in lesson.cards if card.keep_as]
    for text, card in zip(texts, cards, strict=False):
        chat.stand_at(card.key)
        assert chat.type(text).names == ["utter_noted"]


@pytest.fixture
def notes(chat: Chat) -> list[str]:
    """Give two notes of one lesson."""
    _write(chat, FIRST, SECOND)
    return [FIRST, SECOND]


def test_notes_of_somebody_new_are_none(chat: Chat) -> None:
    """Without notes the tutor says where they come from."""
    assert chat.press("/show_notes").names == ["utter_no_notes"]
    assert chat.type("delete note 2", "show_notes").names == ["utter_no_notes"]


def test_notes_are_listed_under_their_lesson(chat: Chat, notes: list[str], knowledge: Knowledge) -> None:
    """Each has a number and a button that opens it; the words are the person's own."""
    reply = chat.press("/show_notes")

    assert reply.names == ["utter_notes"]
    assert reply.text.count(next(iter(knowledge.lessons.values())).title) == 1
    assert "1\\. We asked, and then decided {alone}." in reply.text and "2\\. Two neighbours" in reply.text
    assert len(reply.payloads("show_notes")) == 2


def test_many_notes_are_listed_page_by_page(chat: Chat) -> None:
    """More notes than fit come on further pages, by button and by typing."""
    _write(chat, *(f"Thought number {n}" for n in range(1, 7)))
    first = chat.press("/show_notes")
    second = chat.press(first.button("More notes"))
    back = chat.type("previous notes", "show_notes")
    forth = chat.type("more notes please", "show_notes")

    assert "5\\. Thought number 5" in second.text and "4\\." not in second.text
    assert second.button("Previous notes")
    assert (back.text, forth.text) == (first.text, second.text)


def test_note_is_read_whole(chat: Chat, notes: list[str]) -> None:
    """A note that is opened stands there as it was written, with what can be done."""
    opened = chat.press(chat.press("/show_notes").button("1 ·"))
    typed = chat.type("open note 1", "show_notes")

    assert "> We asked, and then\n> decided {alone}." in opened.text
    assert [one["title"] for one in opened.buttons][:3] == ["Change it", "Delete it", "All my notes"]
    assert typed.text == opened.text


@pytest.mark.parametrize(
    "text",
    ["word " * 780, "w" * 3_990, "line\n" * 600, "One sentence. " * 250],
    ids=["words", "one word", "lines", "sentences"],
)
def test_long_note_keeps_the_limits(chat: Chat, text: str) -> None:
    """A note of any length is told whole, in parts of three bubbles of ninety words at most."""
    _write(chat, text)
    replies = [chat.press("/show_notes"), chat.type("edit note 1", "show_notes")]
    replies.append(chat.type("open note 1", "show_notes"))

    while further := [one for one in replies[-1].buttons if one["title"] == "Read on"]:
        replies.append(chat.press(further[0]))

    shown = " ".join(reply.text for reply in replies if "utter_own_note" in reply.names).replace(">", "")
    assert all(shown.split().count(word) >= text.split().count(word) for word in set(text.split()))
    for reply in replies:
        assert len(reply.bubbles) <= TURN_LIMIT_BUBBLES
        assert all(count_words(bubble.text) <= BUBBLE_LIMIT_WORDS for bubble in reply.bubbles)


def _ask_to_change(chat: Chat, way: str) -> Reply:
    if way == "typed":
        return chat.type("i want to change note 2", "show_notes")
    opened = chat.press(chat.press("/show_notes").button("2 ·"))
    return chat.press(opened.button("Change it")) if way == "pressed" else chat.type("rewrite it", "nlu_fallback")


@pytest.mark.parametrize("way", ["typed", "pressed", "said of the open one"])
@pytest.mark.parametrize("intent", ["nlu_fallback", "ask_system", "out_of_scope"])
def test_note_is_changed(chat: Chat, notes: list[str], way: str, intent: str, database: Path) -> None:
    """What is typed next takes the place of the note, whatever the classifier makes of it."""
    asked = _ask_to_change(chat, way)
    changed = chat.type("Three neighbours, and the caretaker.", intent)

    assert asked.names == ["utter_note_change"]
    assert changed.names == ["utter_note_changed"]
    assert read(database, NOTES) == [(FIRST,), ("Three neighbours, and the caretaker.",)]
    assert chat.slots["step"] == "none"


def test_same_change_twice_counts_once(chat: Chat, notes: list[str], database: Path) -> None:
    """A message that comes again hears the same, and is not kept as something else."""
    _ask_to_change(chat, "typed")
    first, again = (chat.type("Better words.", message_id="same") for _ in range(2))

    assert first == again
    assert read(database, NOTES) == [(FIRST,), ("Better words.",)]


def test_question_while_changing_is_answered_and_leads_back(chat: Chat, notes: list[str], database: Path) -> None:
    """The note is left alone, and the way back asks for the new text again."""
    _ask_to_change(chat, "typed")
    asked = chat.type("what is co-creation?", "ask_system")
    after = chat.type("living labs in the Netherlands", "ask_catalysts")
    back = chat.press(asked.button("Back to my note"))

    assert asked.names[0] == "utter_answer"
    assert "utter_note_changed" not in after.names
    assert back.names == ["utter_note_change"]
    assert read(database, NOTES) == [(FIRST,), (SECOND,)]


@pytest.mark.parametrize(
    ("said", "intent"), [("ok", "affirm"), ("no", "deny"), ("help", "ask_help"), ("/repeat_card", "")]
)
def test_note_is_left_as_it_is(chat: Chat, notes: list[str], said: str, intent: str, database: Path) -> None:
    """Yes, no, help or the lesson end the change, and nothing is lost."""
    _ask_to_change(chat, "typed")
    _ = chat.type(said, intent) if intent else chat.press(said)

    assert chat.slots["step"] != "note_edit"
    assert read(database, NOTES) == [(FIRST,), (SECOND,)]


@pytest.mark.parametrize(("said", "intent"), [("yes", "affirm"), ("Yes, delete it", "")])
def test_note_is_deleted_after_asking_once(
    chat: Chat, notes: list[str], said: str, intent: str, database: Path
) -> None:
    """The note is shown once more, and gone after a yes, typed or pressed; the others stay."""
    asked = chat.type("delete note 1", "show_notes")
    before = read(database, NOTES)
    deleted = chat.type(said, intent) if intent else chat.press(asked.button(said))

    assert asked.names == ["utter_note_delete"]
    assert "We asked" in asked.text and len(before) == 2
    assert deleted.names == ["utter_note_deleted"]
    assert read(database, NOTES) == [(SECOND,)]


@pytest.mark.parametrize(("said", "intent"), [("no", "deny"), ("No, keep it", "")])
def test_note_is_kept_after_a_no(chat: Chat, notes: list[str], said: str, intent: str, database: Path) -> None:
    """A no keeps it."""
    asked = chat.type("delete note 1", "show_notes")
    _ = chat.type(said, intent) if intent else chat.press(asked.button(said))

    assert read(database, NOTES) == [(FIRST,), (SECOND,)]
    assert chat.slots["step"] == "none"


@pytest.mark.parametrize("detour", ["/ask_help", "/ask_progress", '/ask_topic{"topic_id": "system.co-creation"}'])
def test_yes_after_a_detour_deletes_nothing(chat: Chat, notes: list[str], detour: str, database: Path) -> None:
    """A yes counts only right after the question."""
    chat.type("delete note 1", "show_notes")
    chat.press(detour)
    chat.type("yes", "affirm")

    assert read(database, NOTES) == [(FIRST,), (SECOND,)]


def test_old_button_and_double_tap_of_a_deletion(chat: Chat, notes: list[str], database: Path) -> None:
    """The same press hears the same; later the note is told to be gone."""
    asked = chat.type("delete note 1", "show_notes")
    first, again = (chat.press(asked.button("Yes"), message_id="same") for _ in range(2))
    late = chat.press(asked.button("Yes"))
    opened = chat.press(asked.button("No, keep it"))

    assert first == again
    assert late.names == ["utter_no_note"]
    assert opened.names == ["utter_notes"]
    assert read(database, NOTES) == [(SECOND,)]


@pytest.mark.parametrize("text", ["delete note 9", "delete a note", "change my reflection"])
def test_note_not_named_is_asked_for(chat: Chat, notes: list[str], text: str) -> None:
    """Without a number that there is, the tutor asks which one."""
    reply = chat.type(text, "show_notes")

    assert reply.names == ["utter_which_note"]
    assert len(reply.payloads("show_notes")) == 2


def test_note_of_somebody_else_is_out_of_reach(parts: Parts, chat: Chat, notes: list[str], database: Path) -> None:
    """A button made up for another person's note opens, changes and deletes nothing."""
    other = Chat(parts, "ben")
    replies = [
        other.press(f'/{intent}{{"note_id": "1", "confirmed": "yes"}}')
        for intent in ("show_notes", "edit_note", "delete_note")
    ]

    assert [reply.names for reply in replies] == [["utter_no_notes"], ["utter_no_note"], ["utter_no_note"]]
    assert read(database, NOTES) == [(FIRST,), (SECOND,)]


def test_second_reflection_brings_back_the_first(chat: Chat, knowledge: Knowledge) -> None:
    """At the second reflection of a lesson stands what was written at the first."""
    lesson = next(
        lesson for lesson in knowledge.lessons.values() if sum(bool(card.keep_as) for card in lesson.cards) > 1
    )
    first, second = [card for card in lesson.cards if card.keep_as][:2]
    chat.stand_at(first.key)
    chat.type("Our youth centre, mostly.")

    reply = chat.stand_at(second.key)

    assert "utter_earlier_wrote" in reply.names
    assert 'you wrote: "Our youth centre, mostly."' in reply.text
    assert len(reply.bubbles) <= TURN_LIMIT_BUBBLES


def test_later_lesson_of_the_theme_opens_with_what_was_written(chat: Chat, knowledge: Knowledge) -> None:
    """A lesson begins with the note of an earlier lesson of its theme; one of another theme does not."""
    theme, other = knowledge.course.themes[:2]
    first = knowledge.lessons[theme.lessons[0].id]
    chat.stand_at(next(card.key for card in first.cards if card.keep_as))
    chat.type("Our youth centre, mostly. " * 20)

    later = [chat.press(f'/choose_lesson{{"lesson_id": "{one.id}"}}') for one in theme.lessons[1:]]
    elsewhere = chat.press(f'/choose_lesson{{"lesson_id": "{other.lessons[0].id}"}}')

    for reply in later:
        assert reply.names[0] == "utter_lesson_opening_wrote"
        assert f'In **{first.title}** you wrote: "Our youth centre' in reply.text
        assert all(count_words(bubble.text) <= BUBBLE_LIMIT_WORDS for bubble in reply.bubbles)
    assert elsewhere.names[0] == "utter_lesson_opening"


@pytest.mark.parametrize(
    ("said", "intent", "response"),
    [
        ("rewrite it", "edit_plan", "utter_note_change"),
        ("rewrite it", "ask_simpler", "utter_note_change"),
        ("delete it", "repeat_card", "utter_note_delete"),
    ],
)
def test_words_beside_an_open_note_are_about_it(
    chat: Chat, notes: list[str], said: str, intent: str, response: str
) -> None:
    """Whatever a few words sound like, beside a note they are about the note."""
    chat.type("open note 1", "show_notes")

    assert chat.type(said, intent).names == [response]
