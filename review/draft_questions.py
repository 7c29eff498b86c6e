"""Begins drafts of answers to what people asked, and keeps whose questions they are."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.engine import Engine

from review.draft_sources import remember
from review.drafts import Drafts
from review.questions import Asked


class DraftQuestions:
    """Begins drafts of answers to what people asked."""

    def __init__(self, engine: Engine, drafts: Drafts) -> None:
        self._engine = engine
        self._drafts = drafts

    def begin(self, texts: Sequence[str], asked: Sequence[Asked], by: str) -> str:
        """Begin a draft, and remember whose questions stand in it; return the address of its page."""
        draft = self._drafts.get(self._drafts.start_entry(texts, by))
        assert draft is not None
        with self._engine.begin() as connection:
            remember(connection, draft.path, draft.text, asked)
        return f"/content/file/{draft.path}"
