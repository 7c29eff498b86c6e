"""Two models beside each other: how many came out right, what would change, and nothing that was learnt by heart."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from commands.judging import EVAL_FOLDER, Judge, Probe, Told, ask_all, compare, find_probes
from knowledge.loader import load_knowledge
from review.outcomes import Outcome
from review.past_questions import PastQuestion

ANSWER, OTHER, NONE = Outcome("answer", ("a",)), Outcome("answer", ("b",)), Outcome("none", ("off",))
COMMAND = Told(Outcome("command", ("stop",)), "stop")
PAST = [PastQuestion("who pays", 3, 7, "ann"), PastQuestion("who sings", 1, 8, "bob")]
PROBES = [
    Probe("Kept", "is it worth it", ("a",)),
    Probe("Kept", "buy a car"),
    Probe("Wishes", "stop now", intent="stop"),
]


class Scripted(Judge):
    """Says what it is told to."""

    def __init__(self, **told: Told) -> None:
        self._told = {name.replace("_", " "): one for name, one in told.items()}

    def tell(self, text: str) -> Told:
        """Say it."""
        return self._told[text]


def question(outcome: Outcome) -> Told:
    """Make what comes of a question."""
    return Told(outcome, "ask_system")


BEFORE = Scripted(
    is_it_worth_it=question(OTHER),
    buy_a_car=question(NONE),
    stop_now=COMMAND,
    who_pays=question(NONE),
    who_sings=question(NONE),
)
AFTER = Scripted(
    is_it_worth_it=question(ANSWER),
    buy_a_car=question(ANSWER),
    stop_now=COMMAND,
    who_pays=question(ANSWER),
    who_sings=question(NONE),
)


def test_report_puts_both_models_side_by_side() -> None:
    """One more right, one that was right and is no more, and one question of somebody that gets an answer."""
    said: list[str] = []
    both = [ask_all(judge, PROBES, PAST, said.append, "a") for judge in (BEFORE, AFTER)]

    report = compare(PROBES, PAST, *both)

    assert report["figures"] == [
        {"group": "Kept", "before": 1, "after": 1, "of": 2},
        {"group": "Wishes", "before": 1, "after": 1, "of": 1},
    ]
    assert report["changed"] == [{"question": 7, "times": 3, "before": ["none", ("off",)], "after": ["answer", ("a",)]}]
    assert [one["text"] for one in report["lost"]] == ["buy a car"]
    assert "who pays" not in json.dumps(report)
    assert said


@given(st.sampled_from(["answer", "choice", "none", "correction", "language", "command"]), st.sampled_from("ab"))
def test_what_is_right_is_one_thing_only(kind: str, key: str) -> None:
    """What ought to be answered is never right when refused, and the reverse."""
    told = question(Outcome(kind, (key,)))  # type: ignore[arg-type]

    assert not (Probe("", "", ("a", "b")).is_right(told) and Probe("", "").is_right(told))
    assert Probe("", "", ("a",)).is_right(told) == ((kind, key) == ("answer", "a"))


def test_probes_leave_out_what_is_listed_and_need_no_development_sets(tmp_path: Path) -> None:
    """A question that an answer lists would judge nothing; an installation may come without the tests."""
    knowledge = load_knowledge()
    listed = knowledge.entries["system.value"].questions[0]
    kept = replace(knowledge, evaluation=((listed, ("system.value",)), ("is the shed mended", ())))

    alone, all_of_them = find_probes(kept, tmp_path), find_probes(kept, EVAL_FOLDER)

    assert {one.group for one in alone} == {"Questions kept to test with", "Practice questions"}
    assert [one.text for one in alone if one.group == "Questions kept to test with"] == ["is the shed mended"]
    assert len(all_of_them) > len(alone)
    assert {one.group for one in all_of_them} > {"Wishes and commands", "Questions to be refused"}
