"""Conversations turned into tests and training examples."""

from __future__ import annotations

import re
from functools import cached_property

from spacy.language import Language
from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from database import now_utc, reading
from knowledge.model import Knowledge
from knowledge.text import find_terms, glossary_language
from review.audit import Audit
from review.cases import Turn, line_ids, write_examples, write_lines, write_story
from review.conversation_pages import FILTER_LIMIT_CHARS, learner_of
from review.door import Way, text_of
from review.intents import load_intents
from review.meant import TOPIC, Corrections, tell_meant
from review.pages import render
from review.sessions import Session
from review.taken import note_taken
from review.turns_of import TURNS_AT_MOST, read_turns

MEANT_LIMIT_CHARS = 100
SHOWN = 200
_FILTER = re.compile(r"\?[\w%=&+.~*-]+")
NOTHING = "None of these messages reached the assistant, so there is nothing to repeat."


class CasePages:
    """Keeps what messages meant, and gives files."""

    def __init__(self, engine: Engine, knowledge: Knowledge, audit: Audit) -> None:
        self._engine = engine
        self._knowledge = knowledge
        self._audit = audit
        self._corrections = Corrections(engine)

    def ways(self) -> list[Way]:
        """Return the pages."""
        return [
            Way("/conversations/{learner_id}/cases", "editor", self.cases, "POST"),
            Way("/conversations/{learner_id}/correct", "editor", self.correct, "POST"),
            Way("/corrections", "editor", self.all),
            Way("/corrections/examples", "editor", self.examples, "POST"),
        ]

    async def cases(self, request: Request, session: Session, form: FormData) -> Response:
        """Give the chosen messages as a test story, or as lines to check."""
        learner_id, kind = learner_of(request), text_of(form, "kind", 10)
        turns = await run_in_threadpool(self._turns, learner_id, _chosen(form))
        if not turns:
            raise HTTPException(400, NOTHING)
        await run_in_threadpool(self._audit.add, session.user.name, "took as a test", learner_id)
        name = f"desk_{now_utc():%Y%m%d_%H%M%S}"
        if kind == "lines":
            name, told, type_ = f"{name}.jsonl", write_lines(turns), "application/jsonl"
        else:
            name, told, type_ = f"test_{name}.yml", await run_in_threadpool(self._story, turns), "application/yaml"
        ids = line_ids(told) if kind == "lines" else []
        await run_in_threadpool(note_taken, self._engine, learner_id, name, ids, session.user.name)
        return as_file(name, told, type_)

    def _story(self, turns: list[Turn]) -> str:
        title = f"from the desk, {now_utc():%Y-%m-%d %H:%M:%S}"
        return write_story(title, turns, load_intents().actions, self._terms_of)

    def _terms_of(self, text: str) -> list[tuple[str, int, int]]:
        return list(find_terms(self._language(text)))

    @cached_property
    def _language(self) -> Language:
        return glossary_language(self._knowledge.glossary)

    def _turns(self, learner_id: str, chosen: list[str]) -> list[Turn]:
        with reading(self._engine) as connection:
            return read_turns(connection, learner_id, chosen)

    async def correct(self, request: Request, session: Session, form: FormData) -> Response:
        """Keep what the chosen messages meant."""
        learner_id, meant, chosen = learner_of(request), text_of(form, "meant", MEANT_LIMIT_CHARS), _chosen(form)
        topics = {f"{TOPIC}{name}" for name in self._knowledge.course.topics}
        if meant and meant not in {*load_intents().teachable, *topics}:
            raise HTTPException(400, "A message cannot mean that; please choose from the list.")
        if not chosen:
            raise HTTPException(400, "Please go back and choose the messages that this is about.")
        if not await run_in_threadpool(self._corrections.put, learner_id, chosen, meant, session.user.name):
            raise HTTPException(404)
        await run_in_threadpool(self._audit.add, session.user.name, f"said what it meant: {meant}"[:40], learner_id)
        address = text_of(form, "filter", FILTER_LIMIT_CHARS)
        end = address if _FILTER.fullmatch(address) else ""
        return RedirectResponse(f"/conversations/{learner_id}{end}", status_code=303)

    async def all(self, request: Request, session: Session, form: FormData) -> Response:
        """Show everything that was put right."""
        titles = {name: topic.title for name, topic in self._knowledge.course.topics.items()}
        found = await run_in_threadpool(self._corrections.all)
        written = {f"{TOPIC}{topic}" for topic in self._knowledge.entries}
        rows = [(one, tell_meant(one.meant, titles), one.meant in written) for one in found[:SHOWN]]
        return render("corrections.html", session, rows=rows, left=len(found) - len(rows))

    async def examples(self, request: Request, session: Session, form: FormData) -> Response:
        """Give all that was put right as training examples."""
        found = await run_in_threadpool(self._corrections.all)
        await run_in_threadpool(self._audit.add, session.user.name, "took training examples", "corrections")
        text = write_examples((one.text, one.meant) for one in reversed(found))
        return as_file("desk.yml", text, "application/yaml")


def _chosen(form: FormData) -> list[str]:
    return [str(one)[:80] for one in form.getlist("turn")][:TURNS_AT_MOST]


def as_file(name: str, text: str, kind: str) -> Response:
    """Answer with a file to keep; its name is ours."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)
