"""A plan as a paper: the picture, the answers by stage, what is open, who is missing, what helped elsewhere. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.model import Entry, Knowledge, Stage
from learning import plan
from learning.notebook import Note
from learning.papers.document import Block, Document, Figure, Heading, Paragraph, Points, Quote, References
from learning.papers.numbering import Numbering
from learning.papers.plain import opening
from learning.papers.words import say, say_date
from learning.plan import Answers, Project, StageStatus
from learning.plan_gaps import Gap, find_gap
from learning.plan_picture import ACROSS_IN_A_BAND, ACROSS_ON_PAPER, draw_plan

SHORT_LIMIT_CHARS = 600
SHORT_PICTURE_SHARE = 0.13


@dataclass(frozen=True)
class PlanContent:
    """All that a plan's paper is made of; ``answers`` by question id, as given last."""

    knowledge: Knowledge
    project: Project
    answers: Answers
    notes: Sequence[Note]
    made_on: date


def make_plan_document(content: PlanContent) -> Document:
    """Lay a plan out. The parts that have nothing to say are left out."""
    status = plan.status_of(content.knowledge.stages, content.answers)
    numbering, short = Numbering(content.knowledge), is_short(content, status)
    gap = find_gap(content.knowledge.stages, content.answers)
    told = frozenset(gap.still_open) if gap and not short else frozenset[str]()
    body = [
        *_opening(content, status),
        *(block for one in status if one.answered for block in _stage(content, one, numbering, is_short=short)),
        *_unknown(content),
        *_gap(content, gap, is_short=short),
        *_open(status, told, is_short=short),
        *(_named_catalysts if short else _catalysts)(content, status, numbering),
    ]
    sources = numbering.references()
    return Document(
        kind="plan",
        title=content.project.name,
        subtitle=say("plan_subtitle", date=say_date(content.made_on)),
        footer=say("footer", course=content.knowledge.course.title),
        made_on=content.made_on,
        is_brief=short,
        blocks=(*body, *((Heading(say("sources"), 3 if short else 2), References(sources)) if sources else ())),
    )


def is_short(content: PlanContent, status: Sequence[StageStatus]) -> bool:
    """Tell a plan that is hardly begun: its paper is one page, for a manager who has a minute.

    Its picture is a low band, the ways of working are named and not described, and each with one source; the questions
    about people stand only among the open ones.
    """
    begun = [one.stage for one in status if one.answered]
    written = sum(len(text) for text in content.answers.values())
    has_notes = any(note.lesson_id in stage.lessons for stage in begun for note in content.notes)
    return len(begun) == 1 and written <= SHORT_LIMIT_CHARS and not has_notes


def describe_status(status: Sequence[StageStatus]) -> tuple[str, ...]:
    """Tell in a line for each stage how far it is."""
    return tuple(say("stage_line", stage=one.stage.title, **_counts(one)) for one in status)


def describe_plan(project: Project, status: Sequence[StageStatus]) -> str:
    """Tell what the star map of a plan shows."""
    return say("star_map", name=project.name, lines="; ".join(describe_status(status)) + ".")


def draw_status(project: Project, status: Sequence[StageStatus], across: int = ACROSS_ON_PAPER) -> Figure:
    """Draw the star map of a plan, so many stages in a row, with what it shows in words."""
    lines, alt = describe_status(status), describe_plan(project, status)
    stars = [
        f"{'★' * len(one.answered)}{'☆' * len(one.still_open)}  {line}" for one, line in zip(status, lines, strict=True)
    ]
    return Figure(draw_plan(project.name, status, alt, across), alt, tuple(stars))


def _counts(status: StageStatus) -> dict[str, int]:
    return {"answered": len(status.answered), "total": len(status.answered) + len(status.still_open)}


def _opening(content: PlanContent, status: Sequence[StageStatus]) -> Iterator[Block]:
    counts = [_counts(one) for one in status]
    answered, total = (sum(one[name] for one in counts) for name in ("answered", "total"))
    yield Paragraph(say("plan_status", answered=answered, total=total) if answered else say("plan_empty"))
    if is_short(content, status):
        band = draw_status(content.project, status, ACROSS_IN_A_BAND)
        yield replace(band, page_share=SHORT_PICTURE_SHARE)
    else:
        yield draw_status(content.project, status)


def _stage(content: PlanContent, status: StageStatus, numbering: Numbering, *, is_short: bool) -> Iterator[Block]:
    stage = status.stage
    yield Heading(stage.title)
    if not is_short:
        yield Paragraph(f"{opening(stage.purpose.text)}{numbering.marks(stage.purpose.sources)}", leads=True)
        yield Paragraph(say("stage_answered", **_counts(status)), small=True, leads=True)
    for question, question_id in zip(stage.questions, plan.ids_of(stage), strict=True):
        if content.answers.get(question_id):
            yield Heading(question.ask, 3)
            yield Quote(content.answers[question_id], question_id)
    yield from _notes(content, stage)


def _notes(content: PlanContent, stage: Stage) -> Iterator[Block]:
    titles = {one.id: one.title for one in content.knowledge.course.lessons}
    fitting = [note for note in content.notes if note.lesson_id in stage.lessons]
    if fitting:
        yield Heading(say("notes_of_lessons"), 3)
    for note in fitting:
        yield Paragraph(say("note_in_lesson", lesson=titles.get(note.lesson_id, note.lesson_id)), leads=True)
        yield Quote(note.text)


def _unknown(content: PlanContent) -> Iterator[Block]:
    """Keep answers to questions that were taken out of the course since."""
    unknown = [one for one in content.answers if not plan.question_at(content.knowledge.stages, one)]
    if unknown:
        yield Heading(say("unknown_questions"))
        yield Paragraph(say("unknown_lead"), leads=True)
    for question_id in unknown:
        yield Heading(question_id, 3)
        yield Quote(content.answers[question_id], question_id)


def _gap(content: PlanContent, gap: Gap | None, *, is_short: bool) -> Iterator[Block]:
    if gap is None or (is_short and not gap.is_whole):  # single questions stand among the open ones
        return
    found = filter(None, (plan.question_at(content.knowledge.stages, one) for one in gap.still_open))
    yield Heading(say("gap"), 3 if is_short else 2)
    yield Paragraph(say("gap_whole" if gap.is_whole else "gap_some"), leads=not is_short)
    if not is_short:
        yield Points(tuple(f"{stage.title}: {question.ask}" for stage, question in found))


def _open(status: Sequence[StageStatus], told: frozenset[str], *, is_short: bool) -> Iterator[Block]:
    """List the open questions of the stages begun that were not told just before, and name the stages not begun.

    Of an empty plan the first stage counts as begun.
    """
    begun = [one for one in status if one.answered] or list(status[:1])
    fresh = [one.stage.title for one in status if one not in begun]
    asked = [(one, left) for one in begun if (left := _asks(one, told))]
    if not asked and (is_short or not fresh):
        return
    yield Heading(say("open_questions"))
    if asked and not is_short:
        yield Paragraph(say("open_lead"), leads=True)
    for one, left in asked:
        if not is_short:
            yield Heading(one.stage.title, 3)
        yield Points(left)
    if fresh and not is_short:  # the picture of a short paper says it, beside its few answers
        yield Paragraph(say("not_begun", stages=", ".join(fresh)))


def _asks(status: StageStatus, told: frozenset[str]) -> tuple[str, ...]:
    """List what a stage asks that is open and was not told yet."""
    pairs = zip(status.stage.questions, plan.ids_of(status.stage), strict=True)
    return tuple(question.ask for question, one in pairs if one in status.still_open and one not in told)


def _catalysts(content: PlanContent, status: Sequence[StageStatus], numbering: Numbering) -> Iterator[Block]:
    found = _fitting_catalysts(content, status)
    if not found:
        return
    yield Heading(say("catalysts"))
    yield Paragraph(say("catalysts_lead"), leads=True)
    for entry in found:
        yield Heading(entry.title, 3)
        note = f" ({numbering.renumber(entry.answer.note)})" if entry.answer.note else ""
        yield Paragraph(f"{opening(entry.answer.text)}{note}{numbering.marks(entry.answer.sources)}")


def _named_catalysts(content: PlanContent, status: Sequence[StageStatus], numbering: Numbering) -> Iterator[Block]:
    found = _fitting_catalysts(content, status)
    if found:
        yield Heading(say("catalysts"))
        yield Points(tuple(f"{entry.title}{numbering.marks(entry.answer.sources[:1])}" for entry in found))


def _fitting_catalysts(content: PlanContent, status: Sequence[StageStatus]) -> list[Entry]:
    begun = [one.stage for one in status if one.answered]
    wanted = dict.fromkeys(topic for stage in begun for topic in stage.catalysts)
    return [content.knowledge.entries[one] for one in wanted if one in content.knowledge.entries]
