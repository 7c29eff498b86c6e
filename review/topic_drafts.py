"""A message that meant a question about a topic, put into the draft of the topic's answer: so the tutor learns it.

Questions about the course are learnt from the answers' own lists, and not from training data (docs/authoring.md).
"""

from __future__ import annotations

from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from knowledge.listed import form_of
from knowledge.model import Knowledge
from learning.draft_lines import lines_of
from review.audit import Audit
from review.cases import plain
from review.content_edits import EditError, add_to_list, tidy_question
from review.door import Way, text_of
from review.draft_sources import remember_line
from review.drafts import Drafts
from review.errors import PublishingError
from review.meant import TOPIC, Correction, Corrections
from review.proposals import CONTENT_PREFIX
from review.publishing import Publisher
from review.sessions import Session

ID_LIMIT_CHARS = 80
UNWRITTEN = "This topic has no answer yet. Begin one on the page Content, and put the question into it."


class TopicDraftPages:
    """Puts what was said into drafts."""

    def __init__(self, engine: Engine, publisher: Publisher, knowledge: Knowledge, audit: Audit) -> None:
        self._engine = engine
        self._publisher = publisher
        self._drafts = Drafts(engine, publisher)
        self._corrections = Corrections(engine)
        self._entries = knowledge.entries
        self._audit = audit

    def ways(self) -> list[Way]:
        """Return the pages."""
        return [Way("/corrections/draft", "editor", self.put, "POST")]

    async def put(self, request: Request, session: Session, form: FormData) -> Response:
        """Put a message into the draft of the answer that it asks for, and open it."""
        learner_id, message_id = (text_of(form, name, ID_LIMIT_CHARS) for name in ("learner", "message"))
        found = await run_in_threadpool(self._corrections.find, learner_id, message_id)
        if found is None or not found.meant.startswith(TOPIC):
            raise HTTPException(404, "This message is not here any more, or it means something else now.")
        try:
            path = await run_in_threadpool(self._put, found, session.user.name)
        except (PublishingError, EditError) as error:
            raise HTTPException(409, str(error)) from error
        await run_in_threadpool(self._audit.add, session.user.name, "drafted", path)
        return RedirectResponse(f"/content/file/{path}", status_code=303)

    def _put(self, found: Correction, by: str) -> str:
        """Write the line, other words in the place of personal data, and keep whose it is.

        Raises:
            PublishingError: Somebody saves the draft in this very moment, or the topic has no answer.
            EditError: The file cannot take the line.
        """
        entry = self._entries.get(found.meant.removeprefix(TOPIC))
        line = tidy_question(plain(found.text))
        if entry is None or not line:
            raise PublishingError(UNWRITTEN)
        path = entry.place.file.removeprefix(CONTENT_PREFIX)
        draft = self._drafts.find(path)
        text = draft.text if draft else self._publisher.text(path) or ""
        if form_of(line) not in map(form_of, lines_of(text)):
            self._drafts.save(path, add_to_list(text, "questions", [line]), by, seen=draft.saves if draft else 0)
            with self._engine.begin() as connection:
                remember_line(connection, path, found.learner_id, line)
        return path
