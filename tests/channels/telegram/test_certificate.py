"""A certificate in Telegram, through the whole tutor: asked for in the chat, named on a page, sent as a document."""

from __future__ import annotations

import itertools
import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from channels.certificate.giving import CHAT_BOX
from channels.words import say
from database import open_engine
from knowledge.loader import load_knowledge
from learning import tables, walk
from learning.store import LearningStore, Payload, Records
from tests.channels.telegram.chat import Chat, StandIn
from tests.running import RunningTutor

CHAT_IDS = itertools.count(7_700_001)
NAME = "Zacharias Unmistakable"


@pytest.fixture
def chat(bot_api: StandIn, tutor: RunningTutor) -> Chat:
    """Give a chat of somebody who has done the whole course."""
    chat = Chat(bot_api, next(CHAT_IDS))
    chat.say("/start", until="Take a lesson")
    engine = open_engine(tutor.settings.database_url)
    with engine.connect() as connection:
        query = "SELECT learner_id FROM telegram_chat WHERE chat_id = ?"
        learner_id = str(connection.exec_driver_sql(query, (chat.chat_id,)).scalar_one())
    LearningStore(engine).once(learner_id, "finish", finish_course())
    engine.dispose()
    return chat


def finish_course() -> Callable[[Records], Payload]:
    """Return what stores that every lesson is done, and every question right."""
    lessons = load_knowledge().lessons.values()

    def work(records: Records) -> Payload:
        for lesson in lessons:
            records.keep_place(replace(walk.start(lesson), number=len(lesson.steps), is_done=True))
            for item in lesson.items:
                told = {"lesson_id": lesson.id, "item_id": item.id, "version": "v", "chosen": "[]", "outcome": "right"}
                made = {"number": 1, "message_id": item.id, "answered_at": records.now}
                records.connection.execute(
                    tables.attempt.insert().values(learner_id=records.learner_id, **told, **made)
                )
        return {"kind": "finished"}

    return work


def name_page(chat: Chat) -> str:
    """Ask for the certificate, and return the address of the page for the name."""
    chat.say("my certificate")
    (told,) = chat.told
    found = re.search(r'href="([^"]+/certificate/[^"]+)"', told["text"])
    assert found and "comes into this chat as a PDF" in told["text"]
    return found.group(1)


def type_name(page: str) -> str:
    """Type a name there; returns what the page then says."""
    with httpx.Client(trust_env=False, follow_redirects=True, timeout=60.0) as browser:
        return browser.post(page, data={"name": NAME, CHAT_BOX: "yes"}).text


def test_certificate_comes_into_the_chat_and_the_name_stays_nowhere(chat: Chat, tutor: RunningTutor) -> None:
    """A PDF comes with one sentence; no table and no log holds the name."""
    told = type_name(name_page(chat))
    (sent,) = chat.wait()

    assert "It is in your chat in Telegram now" in told
    assert (sent["method"], sent["caption"]) == ("sendDocument", say("telegram_certificate"))
    assert sent["document"]["begins"] == b"%PDF".hex()
    connection = sqlite3.connect(tutor.database)
    dump = "\n".join(connection.iterdump())
    connection.close()
    logs = "".join(path.read_text(encoding="utf-8", errors="replace") for path in tutor.logs.iterdir())
    assert "Unmistakable" not in dump + logs


def test_certificate_that_telegram_does_not_take_stays_on_the_page(chat: Chat, bot_api: StandIn) -> None:
    """The page says so, and has the file; no words of it come into the chat."""
    page = name_page(chat)
    bot_api.fail("sendDocument", times=9, status=404, description="Not Found")

    told = type_name(page)
    bot_api.heal()

    assert "Telegram did not take it just now" in told and "certificate.pdf" in told
    assert chat.look() == []
