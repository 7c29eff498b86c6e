"""Each variant of an entry is left out once, and asked while it is out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from knowledge.loader import load_knowledge
from knowledge.retrieval import passages_of
from tests.eval.baselines import Guess
from tests.eval.folds import FOLDS, FoldRow, count_folds, keep_folds, kept_folds, part


def test_variants_are_each_asked_once() -> None:
    """All folds together ask every variant, each one time."""
    knowledge = load_knowledge()

    asked = [pair for fold in range(FOLDS) for pair in part(knowledge, fold)[1]]

    wanted = Counter((text, topic) for topic, entry in knowledge.entries.items() for text in entry.questions)
    assert Counter(asked) == wanted


def test_variants_left_out_are_not_learnt_from() -> None:
    """What a fold asks is in none of its passages of that topic, and about a fifth is asked."""
    knowledge = load_knowledge()

    kept, asked = part(knowledge, 0)

    questions = {(one.text, one.topic) for one in passages_of(kept) if one.kind == "question"}
    assert not questions & set(asked)
    assert 0.15 < len(asked) / sum(len(entry.questions) for entry in knowledge.entries.values()) < 0.25


def test_figures_of_folds_are_kept_for_their_content(tmp_path: Path) -> None:
    """What was counted is read back while the content is the same, and not when it is another."""
    rows = [
        FoldRow("x", "a", {"ours": Guess(("a", "b"), 1.0), "BM25": Guess(("b", "a"), 1.0)}),
        FoldRow("y", "b", {"ours": Guess(("a", "b"), 1.0), "BM25": Guess(("c",), 1.0)}),
    ]
    figures = count_folds(rows, "v1")

    keep_folds(figures, tmp_path)

    assert figures.lines["variants_right_first"]["ours"].value == 0.5
    assert figures.lines["variants_right_among_three"]["BM25"].value == 0.5
    assert figures.confusions == [("b", "a", 1)]
    assert kept_folds(tmp_path, "v1") == figures
    assert kept_folds(tmp_path, "v2") is None
    assert kept_folds(tmp_path / "none", "v1") is None
