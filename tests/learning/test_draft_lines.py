"""Questions leave a draft however they are quoted, and nothing else does."""

from __future__ import annotations

import json

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from knowledge.text import tidy
from learning.belongings import Belongings
from learning.draft_lines import without_lines_that
from learning.erasure import erase
from review.content_tables import content_draft
from review.question_tables import desk_draft_question
from tests.learning.histories import NOON

DRAFT = "---\nquestions:\n  - who pays\n  - \"is it: safe?\"\n  - 'so'\n---\n\n## answer\n\nwho pays\n"


def test_lines_go_however_they_are_quoted() -> None:
    """Plain, in double and in single quotes; the same words in a sentence stay."""
    text = without_lines_that(DRAFT, {"who pays", "is it: safe?", "so"}.__contains__)

    assert text == "---\nquestions:\n---\n\n## answer\n\nwho pays\n"


@given(st.text(max_size=100), st.text(max_size=20).map(tidy))
def test_other_texts_stay_to_the_letter(text: str, line: str) -> None:
    """Without the line in it any text stays; with it, only the line goes."""
    listed = f"a:\n  - {json.dumps(line, ensure_ascii=False)}\nb\n"

    assert without_lines_that(text, set[str]().__contains__) == text
    assert without_lines_that(listed, line.__eq__) == "a:\nb\n"


def test_erasure_takes_questions_out_of_drafts(engine: Engine) -> None:
    """The one's question goes, what another asked in the same words stays, and who writes it is told of a change."""
    draft = {"path": "answers/x.md", "text": DRAFT, "base": "", "saves": 3, "goes_with": ""}
    lines = [("ann", "who pays"), ("ann", "is it: safe?"), ("bob", "is it: safe?")]
    with engine.begin() as connection:
        connection.execute(content_draft.insert().values(**draft, changed_by="kim", changed_at=NOON))
        for learner_id, line in lines:
            row = {"learner_id": learner_id, "draft_path": "answers/x.md", "line": line}
            connection.execute(desk_draft_question.insert().values(row))

        counts = erase(Belongings(engine), connection, "ann")
        kept = connection.execute(sa.select(content_draft)).one()
        rows = connection.execute(sa.select(desk_draft_question.c.learner_id)).scalars().all()

    assert "  - who pays\n" not in kept.text
    assert '  - "is it: safe?"\n' in kept.text
    assert (kept.saves, counts["desk_draft_question"], rows) == (4, 2, ["bob"])
