"""The certificate in chat: what is missing is said kindly, and who has done all gets a link, never asked for a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy.engine import Engine

from bot.actions.composition import Parts
from database import open_engine
from knowledge.checks import count_words
from knowledge.model import Knowledge
from learning import tables, walk
from learning.certificates_store import Certificates
from learning.downloads import Downloads
from learning.repetition import fingerprint
from learning.store import Payload, Records
from telling.bubbles import BUBBLE_LIMIT_WORDS
from tests.bot.actions.chat import Chat, Reply
from tests.bot.actions.practising import pass_days
from tests.learning.certificates import CERTIFIED, CODE

ASK = "/get_certificate"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Give the database behind the parts."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


def finish(chat: Chat, knowledge: Knowledge, lessons: int, share: float) -> None:
    """Store that somebody did the first lessons, with a share of their questions right."""
    done = [knowledge.lessons[plan.id] for plan in knowledge.course.lessons][:lessons]
    items = [item for lesson in done for item in lesson.items]

    def work(records: Records) -> Payload:
        for lesson in done:
            records.keep_place(replace(walk.start(lesson), number=len(lesson.steps), is_done=True))
        for item in items[: round(len(items) * share)]:
            told = {"lesson_id": item.id.rpartition(".")[0], "item_id": item.id, "version": "v", "chosen": "[]"}
            made = {"outcome": "right", "number": 1, "message_id": item.id, "answered_at": records.now}
            records.connection.execute(tables.attempt.insert().values(learner_id=chat.name, **told, **made))
        return {"kind": "finished"}

    chat.parts.store.once(chat.name, "finish", work)


def link_in(reply: Reply) -> str:
    """Return the token of the link in a reply."""
    found = re.search(r"\[Make my certificate\]\(/certificate/([\w-]+)\)", reply.text)
    assert found, reply.text
    return found.group(1)


def test_somebody_new_hears_what_it_asks_for(chat: Chat, knowledge: Knowledge) -> None:
    """Lessons, score and time are told, and a lesson offered."""
    reply = chat.press(ASK)

    assert reply.names == ["utter_certificate_asks"]
    assert f"{len(knowledge.lessons)} lessons" in reply.text and "60 %" in reply.text
    assert reply.payloads() == ["/start_course"]


def test_lessons_missing_are_named_kindly(chat: Chat, knowledge: Knowledge) -> None:
    """The next ones by their titles, the others by their number; the first one is one press away."""
    finish(chat, knowledge, len(knowledge.lessons) - 5, share=1)

    reply = chat.press(ASK)

    left = [plan.title for plan in knowledge.course.lessons][-5:]
    assert reply.names == ["utter_certificate_lessons"]
    assert reply.text.startswith(
        f"Five lessons to go for the certificate: *{left[0]}*, *{left[1]}*, *{left[2]}* and 2 more."
    )
    assert reply.payloads("choose_lesson") == [f'/choose_lesson{{"lesson_id": "{knowledge.course.lessons[-5].id}"}}']


def test_one_lesson_missing_is_told_as_one(chat: Chat, knowledge: Knowledge) -> None:
    """Words follow the number; too few right answers are told beside it."""
    finish(chat, knowledge, len(knowledge.lessons) - 1, share=0.2)

    reply = chat.press(ASK)

    assert reply.names == ["utter_certificate_lessons_and_score"]
    assert reply.text.startswith("One lesson to go")
    assert "more" not in reply.text.partition(".")[0]


@pytest.mark.parametrize("is_due", [False, True])
def test_right_answers_missing_lead_to_practice(chat: Chat, knowledge: Knowledge, engine: Engine, is_due: bool) -> None:
    """How many are missing is told, with a way to get them: what is due, or a lesson's quiz again."""
    finish(chat, knowledge, len(knowledge.lessons), share=0.5)
    if is_due:
        item = next(iter(knowledge.lessons.values())).items[0]
        row = {"learner_id": chat.name, "item_id": item.id, "fingerprint": fingerprint(item), "stability": 1.0}
        today = chat.parts.store.clock().date()
        days = {"difficulty": 5.0, "answered_on": today, "due_on": today}
        with engine.begin() as connection:
            connection.execute(tables.repetition.insert().values(**row, **days))
        pass_days(engine, 1)

    reply = chat.press(ASK)

    items = sum(len(lesson.items) for lesson in knowledge.lessons.values())
    assert reply.names == ["utter_certificate_score_due" if is_due else "utter_certificate_score"]
    assert f"of {items}" in reply.text and "more right answers are missing" in reply.text
    assert ("/start_repetition" in reply.payloads()) == is_due
    assert "/choose_lesson" in reply.payloads()


def test_who_has_done_all_gets_a_link_and_is_not_asked_for_a_name(chat: Chat, knowledge: Knowledge) -> None:
    """The link is this person's, for a certificate; that the name is not kept is said."""
    finish(chat, knowledge, len(knowledge.lessons), share=0.7)

    reply = chat.press(ASK)

    assert reply.names == ["utter_certificate_ready"]
    link = Downloads(chat.parts.store.engine).find(link_in(reply))
    assert link is not None
    assert (link.learner_id, link.kind, link.channel, link.used_at) == (chat.name, "certificate", "web", None)
    assert "kept nowhere" in reply.text
    assert reply.payloads() == ["/ask_progress"]


def test_link_beside_another_door_is_a_whole_address(parts: Parts, knowledge: Knowledge) -> None:
    """Where the page is no neighbour, the link names the host."""
    chat = Chat(
        replace(parts, settings=replace(parts.settings, public_url="https://tutor.example.org")), channel="telegram"
    )
    finish(chat, knowledge, len(knowledge.lessons), share=1)

    reply = chat.press(ASK)

    assert reply.names == ["utter_certificate_ready_telegram"]
    assert "(https://tutor.example.org/certificate/" in reply.text
    assert "comes into this chat as a PDF" in reply.text


def test_same_message_twice_leaves_one_link(chat: Chat, knowledge: Knowledge, engine: Engine) -> None:
    """A repeat makes no second link that would work beside the first."""
    finish(chat, knowledge, len(knowledge.lessons), share=1)

    first, second = (link_in(chat.press(ASK, message_id="same")) for _ in range(2))

    assert Downloads(engine).find(first) is None
    assert Downloads(engine).find(second) is not None


def test_withdrawn_certificate_is_told_with_a_way_on(chat: Chat, knowledge: Knowledge, engine: Engine) -> None:
    """Who had one revoked hears it without blame, and how to write to the team."""
    finish(chat, knowledge, len(knowledge.lessons), share=1)
    certificates = Certificates(engine)
    certificates.issue(CODE, chat.name, CERTIFIED)
    certificates.revoke(CODE, "sold")

    reply = chat.press(ASK)

    assert reply.names == ["utter_certificate_withheld"]
    assert "sold" not in reply.text
    assert reply.payloads()[0] == "/contact_team"


@pytest.mark.parametrize(("lessons", "share"), [(0, 0), (1, 0), (1, 1), (22, 0.1), (23, 0.1), (23, 1)])
def test_reply_keeps_the_limits_and_the_way_back(chat: Chat, knowledge: Knowledge, lessons: int, share: float) -> None:
    """In the middle of a lesson the certificate is told in short, and the lesson is one press away."""
    finish(chat, knowledge, lessons, share)
    chat.press("/start_course")
    place = chat.parts.walk.where(chat.name)

    reply = chat.press(ASK)

    assert all(count_words(bubble.text) <= BUBBLE_LIMIT_WORDS for bubble in reply.bubbles)
    assert chat.parts.walk.where(chat.name) == place
    if place and lessons < len(knowledge.lessons):
        assert reply.payloads()[0] == "/repeat_card"
