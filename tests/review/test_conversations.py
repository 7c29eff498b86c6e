"""Conversations are found by each thing that can be chosen, alone and together, and lead one to the next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from database import now_utc
from knowledge.loader import load_knowledge
from learning import tables as learning
from review.conversation import read
from review.conversation_filter import read_filter
from review.conversations import find, find_next
from review.marks import Marks
from review.said import SaidIndex
from review.wanted import Wanted
from tests.review.talking import Said, talk

ANN, BEN, CAT = "a" * 32, "b" * 32, "c" * 32
QUESTION = Said("what is value", "ask_system", "action_answer_question", decision="answer", topics=("system.value",))
UNSURE = Said("hm funding", "ask_roadmap", "action_answer_question", confidence=0.3, decision="abstain")
NEXT = Said("next", "continue_lesson", "action_continue_lesson", step="card", channel="telegram")


@pytest.fixture
def told(engine: Engine) -> Engine:
    """Let three people talk: Ann long ago, Ben yesterday, Cat today."""
    now = now_utc()
    talk(engine, ANN, [QUESTION], now - timedelta(days=40))
    talk(engine, BEN, [UNSURE, QUESTION], now - timedelta(days=1, hours=2))
    talk(engine, CAT, [NEXT], now - timedelta(hours=2))
    with engine.begin() as connection:
        place = {"lesson_id": "system.phenomenon", "version": "1", "step_key": "x", "step_number": 2, "picked": "[]"}
        state = {"tries": 0, "is_closed": False, "is_done": False, "updated_at": now}
        connection.execute(learning.lesson_place.insert().values(learner_id=CAT, **place, **state))
        rating = {"topic_id": "system.value", "is_helpful": False, "message_id": "r", "rated_at": now}
        connection.execute(learning.rating.insert().values(learner_id=BEN, **rating))
    SaidIndex(engine).catch_up()
    return engine


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ("", [CAT, BEN, ANN]),
        ("days=7", [CAT, BEN]),
        ("days=1", [CAT]),
        ("from=2000-01-01&to=2000-12-31", []),
        ("from=2000-01-01", [CAT, BEN, ANN]),
        ("to=9999-12-31", [CAT, BEN, ANN]),
        ("channel=telegram", [CAT]),
        ("decision=abstain", [BEN]),
        ("decision=answer", [BEN, ANN]),
        ("feedback=unhelpful", [BEN]),
        ("feedback=helpful", []),
        ("theme=system", [CAT, BEN, ANN]),
        ("theme=ethics", []),
        ("lesson=system.phenomenon", [CAT]),
        ("intent=continue_lesson", [CAT]),
        ("confidence=low", [BEN]),
        ("confidence=high", [CAT, BEN, ANN]),
        ("intent=ask_system&confidence=low", []),
        ("words=VAL", [BEN, ANN]),
        ("words=what+hm", []),
        ("words=%22is+value%22", [BEN, ANN]),
        ("words=%22is+val%22", []),
        ("words=%25", []),
        ("words=%27+OR+1%3D1", []),
        ("state=open", [CAT, BEN, ANN]),
        ("days=3000000&state=nonsense&from=never&channel=fax", [CAT, BEN, ANN]),
    ],
)
def test_filter_finds_what_it_says(told: Engine, chosen: str, found: list[str]) -> None:
    """Each choice finds those it should, the newest first; what is no choice is left out."""
    from starlette.datastructures import QueryParams

    knowledge = load_knowledge()
    wanted = read_filter(QueryParams(chosen), knowledge).wanted(knowledge, "eva", now_utc())
    with told.connect() as connection:
        assert [one.learner_id for one in find(connection, wanted)] == found


def test_list_shows_what_was_looked_for(told: Engine) -> None:
    """Beside a conversation stands the message that has what is wanted, or the last one."""
    with told.connect() as connection:
        looked_for = find(connection, Wanted(words="funding"))
        all_of_them = find(connection, Wanted())

    assert [one.typed for one in looked_for] == ["hm funding"]
    assert [one.typed for one in all_of_them] == ["next", "what is value", "what is value"]


def test_queue_leads_on_and_begins_anew(told: Engine) -> None:
    """The next is the one after it in the list; after the last comes the first, and alone there is none."""
    with told.connect() as connection:
        assert [find_next(connection, Wanted(), one) for one in (CAT, BEN, ANN)] == [BEN, ANN, CAT]
        assert find_next(connection, Wanted(words="value"), BEN) == ANN
        assert find_next(connection, Wanted(channel="telegram"), CAT) == ""


def test_queue_leaves_out_what_was_read(told: Engine) -> None:
    """Without a filter the queue holds what is to read; what was handed to somebody is theirs."""
    with told.connect() as connection:
        newest = {one.learner_id: one.last_id for one in find(connection, Wanted())}
    Marks(told).change(BEN, "eva", reviewed_to=newest[BEN])
    Marks(told).change(ANN, "eva", handed_to="otto")

    with told.connect() as connection:
        assert find_next(connection, Wanted(reader="eva"), CAT) == ANN
        assert [one.learner_id for one in find(connection, Wanted(state="mine", reader="otto"))] == [ANN]
        assert [one.learner_id for one in find(connection, Wanted(state="mine", reader="eva"))] == []


def test_older_ones_follow_the_page(told: Engine) -> None:
    """A page ends, and the next begins after its last."""
    with told.connect() as connection:
        first = find(connection, Wanted(), limit=2)
        second = find(connection, Wanted(), before=first[-1].last_id, limit=2)

    assert [one.learner_id for one in (*first, *second)] == [CAT, BEN, ANN]


def test_conversation_tells_what_was_understood_and_done(told: Engine) -> None:
    """Beside each message stand intent, confidence, what else it may have been, the entries, and the actions."""
    with told.connect() as connection:
        first = read(connection, BEN)[0].understood
        lines = read(connection, BEN)

    assert (first.intent, first.confidence, first.others) == ("ask_roadmap", 0.3, (("thank", 0.07),))
    assert (first.decision, first.score, first.actions) == ("abstain", 0.4, ("action_answer_question",))
    assert lines[2].understood.topics == ("system.value",)
    assert lines[1].understood.intent == ""
    assert lines[1].buttons == ("Tell me more",)
