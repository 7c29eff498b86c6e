"""The page on which the team decides about questions of one meaning: what it would change is seen before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from knowledge.errors import ContentError
from knowledge.model import Knowledge
from review.audit import Audit
from review.command_examples import command_examples
from review.content_edits import EditError
from review.decided import Decided, Decisions
from review.door import Way, text_of
from review.draft_questions import DraftQuestions
from review.errors import PublishingError
from review.masking import mask
from review.outcomes import KINDS_OF_NONE, tell_outcome
from review.pages import render
from review.proposals import DEEDS, KINDS, NEW_TOPIC, Proposal, change_of, files_of, find_faults, read_lines
from review.publishing import Publisher
from review.questions import Asked, Group
from review.rehearsal import Effects, Rehearsal
from review.sessions import Session
from review.taught import AfterPublishing

LINES_LIMIT_CHARS = 6_000
OFFERED_TEXTS = 3
OFFERED_FROM_SCORE = 0.3
OFFERED_JUDGES = 5
SHOWN_CHANGES = 100
WAIT_SECONDS, PLAIN_WAIT_SECONDS = 0.4, 20.0  # the page asks again until all is tried; without its script it cannot
DECIDED: dict[str, Decided] = {"variant": "variant", "refusal": "refusal", "entry": "entry", "ignore": "ignored"}


class Groups(Protocol):
    """Finds groups of questions."""

    def find(self, question_id: int, days: int) -> Group | None:
        """Return the group that a question stands in."""


@dataclass(frozen=True)
class Desk:
    """What the page works with."""

    groups: Groups
    publishing: Publisher
    drafts: DraftQuestions
    rehearsal: Rehearsal
    decisions: Decisions
    audit: Audit
    on_published: AfterPublishing


class GroupPages:
    """Shows a group, what a decision would change, and carries it out."""

    def __init__(self, desk: Desk, knowledge: Knowledge) -> None:
        self._desk = desk
        self._knowledge = knowledge
        self._checked: tuple[tuple[str, Proposal], list[str]] | None = None

    def ways(self) -> list[Way]:
        """Return the pages."""
        return [
            Way("/questions/group", "reader", self.show),
            Way("/questions/effects", "editor", self.show_effects, "POST"),
            Way("/questions/decide", "editor", self.decide, "POST"),
        ]

    async def show(self, request: Request, session: Session, form: FormData) -> Response:
        """Show the questions, and what can be done with them."""
        group, question_id, days = await self._group(request.query_params)
        self._desk.rehearsal.prepare(self._knowledge)
        proposal = offer(group, self._knowledge)
        return self._page(session, group, proposal, question_id, days)

    def _page(self, session: Session, group: Group, proposal: Proposal, question_id: int, days: int) -> Response:
        kinds = [(kind, KINDS_OF_NONE[kind]) for kind in KINDS]
        values: dict[str, Any] = {"group": group, "of": question_id, "days": days, "proposal": proposal}
        return render("group.html", session, **values, themes=self._answers(), kinds=kinds, titles=self._titles())

    def _answers(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """List the written answers, by where they belong."""
        named = {theme.id: theme.title for theme in self._knowledge.course.themes}
        named |= {"roadmap": "The Roadmap", "pilot": "Pilots", "about": "About the tutor"}
        found: dict[str, list[tuple[str, str]]] = {}
        for topic in self._knowledge.course.topics.values():
            if topic.id in self._knowledge.entries:
                found.setdefault(named.get(topic.group, topic.group), []).append((topic.id, topic.title))
        return list(found.items())

    def _titles(self) -> dict[str, str]:
        titles = {topic.id: topic.title for topic in self._knowledge.course.topics.values()}
        return {**titles, NEW_TOPIC: "the new answer"}

    async def show_effects(self, request: Request, session: Session, form: FormData) -> Response:
        """Show what a decision would change, and nothing else; the page puts it in its place."""
        group, question_id, days = await self._group(form)
        proposal = read_proposal(form)
        seconds = WAIT_SECONDS if form.get("part") else PLAIN_WAIT_SECONDS
        faults, effects = await run_in_threadpool(self._try, proposal, seconds)
        values: dict[str, Any] = {
            "proposal": proposal,
            "faults": faults,
            "effects": effects,
            "rows": self._told(effects),
            "progress": self._desk.rehearsal.progress,
            "trouble": self._desk.rehearsal.trouble,
            "shown": SHOWN_CHANGES,
        }
        where: dict[str, Any] = {"group": group, "of": question_id, "days": days, "titles": self._titles()}
        name = "effects.html" if form.get("part") else "effects_page.html"
        return render(name, session, **values, **where)

    def _try(self, proposal: Proposal, seconds: float) -> tuple[list[str], Effects | None]:
        """Return what keeps a proposal from being published; if nothing does, what it would change."""
        self._desk.rehearsal.prepare(self._knowledge)
        faults = self._faults_again(proposal)
        return faults, None if faults else self._effects(proposal, seconds)

    def _effects(self, proposal: Proposal, seconds: float) -> Effects | None:
        return self._desk.rehearsal.compare(change_of(proposal), proposal, seconds, self._knowledge.version)

    def _told(self, effects: Effects | None) -> list[tuple[str, int, str, str]]:
        titles = self._titles()
        return [
            (mask(one.text), one.times, tell_outcome(one.before, titles), tell_outcome(one.after, titles))
            for one in (effects.changed if effects else ())[:SHOWN_CHANGES]
        ]

    def _faults_again(self, proposal: Proposal) -> list[str]:
        """Return the faults; the page asks again and again for one proposal, which is then not checked again."""
        asked, checked = (self._knowledge.version, proposal), self._checked
        if checked is None or checked[0] != asked:
            self._checked = checked = (asked, self._faults(proposal))
        return checked[1]

    def _faults(self, proposal: Proposal) -> list[str]:
        """Say what keeps a proposal from being published, the content's own check included."""
        faults = find_faults(proposal, self._knowledge, command_examples())
        if faults or proposal.deed in ("ignore", "entry"):
            return faults
        try:
            problems = self._desk.publishing.check(files_of(proposal, self._knowledge, self._desk.publishing))
        except (EditError, PublishingError) as error:
            return [str(error)]
        return [str(problem) for problem in problems]

    async def decide(self, request: Request, session: Session, form: FormData) -> Response:
        """Do it: publish, or open a draft, or let it be; then the group is dealt with."""
        group, _, days = await self._group(form)
        proposal = read_proposal(form)
        if faults := await run_in_threadpool(self._faults, proposal):
            raise HTTPException(400, " ".join(faults))
        then = await run_in_threadpool(self._carry_out, proposal, group, session.user.name)
        return RedirectResponse(then or f"/questions?days={days}&done={proposal.deed}", status_code=303)

    def _carry_out(self, proposal: Proposal, group: Group, by: str) -> str:
        """Carry a proposal out; return where to go on, if it is not the list of questions."""
        then, number = "", None
        if proposal.deed == "entry":
            then = self._desk.drafts.begin(proposal.texts, group.asked, by)
        elif proposal.deed != "ignore":
            number = self._publish(proposal, by)
        self._desk.decisions.keep(group.asked, DECIDED[proposal.deed], by)
        target = proposal.topic or proposal.kind or "questions"
        self._desk.audit.add(by, f"questions: {proposal.deed}", target, f"{group.size} questions")
        if number is not None:
            self._desk.on_published(number, by)
        return then

    def _publish(self, proposal: Proposal, by: str) -> int:
        title = self._titles().get(proposal.topic) or KINDS_OF_NONE.get(proposal.kind, "")
        count = len(proposal.texts)
        why = f"{count} question{'s' if count != 1 else ''}: {title}"
        try:
            return self._desk.publishing.publish(files_of(proposal, self._knowledge, self._desk.publishing), by, why)
        except (ContentError, PublishingError, EditError) as error:
            raise HTTPException(409, str(error)) from error

    async def _group(self, values: Any) -> tuple[Group, int, int]:
        """Find the group that an address or a form names.

        Raises:
            HTTPException: 410 when it is not there any more.
        """
        question_id, days = text_of(values, "of", 12), text_of(values, "days", 4)
        if question_id.isdecimal() and days.isdecimal():
            group = await run_in_threadpool(self._desk.groups.find, int(question_id), int(days))
            if group is not None:
                return group, int(question_id), int(days)
        raise HTTPException(
            410, "These questions are not here any more: somebody dealt with them, or they were deleted."
        )


def offer(group: Group, knowledge: Knowledge) -> Proposal:
    """Offer the likeliest decision: the most typical questions under the nearest answer, some others to judge.

    Where that answer is far off, it is not chosen already: nobody should publish it by one quick click.
    """
    texts = read_lines("\n".join(mask(one.text) for one in group.asked))
    topic = group.nearest if group.nearest in knowledge.entries and group.score >= OFFERED_FROM_SCORE else ""
    judges = texts[OFFERED_TEXTS : OFFERED_TEXTS + OFFERED_JUDGES]
    return Proposal("variant", texts[:OFFERED_TEXTS], judges, topic, "near")


def read_proposal(form: FormData) -> Proposal:
    """Read what is to be done from a form.

    Raises:
        HTTPException: 400 when it names nothing that can be done.
    """
    deed = next((one for one in DEEDS if one == form.get("deed")), None)
    if deed is None:
        raise HTTPException(400, "Choose what to do with these questions.")
    texts = read_lines(text_of(form, "texts", LINES_LIMIT_CHARS))
    judges = read_lines(text_of(form, "judges", LINES_LIMIT_CHARS)) if deed in ("variant", "refusal") else ()
    topic = text_of(form, "topic", 80) if deed == "variant" else ""
    kind = text_of(form, "kind", 20) if deed == "refusal" else ""
    return Proposal(deed, texts, judges, topic, kind)


__all__ = ["Asked", "Desk", "GroupPages", "offer", "read_proposal"]
