"""The development questions, and everything that the tutor learns from, which they must not stand in."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from knowledge.distress_file import read_distress
from knowledge.loader import load_knowledge
from knowledge.markup import parse_yaml
from knowledge.model import Knowledge, Place
from knowledge.question_checks import Asked, find_near_twins
from knowledge.retrieval import passages_of
from settings import ROOT

HERE = Path(__file__).resolve().parent
SETS = (
    "questions",
    "unanswerable",
    "followups",
    "practice_followups",
    "new_followups",
    "utterances",
    "personal",
    "distress",
)
FAR_OFF = ("off", "noise", "inject", "personal")  # kinds of what is plainly not the course's subject
CLOSE_BY = ("near", "trick")  # kinds that sound like the course: declined, or a false premise corrected
MEANING_WORDS = 4
Row = dict[str, Any]


def read_set(name: str) -> list[Row]:
    """Read one set of the development questions."""
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def practice_rows(knowledge: Knowledge) -> list[Row]:
    """Return the questions that calibrate as a set; an id goes with its text, whatever stands around it."""
    return [
        {"id": f"p{hashlib.sha256(text.encode()).hexdigest()[:8]}", "text": text, "topics": list(topics)}
        for text, topics in knowledge.practice
    ]


def text_of(row: Row) -> str:
    """Return what a row says at last."""
    return str(row["turns"][-1] if "turns" in row else row["text"])


def plain(text: str) -> str:
    """Return a text as its words alone, for telling whether two texts are the same."""
    return " ".join(re.findall(r"[\w']+", text.lower().replace("’", "'")))


def training_texts() -> list[str]:
    """List every text that the model, the index or the calibration learns from."""
    distress = read_distress()
    return [*content_texts(load_knowledge()), *nlu_examples(), *distress.told, *distress.calm]


def content_texts(knowledge: Knowledge) -> list[str]:
    """List the texts of the content that people's questions are held against."""
    return [
        *(passage.text for passage in passages_of(knowledge)),
        *(text for text, _ in knowledge.practice),
        *(text for texts in knowledge.refusals.values() for text in texts),
        *(text for one in knowledge.corrections for text in one.questions),
        *(text for facet in knowledge.facets for text in (*facet.questions, *facet.in_place)),
    ]


def nlu_examples() -> list[str]:
    """List the examples that stand in ``bot/data``."""
    files = sorted((ROOT / "bot" / "data" / "nlu").glob("*.yml"))
    rows = [row for path in files for row in parse_yaml(path.read_text(encoding="utf-8"), path.name)["nlu"]]
    return [line.removeprefix("- ") for row in rows for line in str(row["examples"]).splitlines()]


def find_copies(ours: Iterable[str], theirs: Iterable[str]) -> list[tuple[str, str]]:
    """Find texts of ours that are texts of theirs, or nearly so; each with that text.

    The same words in any order are a copy. From ``MEANING_WORDS`` words that carry meaning on, nine of them in ten are
    enough.
    """
    asked = [Asked(text, about, Place(about, 1)) for about, texts in _sides(ours, theirs) for text in texts]
    twins = find_near_twins(one for one in asked if plain(one.text))
    return [
        (one.text, other.text)
        for one, other in twins
        if len(one.words | other.words) >= MEANING_WORDS or _bag(one.text) == _bag(other.text)
    ]


def _bag(text: str) -> list[str]:
    return sorted(plain(text.replace("-", " ")).split())


def _sides(ours: Iterable[str], theirs: Iterable[str]) -> tuple[tuple[str, Iterable[str]], ...]:
    return ("theirs", dict.fromkeys(theirs)), ("ours", dict.fromkeys(ours))
