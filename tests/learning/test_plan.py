"""What comes next in a plan, and where people are missing in it: pure rules."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from learning import plan
from learning.plan_gaps import THEME_OF_PEOPLE, find_gap
from tests.learning.plan_samples import STAGES, a_question, a_stage

IDS = [one for stage in STAGES.values() for one in plan.ids_of(stage)]
BEGIN, MIDDLE, END = STAGES.values()
plans = st.dictionaries(st.sampled_from(IDS), st.text(min_size=1, max_size=5))


def _themes(ids: tuple[str, ...]) -> set[str]:
    found = [plan.question_at(STAGES, one) for one in ids]
    return {question.theme for _, question in filter(None, found)}


@given(answers=plans)
def test_status_holds_each_question_once(answers: dict[str, str]) -> None:
    """Every question is either answered or open, in the order of the course."""
    status = plan.status_of(STAGES, answers)

    assert [sorted([*one.answered, *one.still_open]) for one in status] == [
        sorted(plan.ids_of(stage)) for stage in STAGES.values()
    ]
    assert {one for stage in status for one in stage.answered} == set(answers)


@given(answers=plans, question_id=st.sampled_from(IDS))
def test_next_question_is_open_and_behind(answers: dict[str, str], question_id: str) -> None:
    """What follows a question stands behind it in its stage and is open; all between are answered."""
    stage = STAGES[question_id.rpartition(".")[0]]
    ids = plan.ids_of(stage)

    following = plan.open_after(stage, question_id, answers)

    behind = ids[ids.index(question_id) + 1 :]
    assert following == next((one for one in behind if one not in answers), None)


@given(answers=plans)
def test_next_stage_has_something_open(answers: dict[str, str]) -> None:
    """A stage that is offered next is another one, and not finished; none is offered only when all others are."""
    following = plan.stage_after(STAGES, BEGIN.id, answers)

    others = [stage for stage in (MIDDLE, END) if plan.first_open(stage, answers)]
    assert following == (others[0] if others else None)


def test_question_before_the_first_is_none() -> None:
    """At the beginning of a stage there is nothing before; else the one before, answered or not."""
    first, second, _ = plan.ids_of(BEGIN)

    assert (plan.before(BEGIN, first), plan.before(BEGIN, second)) == (None, first)


def test_question_gone_from_course_is_not_found() -> None:
    """An id that the course has no more gives nothing, and no error."""
    assert plan.question_at(STAGES, "roadmap.begin.gone") is None
    assert plan.question_at(STAGES, "roadmap.gone.aim") is None
    assert plan.question_at(STAGES, "") is None


@given(answers=plans)
def test_gap_is_what_is_open_about_people_in_stages_begun(answers: dict[str, str]) -> None:
    """The gap holds the open questions on ethics of stages with an answer, and no other."""
    gap = find_gap(STAGES, answers)

    begun = {one.rpartition(".")[0] for one in answers}
    wanted = [f"{stage_id}.say" for stage_id in STAGES if stage_id in begun and f"{stage_id}.say" not in answers]
    assert list(gap.still_open if gap else ()) == wanted
    assert gap is None or _themes(gap.still_open) == {THEME_OF_PEOPLE}
    assert gap is None or gap.is_whole == (len(wanted) == len(begun))


def test_gap_of_nothing_begun_is_none() -> None:
    """An empty plan is not reproached with anything."""
    assert find_gap(STAGES, {}) is None


def test_gap_closes_when_people_are_answered_for() -> None:
    """One answer about people makes the gap a part; all of them close it."""
    stages = {"roadmap.one": a_stage("one", a_question("a"), a_question("b", "ethics"), a_question("c", "ethics"))}

    whole = find_gap(stages, {"roadmap.one.a": "x"})
    part = find_gap(stages, {"roadmap.one.a": "x", "roadmap.one.c": "x"})

    assert whole and (whole.still_open, whole.is_whole) == (("roadmap.one.b", "roadmap.one.c"), True)
    assert part and (part.still_open, part.is_whole) == (("roadmap.one.b",), False)
    assert find_gap(stages, {"roadmap.one.b": "x", "roadmap.one.c": "x"}) is None
