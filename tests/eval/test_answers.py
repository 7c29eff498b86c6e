"""How good the answers are, on the development questions. Every miss is listed in ``var/eval/misses.md``."""

from __future__ import annotations

import json

from settings import load_settings
from tests.eval.asking import Asked, Measured
from tests.eval.figures import Figures
from tests.eval.report import Evaluation
from tests.eval.sets import read_set

MARGIN_AT_LEAST = 0.05


def test_question_finds_right_topic_first(figures: Figures) -> None:
    """Three questions in four find their topic at once."""
    assert figures.ours("right_first") >= 0.75


def test_question_finds_right_topic_among_three(figures: Figures) -> None:
    """Nine in ten find it among the three that are named."""
    assert figures.ours("right_among_three") >= 0.9


def test_question_is_answered_or_offered(figures: Figures) -> None:
    """Nine in ten get the right answer, or find it among the choices."""
    assert figures.ours("right_offered") >= 0.9


def test_question_that_is_covered_is_seldom_refused(figures: Figures) -> None:
    """At most eight in a hundred are refused although their answer is written."""
    assert figures.ours("abstained") <= 0.08


def test_question_far_off_is_refused(figures: Figures) -> None:
    """Of other subjects, noise, attacks and personal matters, 95 in a hundred are refused."""
    assert figures.ours("refused_far_off") >= 0.95


def test_question_close_by_is_refused_or_corrected(figures: Figures) -> None:
    """Of what sounds like the course and is not, or takes something false for granted, 72 in a hundred are refused."""
    assert figures.ours("refused_close_by") >= 0.72


def test_follow_up_finds_right_topic_first(figures: Figures) -> None:
    """Three follow-ups in four are understood by the question before."""
    assert figures.ours("followups_right_first") >= 0.76


def test_topics_are_found_better_than_by_baselines(figures: Figures) -> None:
    """What is built here finds at least five in a hundred more than the best of the simpler ways."""
    assert figures.margin.value >= MARGIN_AT_LEAST, f"over {figures.best_baseline}"


def test_baselines_took_part_with_every_question(evaluation: Evaluation) -> None:
    """Four simpler ways were measured on the same questions; for the kept one: ``make eval-baselines``."""
    systems = {"ours", "BM25", "vectors", "TF-IDF", "ResponseSelector"}

    assert set(evaluation.figures.lines["right_first"]) == systems
    assert len({one.rows for one in evaluation.figures.lines["right_first"].values()}) == 1


def test_sets_are_measured_whole(measured: Measured) -> None:
    """Every row of every set is asked."""
    asked = {name: [one.row["id"] for one in getattr(measured, name)] for name in vars(measured) if name != "practice"}

    assert asked == {name: [row["id"] for row in read_set(name)] for name in asked}
    assert len(asked) == 8


def test_report_holds_figures_and_misses(evaluation: Evaluation) -> None:
    """The figures can be read by a program, and the misses by a person."""
    folder = load_settings().var / "eval"

    told = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    misses = (folder / "misses.md").read_text(encoding="utf-8")

    assert told["figures"]["right_first"]["ours"]["value"] == evaluation.figures.ours("right_first")
    missed = [one.id for one in evaluation.measured.unanswerable if not one.is_refused]
    assert all(f"- {row_id} " in misses for row_id in missed)
    assert (folder / "confusion.md").stat().st_size > 0


def test_row_counts_as_it_should() -> None:
    """A row is right first, right among three, or neither; offered is what the person gets to see."""
    row = {"id": "x", "text": "?", "topics": ["a", "b"]}
    first = Asked(row, "answer", ("b", "c"), ("b",), 0.9, 0.9, {})
    third = Asked(row, "choose", ("c", "d", "a"), ("c", "d", "a"), 0.9, 0.4, {})
    wrong = Asked(row, "answer", ("c", "a"), ("c",), 0.9, 0.9, {})
    refused = Asked(row, "abstain", ("a",), (), 0.1, 0.0, {})

    asked = (first, third, wrong, refused)

    assert [one.is_right_first for one in asked] == [True, False, False, True]
    assert [one.is_right_among_three for one in asked] == [True, True, True, True]
    assert [one.is_right_offered for one in asked] == [True, True, False, False]
    assert [one.is_answered_wrong for one in asked] == [False, False, True, False]
    assert [one.is_refused for one in asked] == [False, False, False, True]
