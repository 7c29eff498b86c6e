"""A person's questions leave drafts in whatever words they stand there; what cannot go is named."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from learning import tables as learning
from learning.belongings import Belongings
from learning.erasure import erase
from review.content_tables import content_draft
from review.question_tables import desk_draft_notice, desk_draft_question
from tests.learning.histories import NOON

PATH = "answers/x.md"
ASKED = "who mends the bicycle shed"


def keep(engine: Engine, text: str, lines: list[tuple[str, str, bool]]) -> None:
    """Keep a draft, with whose question each of some lines is, and whether in their own words."""
    asked = {"learner_id": "ann", "text": ASKED, "decision": "abstain", "topics": "[]", "score": 0.1}
    draft = {"path": PATH, "text": text, "base": "", "saves": 1, "goes_with": "", "changed_by": "kim"}
    with engine.begin() as connection:
        connection.execute(content_draft.insert().values(**draft, changed_at=NOON))
        made = connection.execute(learning.question.insert().values(**asked, message_id="m", asked_at=NOON))
        for learner_id, line, is_verbatim in lines:
            number = made.inserted_primary_key[0] if learner_id == "ann" else None
            row = {"learner_id": learner_id, "draft_path": PATH, "line": line, "question_id": number}
            connection.execute(desk_draft_question.insert().values(**row, is_verbatim=is_verbatim))


def forget_ann(engine: Engine) -> tuple[str, list[Any]]:
    """Forget one of them; return the draft's text, and what was noted."""
    with engine.begin() as connection:
        erase(Belongings(engine), connection, "ann")
        text = connection.execute(sa.select(content_draft.c.text)).scalar_one()
        return text, list(connection.execute(sa.select(desk_draft_notice)))


@pytest.mark.parametrize(
    ("text", "left", "counts"),
    [
        ("q:\n  - who repairs it\n  - and why\n", "q:\n  - and why\n", [(1, 0)]),
        ('q:\n  - "Who mends the bicycle shed?"\n', "q:\n", [(1, 0)]),
        (f'q: ["{ASKED}"]\nIn all: {ASKED}.\n', 'q: ["(taken out)"]\nIn all: (taken out).\n', [(0, 2)]),
        (f"In all: _{ASKED}_, *{ASKED}*\n", "In all: _(taken out)_, *(taken out)*\n", [(0, 2)]),
        ("title: who repairs it\n", "title: who repairs it\n", [(0, 0)]),
        ("q:\n  - and why\n", "q:\n  - and why\n", []),
    ],
)
def test_question_goes_in_any_words(engine: Engine, text: str, left: str, counts: list[tuple[int, int]]) -> None:
    """Lines go, own words in a sentence are replaced, the team's words in a sentence are named to be looked at."""
    keep(engine, text, [("ann", ASKED, True), ("ann", "who repairs it", False)])

    changed, noted = forget_ann(engine)

    assert changed == left
    assert [(row.lines, row.places) for row in noted] == counts
    assert ASKED not in str(noted)


def test_question_goes_whichever_apostrophe_it_has(engine: Engine) -> None:
    """Phones write one, keyboards the other."""
    keep(engine, "q:\n  - and why\nThey don’t get Anna's rent paid.\n", [("ann", "don't get Anna’s rent paid", True)])

    changed, _ = forget_ann(engine)

    assert changed == "q:\n  - and why\nThey (taken out).\n"


def test_line_stays_where_somebody_else_asked_just_so(engine: Engine) -> None:
    """The other's own words stay; a line that may come from both in the team's words goes."""
    lines = [("ann", ASKED, True), ("bob", ASKED, True), ("ann", "repairs", False), ("bob", "repairs", False)]
    keep(engine, f"q:\n  - {ASKED}\n  - repairs\n", lines)

    changed, noted = forget_ann(engine)

    assert changed == f"q:\n  - {ASKED}\n"
    assert [(row.lines, row.places) for row in noted] == [(1, 0)]
