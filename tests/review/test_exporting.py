"""What is given out: masked, under pseudonyms, in pieces, safe in a spreadsheet, valid for a learning record store."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ralph.models.xapi.base.statements import BaseXapiStatement
from sqlalchemy.engine import Engine

from database import now_utc
from knowledge.loader import load_knowledge
from learning import tables as learning
from learning.belongings import Belongings
from learning.erasure import erase
from review.export_figures import figures
from review.export_files import BYTE_ORDER_MARK, FORMULA, to_cell, to_csv, to_json
from review.exporting import Veil, attempts, conversations, progress, questions
from review.said import SaidIndex
from review.xapi import Statements
from tests.review.talking import Said, talk

ANN, BEN = "a" * 32, "b" * 32
VEIL = Veil("secret")
ONE_BY_ONE = Veil("secret", piece_rows=1)
QUESTION = Said(
    "=cmd() ask anna@example.org", "ask_system", "action_answer_question", "none", 0.9, "abstain", ("system.value",)
)


@pytest.fixture
def told(engine: Engine) -> Engine:
    """Let two people ask, take a lesson and answer an item."""
    item = load_knowledge().lessons["system.phenomenon"].items[0]
    for learner_id in (ANN, BEN):
        talk(engine, learner_id, [QUESTION, Said("next", "continue_lesson", "action_continue_lesson", step="card")])
        with engine.begin() as connection:
            place = {"lesson_id": "system.phenomenon", "version": "1", "step_key": "x", "step_number": 2}
            place |= {"picked": "[]", "tries": 0, "is_closed": False, "is_done": learner_id == ANN}
            connection.execute(
                learning.lesson_place.insert().values(learner_id=learner_id, **place, updated_at=now_utc())
            )
            answer = {"lesson_id": "system.phenomenon", "item_id": item.id, "version": "1", "chosen": '["a"]'}
            graded = {"outcome": "right", "number": 1, "message_id": "m", "answered_at": now_utc()}
            connection.execute(learning.attempt.insert().values(learner_id=learner_id, **answer, **graded))
    SaidIndex(engine).catch_up()
    return engine


def test_texts_are_masked_and_people_have_pseudonyms(told: Engine) -> None:
    """No id of the desk and no mail address is given out; the same person is the same in each file."""
    said, asked = list(conversations(told, VEIL, None)), list(questions(told, VEIL, None))

    given_out = json.dumps([said, asked])
    assert "anna@example.org" not in given_out
    assert ANN not in given_out
    assert {row["person"] for row in said} == {row["person"] for row in asked} == {VEIL.person(ANN), VEIL.person(BEN)}
    assert said[0]["text"] == "=cmd() ask [mail]"
    assert (said[0]["intent"], said[0]["author"], said[1]["author"]) == ("ask_system", "person", "tutor")
    assert Veil("other").person(ANN) != VEIL.person(ANN)


def test_unmasked_texts_are_as_they_were_written(told: Engine) -> None:
    """Only the veil decides."""
    assert next(questions(told, Veil("secret", is_masked=False), None))["text"] == QUESTION.text


def test_rows_come_in_pieces_and_none_is_lost(told: Engine) -> None:
    """However small the pieces, every row comes once, by one key or two."""
    whole = [list(source(told, VEIL, None)) for source in (conversations, questions, progress, attempts)]
    pieces = [list(source(told, ONE_BY_ONE, None)) for source in (conversations, questions, progress, attempts)]

    assert VEIL.piece_rows > 1
    assert pieces == whole
    assert [len(rows) for rows in whole] == [8, 2, 2, 2]


def test_who_is_forgotten_meanwhile_is_not_in_what_follows(told: Engine) -> None:
    """An erasure reaches an export that has begun."""
    rows = questions(told, ONE_BY_ONE, None)
    first = next(rows)
    with told.begin() as connection:
        erase(Belongings(told), connection, BEN)

    assert first["person"] == VEIL.person(ANN)
    assert list(rows) == []


def test_only_what_is_new_enough_is_given(told: Engine) -> None:
    """What is older than was asked for stays."""
    later = now_utc() + timedelta(minutes=1)

    assert [list(source(told, VEIL, later)) for source in (conversations, questions, progress, attempts)] == [[]] * 4


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n=1"])
def test_formula_becomes_text(text: str) -> None:
    """What a spreadsheet would run begins with a quote."""
    assert str(to_cell(text)).startswith("'")


@given(st.lists(st.dictionaries(st.just("text"), st.text(max_size=30), min_size=1), max_size=5))
def test_any_text_comes_back_from_csv_and_runs_nowhere(rows: list[dict[str, str]]) -> None:
    """What is read back is what was written, but for the quote; no cell is a formula."""
    text = "".join(to_csv(rows)).removeprefix(BYTE_ORDER_MARK)

    cells = [row["text"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert cells == [to_cell(row["text"]) for row in rows]
    assert not any(cell.startswith(FORMULA) for cell in cells)


def test_json_is_one_list(told: Engine) -> None:
    """A file of rows is read back as a list, also of none."""
    assert json.loads("".join(to_json(iter([])))) == []
    assert json.loads("".join(to_json(progress(told, VEIL, None)))) == list(progress(told, VEIL, None))


def test_statements_are_valid_and_say_who_did_what(told: Engine) -> None:
    """Each statement is one of xAPI 1.0.3, by the models of Ralph, with an id of its own that stays."""
    statements = Statements(load_knowledge(), "http://localhost:8000/")

    found = list(statements.all(told, VEIL, None))

    for one in found:
        BaseXapiStatement.parse_obj(json.loads(json.dumps(one)))
    assert len({one["id"] for one in found}) == len(found) == 6
    assert [one["id"] for one in statements.all(told, VEIL, None)] == [one["id"] for one in found]
    verbs = [one["verb"]["display"]["en"] for one in found]
    assert verbs == ["completed", "progressed", "answered", "answered", "asked", "asked"]
    assert found[2]["result"] == {"response": "a", "success": True}
    assert found[0]["object"]["definition"]["name"] == {"en": "What co-creation is"}
    assert "anna@example.org" not in json.dumps(found)


@pytest.mark.parametrize(
    ("part", "value"), [("actor", {}), ("verb", {"id": "no iri"}), ("version", "2.0.0"), ("timestamp", "soon")]
)
def test_statement_that_is_not_valid_is_told_so(told: Engine, part: str, value: Any) -> None:
    """What holds the statements against the specification does refuse."""
    statement = next(Statements(load_knowledge(), "http://localhost:8000").all(told, VEIL, None))

    with pytest.raises(ValueError, match="validation error"):
        BaseXapiStatement.parse_obj({**statement, part: value})


def test_figures_of_each_day_are_in_fives(engine: Engine) -> None:
    """A day with two people and one with none cannot be told apart; seven are five."""
    for number in range(9):
        day = datetime(2026, 1, 1 if number < 2 else 2, 12)
        talk(engine, f"{number}" * 32, [QUESTION], day)

    rows = list(figures(engine, VEIL, None))

    ends = {"questions_answer": 0, "questions_choose": 0}
    assert rows == [
        {"day": "2026-01-01", "people": 0, **ends, "questions_abstain": 0},
        {"day": "2026-01-02", "people": 5, **ends, "questions_abstain": 5},
    ]
