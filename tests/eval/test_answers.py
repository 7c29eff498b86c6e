"""How good the answers are, on the development questions. Every miss is listed in ``var/eval/misses.md``."""

from __future__ import annotations

import json

from settings import load_settings
from tests.eval.measure import Asked, Figures, Measured, plain, read_set, share, training_texts

EVERYDAY_WORDS = 3  # "yes", "tell me more": so short that people who never met write the same


def test_covered_question_finds_right_topic_first(figures: Figures) -> None:
    """Of the questions whose answer is written, three in four find it at once."""
    assert figures.covered_right_first >= 0.75


def test_covered_question_finds_right_topic_among_three(figures: Figures) -> None:
    """Nine in ten find it among the three that are named."""
    assert figures.covered_right_among_three >= 0.9


def test_covered_question_is_seldom_refused(figures: Figures) -> None:
    """At most one in seven is refused although its answer is written."""
    assert figures.covered_abstained <= 0.15


def test_unanswerable_question_is_refused(figures: Figures) -> None:
    """Of what the course does not cover, four in five are refused."""
    assert figures.unanswerable_abstained >= 0.8


def test_sets_are_measured_whole(measured: Measured) -> None:
    """Every row of the questions and of the unanswerable ones is asked."""
    asked = [one.row["id"] for one in (*measured.covered, *measured.planned)]

    assert sorted(asked) == sorted(row["id"] for row in read_set("questions"))
    assert len(measured.unanswerable) == len(read_set("unanswerable"))
    assert measured.covered


def test_report_holds_figures_and_misses(measured: Measured) -> None:
    """The figures can be read by a program, and the misses by a person."""
    folder = load_settings().var / "eval"

    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    misses = (folder / "misses.md").read_text(encoding="utf-8")

    assert report["covered_right_first"] == measured.figures.covered_right_first
    missed = [one.row["id"] for one in measured.unanswerable if one.decision != "abstain"]
    assert all(f"- {row_id} " in misses for row_id in missed)


def test_questions_are_not_trained_on() -> None:
    """No development question stands in the content or in the training data; it would measure nothing."""
    sets = ("questions", "unanswerable", "followups", "utterances")
    texts = {row["id"]: row["turns"][-1] if "turns" in row else row["text"] for name in sets for row in read_set(name)}
    seen = training_texts()

    copied = {key: text for key, text in texts.items() if plain(text) in seen}

    assert {key: text for key, text in copied.items() if plain(text).count(" ") >= EVERYDAY_WORDS} == {}


def test_shares_count_what_they_say() -> None:
    """A row is right first, right among three, or neither; a share of no rows is nought."""
    row = {"id": "x", "text": "?", "topics": ["a", "b"]}
    first, third, none = (Asked(row, "answer", topics, 0.9) for topics in (("b", "c"), ("c", "d", "a"), ()))

    assert [one.is_right_first for one in (first, third, none)] == [True, False, False]
    assert [one.is_right_among_three for one in (first, third, none)] == [True, True, False]
    assert share([first, third, none], lambda one: one.is_right_first) == 1 / 3
    assert share([], bool) == 0.0
