"""The table sets ours beside the baselines, where they can take part."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.eval.asking import Asked, Measured, Parse
from tests.eval.baselines import Baseline, Guess
from tests.eval.figures import count
from tests.eval.report import Evaluation, table, write_report


@pytest.fixture
def evaluation() -> Evaluation:
    """Give two questions, of which ours finds both and the baseline one."""
    rows = [{"id": f"d{n}", "text": "?", "topics": [topic], "style": "plain"} for n, topic in enumerate("ab")]
    asked = [Asked(row, "answer", (row["topics"][0],), (row["topics"][0],), 0.9, 0.9, {"text": ""}) for row in rows]
    beyond = Asked({"id": "n0", "text": "?", "kind": "near"}, "abstain", ("a",), (), 0.1, 0.0, {"text": ""})
    practised = [Asked({**asked[0].row, "kind": "swap"}, "answer", ("a",), ("a",), 0.9, 0.9, {"text": ""})]
    parses = [Parse({"id": "t1", "text": "hm", "intent": "deny"}, "deny", 0.9, False)]
    measured = Measured(asked, asked, asked, practised, [beyond], parses)
    one = Baseline("BM25", {"questions": {"d0": Guess(("a",), 1.0), "d1": Guess(("a",), 1.0)}})
    selector = {"date": "2024-05-01", "epochs": 100, "content": "old"}
    return Evaluation("new", measured, [one], selector, count(measured, [one]))


def test_table_shows_shares_and_margin(evaluation: Evaluation) -> None:
    """Every line has its share and interval; the margin names the baseline; old guesses are told of."""
    lines = table(evaluation).splitlines()

    first = next(line for line in lines if line.startswith("right topic first"))
    assert first.split() == ["right", "topic", "first", "2", "100.0", "(100-100)", "50.0", "(0-100)"]
    assert "margin over the best baseline (BM25), points: 50.0 (0-100)" in lines
    assert "follow-ups for practice by kind, percent: swap 100 of 1" in lines
    assert lines[-1].endswith("content old (now new: make eval-baselines)")


def test_line_without_all_rows_has_no_baseline(evaluation: Evaluation) -> None:
    """A baseline that was not asked every row of a set does not stand on its line."""
    assert set(evaluation.figures.lines["right_first"]) == {"ours", "BM25"}
    assert set(evaluation.figures.lines["followups_right_first"]) == {"ours"}


def test_report_holds_all_figures(evaluation: Evaluation, tmp_path: Path) -> None:
    """The file holds what the table shows, with the ends of each interval."""
    write_report(evaluation, tmp_path, [{"answered": 1.0}])

    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))

    assert told["figures"]["right_first"]["BM25"] == {"value": 0.5, "low": 0.0, "high": 1.0, "rows": 2}
    assert told["margin"]["over"] == "BM25"
    assert told["by_kind"]["unanswerable_refused"]["near"]["value"] == 1.0
    assert told["coverage"] == [{"answered": 1.0}]
    assert {path.name for path in tmp_path.iterdir()} == {"report.json", "misses.md", "confusion.md"}
