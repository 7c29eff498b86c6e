"""What is given out to take away, or to go on with elsewhere: it works after every interruption, and once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.actions.composition import Parts
from learning.certificate import standing
from learning.downloads import PATH
from learning.papers.library import Library
from tests.bot.actions.chat import Chat, Reply
from tests.bot.actions.flows import NOTE, PLANNED, read_kept
from tests.bot.actions.records import read
from tests.bot.actions.test_certificate import finish, link_in
from tests.bot.actions.test_export import plan, write_note
from tests.bot.actions.test_interruptions import ASKING, MOVING

FEW_CHARS = 200
GIVEN_OUT = (
    "SELECT kind, format, used_at IS NULL FROM download UNION ALL SELECT 'code', '', used_at IS NULL FROM link_code"
)


@dataclass(frozen=True)
class Gift:
    """One thing that is given out.

    Args:
        prepare: Lets somebody have what it is made of.
        ask: Text and intent of the wish for it.
        take: Takes it, as the reply offered it; tells whether it came.
    """

    prepare: Callable[[Chat], object]
    ask: tuple[str, str]
    take: Callable[[Chat, Reply], bool]


def _take_paper(chat: Chat, reply: Reply) -> bool:
    token = reply.files[-1]["url"].removeprefix(PATH)
    link = chat.parts.downloads.use(token)
    paper = Library(chat.parts.knowledge, chat.parts.store).make(link) if link else None
    return paper is not None and len(paper.content) > FEW_CHARS


def _take_certificate(chat: Chat, reply: Reply) -> bool:
    """Come to the page where the name is typed, as long as the link works and the criterion is met."""
    link = chat.parts.downloads.use(link_in(reply))
    find = lambda one: standing(chat.parts.knowledge, one.places(), one.all_outcomes())  # noqa: E731
    return bool(link) and chat.parts.store.read(chat.name, find).is_met


def _take_code(chat: Chat, reply: Reply) -> bool:
    """Type the code at another device, where nobody has begun."""
    joining = chat.parts.link_codes.join(str(reply.bubbles[0].values["code"]), "phone")
    return (joining.kind, joining.learner_id) == ("joined", chat.name)


def _finish_all(chat: Chat) -> None:
    finish(chat, chat.parts.knowledge, len(chat.parts.knowledge.lessons), share=1)


GIFTS = {
    "the plan": Gift(plan, ("export my plan as a document", "export_plan"), _take_paper),
    "the notes": Gift(write_note, ("my notes as a pdf", "export_plan"), _take_paper),
    "all data": Gift(write_note, ("give me my data", "export_my_data"), _take_paper),
    "the certificate": Gift(_finish_all, ("my certificate", "get_certificate"), _take_certificate),
    "a code": Gift(write_note, ("go on on my phone", "link_channel"), _take_code),
}


def _ask(chat: Chat, gift: Gift) -> Reply:
    text, intent = gift.ask
    return chat.type(text, intent, ranking={intent: 0.99})


@pytest.mark.parametrize("name", GIFTS)
def test_what_is_given_works_after_every_interruption(parts: Parts, database: Path, name: str) -> None:
    """Between asking and taking come questions, help, stop, skipping, nonsense: nothing is written, and it is there."""
    gift, chat = GIFTS[name], Chat(parts)
    gift.prepare(chat)
    given = _ask(chat, gift)
    kept, open_now = read_kept(database), set(read(database, GIVEN_OUT))

    for what, (text, intent) in {**ASKING, **MOVING}.items():
        if (text, intent) != gift.ask and what != "a code":  # another code would end the first one
            reply = chat.type(text, intent, ranking={intent: 0.99})
            assert reply.text and (reply.buttons or what == "stop") and "utter_trouble" not in reply.names, what
            assert read_kept(database) == kept, what
    assert open_now <= set(read(database, GIVEN_OUT))
    assert gift.take(chat, given)


@pytest.mark.parametrize("name", GIFTS)
def test_what_is_asked_for_twice_works_whichever_is_taken(parts: Parts, database: Path, name: str) -> None:
    """A double tap comes as two messages with two ids: both replies look the same, and both work at first."""
    gift = GIFTS[name]
    for taken in (0, 1):
        chat = Chat(parts, f"ann-{taken}")
        gift.prepare(chat)
        kept = read_kept(database)

        given = [_ask(chat, gift) for _ in range(2)]

        assert given[0].names == given[1].names
        assert [one["title"] for one in given[0].buttons] == [one["title"] for one in given[1].buttons]
        assert read_kept(database) == kept
        assert gift.take(chat, given[taken])


@pytest.mark.parametrize("name", GIFTS)
def test_what_was_taken_is_not_given_again(parts: Parts, name: str) -> None:
    """The second time, as by an old link in the chat, nothing comes; asking again gives another."""
    gift, chat = GIFTS[name], Chat(parts)
    gift.prepare(chat)
    given = _ask(chat, gift)
    took = [gift.take(chat, given)]
    if name != "a code":  # a phone that has joined is told so again
        took.append(gift.take(chat, given))

    again = _ask(chat, gift)

    assert took[0] and not any(took[1:])
    assert gift.take(chat, again)


@pytest.mark.parametrize("name", GIFTS)
def test_what_is_asked_for_in_a_reflection_leaves_it_open(parts: Parts, database: Path, name: str) -> None:
    """The reflection waits: the next text is its note, and the plan has no word of it."""
    gift, chat = GIFTS[name], Chat(parts)
    gift.prepare(chat)
    cards = [card for lesson in parts.knowledge.lessons.values() for card in lesson.cards if card.keep_as]
    chat.stand_at(cards[-1].key)
    chat.press("/repeat_card")

    given = _ask(chat, gift)
    chat.type(NOTE)

    assert any(one["title"].startswith("Back to my lesson") for one in given.buttons)
    assert NOTE in [row[1] for row in read_kept(database)["note"]]
    assert gift.take(chat, given)


def test_name_typed_in_the_chat_is_no_note_and_no_answer(parts: Parts, database: Path) -> None:
    """Whoever types their name where the link stands, and not on its page, hears something kind; nothing is kept."""
    chat = Chat(parts)
    _finish_all(chat)
    given = _ask(chat, GIFTS["the certificate"])
    kept = read_kept(database)

    reply = chat.type("Łucja Żółć", "nlu_fallback")

    assert read_kept(database) == kept
    assert reply.buttons and "utter_trouble" not in reply.names
    assert _take_certificate(chat, given)


def test_plan_taken_later_has_what_was_answered_meanwhile(parts: Parts) -> None:
    """The paper is made when it is taken: an answer changed after the link was given is in it."""
    chat = Chat(parts)
    plan(chat)
    given = _ask(chat, GIFTS["the plan"])
    chat.press("/start_roadmap")
    chat.type(PLANNED)

    link = parts.downloads.find(given.files[-1]["url"].removeprefix(PATH))
    paper = Library(parts.knowledge, parts.store).make(link) if link else None

    assert paper is not None and PLANNED in paper.content.decode()
