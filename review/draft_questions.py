"""Questions that people asked, as they stand in drafts: remembered, so that an erasure takes them out there as well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from knowledge.listed import form_of
from review import question_tables as tables
from review.drafts import Drafts
from review.questions import Asked


class DraftQuestions:
    """Begins drafts of answers to what people asked."""

    def __init__(self, engine: Engine, drafts: Drafts) -> None:
        self._engine = engine
        self._drafts = drafts

    def begin(self, texts: Sequence[str], asked: Iterable[Asked], by: str) -> str:
        """Begin a draft, and remember whose questions stand in it; return the address of its page."""
        draft = self._drafts.get(self._drafts.start_entry(texts, by))
        assert draft is not None
        path = draft.path
        lines = {form_of(text): text for text in texts}
        rows = {
            (one.learner_id, lines[form_of(one.text)]): {"learner_id": one.learner_id, "line": lines[form_of(one.text)]}
            for one in asked
            if form_of(one.text) in lines
        }
        if rows:
            with self._engine.begin() as connection:
                insert = tables.desk_draft_question.insert()
                connection.execute(insert, [{**row, "draft_path": path} for row in rows.values()])
        return f"/content/file/{path}"

    def forget(self, path: str) -> None:
        """Let go of what was remembered of a draft, as when it is published or thrown away."""
        table = tables.desk_draft_question
        with self._engine.begin() as connection:
            connection.execute(table.delete().where(table.c.draft_path == path))

    def remembered(self, path: str) -> list[str]:
        """Return the lines of a draft that are somebody's."""
        table = tables.desk_draft_question
        with self._engine.connect() as connection:
            query = sa.select(table.c.line).where(table.c.draft_path == path).distinct()
            return list(connection.execute(query).scalars())
