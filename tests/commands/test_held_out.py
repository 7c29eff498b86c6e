"""New questions are judged by what the rest teaches when each is kept out; what the present model knows is not new."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.held_out import GROUP, PARTS, Asker, find_added, judge_added, parts_of, remember_learnt, without
from commands.judging import Probe
from knowledge.calibration import CalibrationError
from knowledge.encoder import RememberingEncoder, load_encoder
from knowledge.index_file import read_learnt, save_index
from knowledge.listed import form_of
from knowledge.model import Knowledge
from knowledge.retrieval import passages_of
from knowledge.trained import Learnt, learn
from review.outcomes import Outcome
from tests.knowledge.content_tree import ContentTree

NEW = ("may neighbours borrow the key", "is the key lent to neighbours", "where do ducks sleep")


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """Give a small body of content."""
    return ContentTree(tmp_path_factory.mktemp("garden")).knowledge()


@pytest.fixture(scope="module")
def encoder() -> RememberingEncoder:
    """Give an encoder."""
    return RememberingEncoder(load_encoder())


@pytest.fixture(scope="module")
def learnt(garden: Knowledge, encoder: RememberingEncoder) -> Learnt:
    """Give what the present model learnt from that content."""
    return learn(garden, encoder)


def with_new(garden: Knowledge) -> tuple[Knowledge, str]:
    """Return the content with new questions under its first answer and one that is refused; and that answer's topic."""
    topic = sorted(garden.entries)[0]
    entry = garden.entries[topic]
    entries = {**garden.entries, topic: replace(entry, questions=(*entry.questions, *NEW))}
    refusals = {**garden.refusals, "off": (*garden.refusals.get("off", ()), "sell me a duck")}
    return replace(garden, entries=entries, refusals=refusals, version="new"), topic


class Scripted(Asker):
    """Answers rightly what it was taught half of, and keeps what it was asked over which content."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.asked: list[tuple[set[str], list[str]]] = []
        self._trouble = trouble

    def ask_present(self, knowledge: Knowledge, asked: Sequence[Probe]) -> list[Outcome]:
        """Refuse everything."""
        return [Outcome("none", ("off",)) for _ in asked]

    def ask_anew(self, knowledge: Knowledge, asked: Sequence[Probe]) -> list[Outcome]:
        """Answer what names a key."""
        if self._trouble:
            raise self._trouble
        listed = {text for entry in knowledge.entries.values() for text in entry.questions}
        self.asked.append((listed, [one.text for one in asked]))
        return [Outcome("answer", one.topics[:1] if "key" in one.text else ("other",)) for one in asked]


def test_what_the_present_model_learnt_is_not_new(garden: Knowledge, learnt: Learnt) -> None:
    """Of the same content nothing is new; of changed content just what was added, and where it belongs."""
    changed, topic = with_new(garden)

    assert find_added(garden, learnt) == []
    assert [(one.text, one.topics) for one in find_added(changed, learnt)] == [
        *((text, (topic,)) for text in NEW),
        ("sell me a duck", ()),
    ]


def test_no_question_is_asked_of_what_learnt_it(garden: Knowledge, learnt: Learnt) -> None:
    """Each new question is asked once, over content that has the others and not itself."""
    changed, _ = with_new(garden)
    asker, told = Scripted(), list[str]()

    report = judge_added(changed, find_added(changed, learnt), asker, told.append)

    assert sorted(text for _, asked in asker.asked for text in asked) == sorted((*NEW, "sell me a duck"))
    assert all(not listed & set(asked) for listed, asked in asker.asked)
    assert all(len(listed & set(NEW)) >= len(NEW) - 1 for listed, _ in asker.asked)
    assert len(told) == PARTS
    assert report is not None
    assert {name: report[name] for name in ("before", "after", "of")} == {"before": 1, "after": 2, "of": 4}
    assert [one["text"] for one in json.loads(json.dumps(report))["missed"]] == [
        "where do ducks sleep",
        "sell me a duck",
    ]


def test_nothing_new_and_too_little_left_are_no_figure(garden: Knowledge) -> None:
    """The report then says nothing, and the training goes on."""
    added = [Probe(GROUP, "x", ("a",))]

    assert judge_added(garden, [], Scripted(), [].append) is None
    assert judge_added(garden, added, Scripted(CalibrationError("too few")), [].append) is None


def test_questions_are_really_kept_out(
    garden: Knowledge, learnt: Learnt, encoder: RememberingEncoder, tmp_path: Path
) -> None:
    """Learnt for real: two that are alike are found by each other, which the present model cannot; a far one is not."""
    save_index(learnt, tmp_path / "index.npz", garden.version)
    changed, _ = with_new(garden)
    added = find_added(changed, read_learnt(tmp_path / "index.npz"))[:3]

    report = judge_added(changed, added, Asker(tmp_path / "index.npz", encoder), [].append)

    assert report is not None
    assert report["of"] == 3
    assert "where do ducks sleep" in [one["text"] for one in report["missed"]]
    assert report["after"] >= report["before"]


def test_encoder_knows_what_was_just_learnt(garden: Knowledge, learnt: Learnt) -> None:
    """Learning again encodes nothing that is known."""
    fresh = RememberingEncoder(load_encoder())

    remember_learnt(fresh, garden, learnt)

    assert all(fresh.knows(passage.text) for passage in passages_of(garden))


@given(st.lists(st.text("ab", min_size=1), unique=True, max_size=12))
def test_parts_hold_each_question_once(texts: list[str]) -> None:
    """None is left out, none comes twice, no part is empty, and neighbours are in different parts."""
    added = [Probe(GROUP, text) for text in texts]

    parts = parts_of(added)

    assert sorted(one.text for part in parts for one in part) == sorted(texts)
    assert len(parts) == min(PARTS, len(texts))
    assert all(added.index(later) - added.index(one) >= PARTS for part in parts for one, later in pairwise(part))


def test_content_without_questions_keeps_all_else(garden: Knowledge) -> None:
    """Only the named ones go, also from what is refused; and it is other content than it was."""
    changed, topic = with_new(garden)

    left = without(changed, {*NEW, "sell me a duck"})

    assert left.entries == garden.entries
    assert {form_of(text) for texts in left.refusals.values() for text in texts} == {
        form_of(text) for texts in garden.refusals.values() for text in texts
    }
    assert left.version != changed.version
    assert topic in left.entries
