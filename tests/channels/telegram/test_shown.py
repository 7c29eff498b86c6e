"""How replies look in Telegram: pictures, long texts, sources, answers to choose from, ratings, files, notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from channels.telegram.splitting import count_units
from channels.words import say
from tests.channels.telegram.chat import Chat, wait_until
from tests.channels.telegram.conftest import Served
from tests.channels.telegram.served_gateway import OPTION

PNG = "89504e47"


def test_picture_comes_as_png_with_caption_and_description(chat: Chat) -> None:
    """A drawing is one message: the text as caption, what it shows in words, and the buttons."""
    (photo,) = chat.say("show picture")

    assert (photo["method"], photo["photo"]["file"], photo["photo"]["begins"]) == ("sendPhoto", "ladder.png", PNG)
    assert photo["caption"].startswith("Look at the <b>ladder</b>.\n\n<blockquote expandable>")
    assert "Rungs from low to high." in photo["caption"]
    assert [key["text"] for key in chat.offered()] == ["Next"]


@pytest.mark.parametrize("status", [400, 404])
def test_picture_that_is_not_taken_is_told_in_words(served: Served, chat: Chat, status: int) -> None:
    """Without pictures in the Bot API the text comes with the description, and with the buttons."""
    served.stand_in.fail("sendPhoto", times=2, status=status, description="Not Found")

    (told,) = chat.say("show picture")

    assert told["method"] == "sendMessage"
    assert "Rungs from low to high." in told["text"]
    assert [key["text"] for key in chat.offered()] == ["Next"]


def test_picture_that_fails_again_and_again_is_told_in_words(served: Served, chat: Chat) -> None:
    """A Bot API that has trouble with each picture gets the words after some tries."""
    served.stand_in.fail("sendPhoto", times=50, status=500)

    (told,) = chat.say("show picture")

    assert "Rungs from low to high." in told["text"]
    assert len(served.stand_in.calls("sendPhoto", after=chat.begun)) == 3


def test_picture_that_is_not_there_is_told_in_words(chat: Chat) -> None:
    """A drawing without a file does not keep its text back."""
    (told,) = chat.say("show missing picture")

    assert told["method"] == "sendMessage"
    assert "Rungs." in told["text"]


def test_long_text_comes_in_whole_pieces(chat: Chat) -> None:
    """Each piece is within the limit, ends with a sentence, and no word is lost."""
    told = chat.say("show long", bubbles=3)

    texts = [call["text"] for call in told]
    assert all(count_units(text) <= 4096 and text.endswith(".") for text in texts)
    numbers = re.findall(r"Paragraph (\d+)\.", " ".join(texts))
    assert numbers == [str(n) for n in range(40) for _ in range(6)]


def test_sources_come_as_one_collapsed_quote_with_links(chat: Chat) -> None:
    """Sources stand below the text, each with its link if it has one."""
    (told,) = chat.say("show sources")

    assert told["text"] == (
        "So it is.\n\n<blockquote expandable>Sources: "
        '<a href="https://example.org/a?b=1&amp;c=2">A guide</a> (Ada &amp; Bo, 2020) · '
        "No link (Ada &amp; Bo, 2020)</blockquote>"
    )


def test_place_in_lesson_is_a_short_line(chat: Chat) -> None:
    """The lesson and the step stand below the card."""
    (told,) = chat.say("show progress")

    assert told["text"] == "A card.\n\n<i>What it is · 3 of 9</i>"


def test_long_answers_stand_in_the_text_and_short_on_buttons(chat: Chat) -> None:
    """Answers that a phone would cut are told in full; their buttons begin with the same letter, one a row."""
    (told,) = chat.say("show item")

    rows = told["reply_markup"]["inline_keyboard"]
    assert all(f"{letter}. {OPTION} ({letter})" in told["text"] for letter in "ABC")
    assert [row[0]["text"][:2] for row in rows] == ["A.", "B.", "C.", "Sk"]
    assert all(len(row) == 1 and len(row[0]["text"]) <= 38 for row in rows)


def test_rating_leaves_the_other_buttons(served: Served, chat: Chat) -> None:
    """After a thumb the way on can still be pressed; after both nothing more."""
    (told,) = chat.say("show answer")
    thumb, other, more = chat.query("👍"), chat.query("👎"), chat.query("Tell me")

    for query in (thumb, other, more):
        served.stand_in.do(query)
    wait_until(lambda: len(edits_of(served, told)) == 3)

    assert served.said(chat) == ["show answer", "/yes", "/ask_more"]
    assert texts(edits_of(served, told)[0]) == ["Tell me more", "✓ 👍"]
    assert texts(edits_of(served, told)[-1]) == ["✓ Tell me more", "✓ 👍"]


def test_file_that_cannot_be_fetched_here_comes_as_link(served: Served, chat: Chat) -> None:
    """A file that the door cannot fetch is offered by its address on the web."""
    told = chat.say("show file", bubbles=2)

    assert [call["text"].partition("\n")[0] for call in told] == ["Here.", f"My plan: {served.url}/files/abc"]


def test_typing_is_shown_while_an_answer_takes_long(served: Served, chat: Chat) -> None:
    """Whoever waits sees that something happens; a quick answer shows nothing of it."""
    chat.say("quick")
    assert served.stand_in.calls("sendChatAction", after=chat.begun) == []

    chat.say("slowly")

    shown = served.stand_in.calls("sendChatAction", after=chat.begun)
    assert [(call["chat_id"], call["action"]) for call in shown] == [(str(chat.chat_id), "typing")]


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ({"photo": [{"file_id": "x"}]}, "telegram_picture_sent"),
        ({"video": {"file_id": "x"}}, "telegram_picture_sent"),
        ({"voice": {"file_id": "x", "duration": 2}}, "telegram_voice_sent"),
        ({"sticker": {"file_id": "x"}}, "telegram_sticker_sent"),
        ({"location": {"latitude": 59.4, "longitude": 24.7}}, "telegram_place_sent"),
        ({"venue": {"title": "x"}, "location": {"latitude": 1.0, "longitude": 1.0}}, "telegram_place_sent"),
        ({"contact": {"phone_number": "1", "first_name": "B"}}, "telegram_contact_sent"),
        ({"document": {"file_id": "x"}}, "telegram_document_sent"),
        ({"poll": {"id": "1"}}, "telegram_poll_sent"),
        ({"dice": {"value": 3}}, "telegram_sticker_sent"),
    ],
)
def test_what_is_no_text_gets_a_kind_sentence(served: Served, chat: Chat, sent: dict[str, Any], name: str) -> None:
    """Each kind of message is answered in words, and nothing of it reaches the assistant."""
    chat.send(**sent)

    assert [call["text"] for call in chat.wait()] == [say(name).replace("&", "&amp;")]
    assert served.said(chat) == []


def test_caption_is_read_as_words(served: Served, chat: Chat) -> None:
    """Words that come with a picture are answered, after a word about the picture."""
    chat.send(photo=[{"file_id": "x"}], caption="is this co-creation?")
    chat.wait(2)

    assert served.said(chat) == ["is this co-creation?"]
    assert say("telegram_words_read") in chat.told[0]["text"]


def test_forwarded_text_is_answered_as_a_question(served: Served, chat: Chat) -> None:
    """Somebody who forwards a colleague's question gets its answer."""
    chat.send(text="who decides?", forward_origin={"type": "hidden_user", "sender_user_name": "B", "date": 0})
    chat.wait()

    assert served.said(chat) == ["who decides?"]


def test_edited_text_is_told_and_changes_nothing(served: Served, chat: Chat) -> None:
    """An edit is no new message; the person hears what to do."""
    chat.say("first words")
    served.stand_in.do(served.stand_in.update(edited_message=chat.message(text="other words", edit_date=1)))

    assert [call["text"] for call in chat.wait()] == [say("telegram_edited")]
    assert served.said(chat) == ["first words"]


@pytest.mark.parametrize(
    "update",
    [
        {"channel_post": {"message_id": 1, "chat": {"id": -100, "type": "channel"}, "text": "hi"}},
        {"message": {"message_id": 1, "chat": {"id": -5, "type": "group"}, "text": "hi all"}},
        {"edited_message": {"message_id": 1, "chat": {"id": 9, "type": "private"}, "location": {"latitude": 1}}},
        {"message": {"message_id": 1, "chat": {"id": 9, "type": "private"}, "pinned_message": {}}},
        {"message": {"chat": "what?"}},
        {"callback_query": {"id": "1"}},
        {"inline_query": {"id": "1", "query": "x"}},
        {},
        {"message": None},
        {"message": {"text": 5, "chat": {"id": 9}}},
    ],
)
def test_update_that_concerns_nobody_is_passed_over(served: Served, chat: Chat, update: dict[str, Any]) -> None:
    """Channel posts, talk in groups and what cannot be read lead to nothing, and what comes after is answered."""
    before = len(served.stand_in.calls("sendMessage"))
    served.stand_in.do(served.stand_in.update(**update))
    chat.say("hello")

    assert len(served.stand_in.calls("sendMessage")) == before + 1


@pytest.mark.parametrize("words", ["/start", "/lesson@stand_in_bot", "hey @stand_in_bot what is it?"])
def test_group_that_speaks_to_the_tutor_is_declined_and_left(served: Served, chat: Chat, words: str) -> None:
    """In a group the tutor says that it talks with one person at a time, and leaves; nothing is stored of it."""
    group = -chat.chat_id
    message = {"message_id": 1, "chat": {"id": group, "type": "group"}, "from": {"id": 3}, "text": words}
    served.stand_in.do(served.stand_in.update(message=message))

    wait_until(lambda: any(call["chat_id"] == str(group) for call in served.stand_in.calls("leaveChat")))

    (told,) = [call for call in served.stand_in.calls("sendMessage") if call["chat_id"] == str(group)]
    assert told["text"] == f"{say('telegram_group')} https://t.me/stand_in_bot"
    assert served.read("SELECT 1 FROM telegram_chat WHERE chat_id = ?", group) == []


def test_blocking_and_coming_back_is_noted(served: Served, chat: Chat) -> None:
    """Whoever blocks the bot is sent nothing; whoever unblocks it can be reached again."""
    chat.say("hello")
    change = {"chat": chat.message()["chat"], "from": chat.message()["from"], "date": 0}
    query = "SELECT state FROM telegram_chat WHERE chat_id = ?"
    for status, state in (("kicked", "blocked"), ("member", "open")):
        served.stand_in.do(served.stand_in.update(my_chat_member={**change, "new_chat_member": {"status": status}}))

        wait_until(lambda state=state: served.read(query, chat.chat_id) == [(state,)])  # type: ignore[misc]


def test_known_group_that_moves_is_followed(served: Served, new_chat: Callable[[], Chat]) -> None:
    """A message that tells of a new number changes the number."""
    old, new = new_chat(), new_chat()
    old.say("hello")
    moved = {**old.message(), "migrate_to_chat_id": new.chat_id}
    served.stand_in.do(served.stand_in.update(message=moved))
    new.say("here I am")

    assert served.said(new) == ["hello", "here I am"]


def edits_of(served: Served, told: dict[str, Any]) -> list[list[list[dict[str, str]]]]:
    """Return the buttons that a message was changed to."""
    edits = served.stand_in.calls("editMessageReplyMarkup")
    own = [call for call in edits if call["message_id"] == str(told["message_id"])]
    return [call["reply_markup"]["inline_keyboard"] for call in own]


def texts(rows: list[list[dict[str, str]]]) -> list[str]:
    """Return what stands on buttons."""
    return [key["text"] for row in rows for key in row]
