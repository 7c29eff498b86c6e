"""A plan holds exactly the answers given last, in any order; each message counts once; projects are one's own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from learning import plan, tables
from learning.plan_store import ANSWER_LIMIT_CHARS, NAME_LIMIT_CHARS
from learning.plan_walk import FIRST_NAME, PlanWalk
from learning.store import LearningStore, Payload
from tests.learning.histories import NOON
from tests.learning.plan_samples import STAGES, a_planner

ANN = "ann"
NUMBERS = count()
IDS = [one for stage in STAGES.values() for one in plan.ids_of(stage)]
FIRST, SECOND, THIRD = IDS[:3]


class Planner:
    """Somebody who plans: every move is a message of its own, unless an id is given."""

    def __init__(self, store: LearningStore, name: str = ANN) -> None:
        self.walk = PlanWalk(a_planner(), store)
        self.name = name

    def do(self, move: str, *arguments: Any, message_id: str = "") -> Payload:
        """Make a move of ``PlanWalk`` by its name."""
        outcome: Payload = getattr(self.walk, move)(self.name, message_id or f"m{next(NUMBERS)}", *arguments)
        return outcome

    def answers(self) -> dict[str, str]:
        """Return what the plan holds."""
        found = self.walk.where(self.name)
        return found[1] if found else {}


@pytest.fixture
def ann(store: LearningStore) -> Iterator[Planner]:
    """Give somebody who has begun no plan."""
    yield Planner(store)


def test_first_beginning_makes_a_project(ann: Planner) -> None:
    """Whoever begins gets a project and is told that it opens; the second time it is there."""
    first, again = ann.do("begin"), ann.do("begin")

    assert (first["kind"], first["is_opening"], first["project"]["name"]) == ("plan_stages", True, FIRST_NAME)
    assert "is_opening" not in again
    assert len(ann.walk.projects(ANN)) == 1


def test_stage_in_any_order_asks_its_first_open_question(ann: Planner) -> None:
    """A later stage can be the first one; an answered question is not asked again."""
    asked = ann.do("open_stage", "roadmap.end")
    ann.do("answer", "a")
    ann.do("open_stage", "roadmap.begin")

    again = ann.do("open_stage", "roadmap.end")

    assert asked["project"]["question_id"] == "roadmap.end.aim"
    assert again["project"]["question_id"] == "roadmap.end.say"


def test_answer_goes_on_and_stage_ends(ann: Planner) -> None:
    """Each answer is kept and leads to the next question; the last one to the end of the stage."""
    ann.do("open_stage", "roadmap.begin")

    kinds = [ann.do("answer", text)["kind"] for text in "abc"]

    assert kinds == ["plan_question", "plan_question", "plan_stage_end"]
    assert ann.answers() == dict(zip(IDS[:3], "abc", strict=True))


def test_skipped_question_stays_open(ann: Planner) -> None:
    """A skipped question holds nothing, and coming back to the stage asks it."""
    ann.do("open_stage", "roadmap.begin")
    ann.do("skip")
    ann.do("answer", "b")
    end = ann.do("answer", "c")

    back = ann.do("open_stage", "roadmap.begin")

    assert end["kind"] == "plan_stage_end"
    assert ann.answers() == {SECOND: "b", THIRD: "c"}
    assert back["project"]["question_id"] == FIRST


def test_back_shows_what_was_written(ann: Planner) -> None:
    """Back goes to an answered question with its answer; at the first one it stays and says so."""
    ann.do("open_stage", "roadmap.begin")
    ann.do("answer", "a")

    back, further = ann.do("go_back"), ann.do("go_back")

    assert (back["project"]["question_id"], back["before"]) == (FIRST, "a")
    assert (further["project"]["question_id"], further["is_first"]) == (FIRST, True)


def test_changed_answer_takes_the_place_and_history_stays(ann: Planner, engine: Engine) -> None:
    """The plan shows the newer answer; both rows are kept."""
    ann.do("open_question", FIRST)
    ann.do("answer", "a")
    ann.do("open_question", FIRST)

    changed = ann.do("answer", "b")

    assert changed["is_changed"] and ann.answers() == {FIRST: "b"}
    with engine.connect() as connection:
        rows = connection.execute(sa.select(tables.plan_answer.c.text).order_by(tables.plan_answer.c.id)).scalars()
        assert list(rows) == ["a", "b"]


@pytest.mark.parametrize(
    "text", ["x" * ANSWER_LIMIT_CHARS, "‫שלום‬ 👩🏽‍🌾 Ελλάδα", '=cmd|"/c calc"!A1', "**b** <script> {x}\n\n> q"]
)
def test_answer_is_kept_as_written(ann: Planner, text: str) -> None:
    """Long, right-to-left, with emoji, formulas or markup: what comes back is what was written."""
    ann.do("open_question", FIRST)
    ann.do("answer", text)

    assert ann.answers()[FIRST] == text


def test_name_that_is_too_long_is_cut(ann: Planner) -> None:
    """A name has a limit, so that it fits on a button."""
    made = ann.do("make_project", "n" * 500)

    assert made["project"]["name"] == "n" * NAME_LIMIT_CHARS


@pytest.mark.parametrize("move", ["skip", "go_back"])
def test_button_of_another_question_changes_nothing(ann: Planner, move: str) -> None:
    """An old button names another question: the place stays."""
    ann.do("open_stage", "roadmap.begin")
    ann.do("answer", "a")

    told = ann.do(move, FIRST)

    found = ann.walk.where(ANN)
    assert told["kind"] == "plan_stale"
    assert found and found[0].question_id == SECOND


def test_answer_without_open_question_is_stale(ann: Planner) -> None:
    """When nothing is asked, nothing is kept."""
    ann.do("begin")

    assert ann.do("answer", "a")["kind"] == "plan_stale"
    assert ann.answers() == {}


def test_projects_keep_their_own_answers_and_places(ann: Planner) -> None:
    """Each project has answers and a place of its own; switching finds them again."""
    ann.do("open_stage", "roadmap.begin")
    first = ann.do("answer", "a")["project"]["id"]
    ann.do("make_project", "Second")
    ann.do("open_stage", "roadmap.begin")
    ann.do("answer", "b")

    second = ann.answers()
    ann.do("turn_to", str(first))
    resumed = ann.do("begin")

    assert (second, ann.answers()) == ({FIRST: "b"}, {FIRST: "a"})
    assert resumed["project"]["question_id"] == SECOND


def test_project_of_somebody_else_is_not_opened(ann: Planner, store: LearningStore) -> None:
    """The number of another person's project opens nothing."""
    theirs = Planner(store, "ben").do("make_project", "Secret")["project"]["id"]

    told = ann.do("turn_to", str(theirs))

    assert told["kind"] == "plan_stale" and told["project"]["name"] == FIRST_NAME


def test_question_gone_from_course_leads_to_the_stages(ann: Planner) -> None:
    """Whoever stood at a question that was taken out is not stuck; their answers stay."""
    ann.do("open_stage", "roadmap.begin")
    ann.do("answer", "a")
    rest = {key: stage for key, stage in STAGES.items() if key != "roadmap.begin"}
    ann.walk = PlanWalk(replace(a_planner(), stages=rest), ann.walk._store)

    assert ann.do("begin")["kind"] == "plan_stages"
    assert ann.do("open_stage", "roadmap.begin")["kind"] == "plan_stages"
    assert ann.do("go_on")["project"]["question_id"] == "roadmap.middle.aim"
    assert ann.answers() == {FIRST: "a"}


def test_same_message_twice_at_once_counts_once(ann: Planner, engine: Engine) -> None:
    """A double tap from two threads makes one project, one answer, and hears the same."""
    told: list[list[str]] = []

    def send() -> None:
        kinds = [ann.do("open_stage", "roadmap.begin", message_id="s")["kind"]]
        kinds += [ann.do("answer", text, message_id=text)["kind"] for text in "abc"]
        told.append(kinds)

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told[0] == told[1]
    assert len(ann.walk.projects(ANN)) == 1
    with engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(tables.plan_answer)).scalar_one() == 3


@pytest.mark.parametrize(("seconds", "kept"), [(0.4, 1), (2, 1), (10, 2)])
def test_answer_that_comes_twice_is_no_answer_to_the_next_question(engine: Engine, seconds: float, kept: int) -> None:
    """A double tap under two ids is kept once, and told; the same words after some reading are meant."""
    now = [NOON]
    ann = Planner(LearningStore(engine, lambda: now[0]))
    ann.do("open_stage", "roadmap.begin")

    first = ann.do("answer", "We do not know yet.")
    now[0] += timedelta(seconds=seconds)
    again = ann.do("answer", "We do not know yet.")

    assert len(ann.answers()) == kept
    assert again.get("is_twice", False) is (kept == 1)
    assert (again["project"] == first["project"]) is (kept == 1)


def test_other_answer_at_once_is_kept(ann: Planner) -> None:
    """Who types fast, and something else, is not held up."""
    ann.do("open_stage", "roadmap.begin")

    for text in ("a", "b"):
        ann.do("answer", text)

    assert [ann.answers()[one] for one in (FIRST, SECOND)] == ["a", "b"]


moves = st.one_of(
    st.tuples(st.just("answer at"), st.sampled_from(IDS), st.text(min_size=1, max_size=8)),
    st.tuples(st.sampled_from(["skip", "go_back", "begin", "go_on"]), st.just(""), st.just("")),
    st.tuples(st.just("open_stage"), st.sampled_from(list(STAGES)), st.just("")),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(steps=st.lists(moves, max_size=14))
def test_plan_holds_exactly_what_was_given_last(store: LearningStore, database_url: str, steps: list[Any]) -> None:
    """Whatever the order of moves, the answers are those given last to each question, and no others."""
    minutes = count()
    slowly = LearningStore(store.engine, lambda: NOON + timedelta(minutes=next(minutes)))
    person, wanted = Planner(slowly, f"p{next(NUMBERS)}"), {}

    for move, where, text in steps:
        if move == "answer at":
            person.do("open_question", where)
            person.do("answer", text)
            wanted[where] = text
        else:
            person.do(move, *([where] if where else []))

    assert person.answers() == wanted


def test_place_survives_a_restart(ann: Planner, engine: Engine, database_url: str) -> None:
    """After everything was stopped and started, the plan goes on at the same question."""
    ann.do("open_stage", "roadmap.begin")
    ann.do("answer", "a")
    assert Path(database_url.removeprefix("sqlite:///")).exists()

    later = Planner(LearningStore(engine))

    assert later.do("begin")["project"]["question_id"] == SECOND
