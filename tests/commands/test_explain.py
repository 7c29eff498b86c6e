"""Saying why a question got its answer: every number with its name, for people and for programs."""

from __future__ import annotations

import json

import pytest

from commands.explain import explain, explain_in_words
from knowledge.answering import Finding
from knowledge.coverage import EVIDENCE_NAMES, Evidence
from knowledge.decision import Calibration, Decision, Logistic
from knowledge.model import Correction, Facet, Passage, Place
from knowledge.retrieval import Ranked

PLACE = Place("corrections.yml", 1)
CALIBRATION = Calibration(
    covers=Logistic((0.0,) * 6, 0.0, threshold=0.25),
    is_first=Logistic((10.0, 0.0, 0.0), -1.0, threshold=0.75),
    is_premise=Logistic((0.0,) * 3, 0.0, threshold=0.5),
    doubted_below=0.7,
)
RANKED = (
    Ranked("system.tools", 0.91234, 0.8, "who has the key", -0.1, is_named=True),
    Ranked("system.sharing", 0.5, 0.5, "who waters", -2.0),
)
FOUND = Finding(
    Decision("answer", ("system.tools", "system.sharing"), 0.87654),
    RANKED,
    Evidence(0.8, 0.7, 0.1, -0.1, 0.25, 1.5),
)


def test_finding_explained_names_every_number() -> None:
    """Evidence, both judgements with what was needed, and the ranking, rounded for reading."""
    why = explain(FOUND, CALIBRATION)

    assert set(why["evidence"]) == set(EVIDENCE_NAMES)
    assert why["covered"] == {"probability": 0.877, "threshold": 0.25}
    assert why["first_is_right"]["threshold"] == 0.75 and why["first_is_right"]["probability"] > 0.9
    assert [(one["topic"], one["score"], one["is_named"]) for one in why["ranked"]] == [
        ("system.tools", 0.912, True),
        ("system.sharing", 0.5, False),
    ]
    assert json.loads(json.dumps(why)) == why


def test_finding_explained_names_what_else_was_found() -> None:
    """A facet, a false premise, another language and the nearest refusal are named by their keys."""
    facet = Facet("money", "What it cost", "", (), (), PLACE)
    correction = Correction("mayor-chose", Passage("So it is.", (), PLACE), (), (), PLACE)
    finding = Finding(
        FOUND.decision, RANKED, facet=facet, correction=correction, language="fi", refusal="off", is_follow_up=True
    )

    why = explain(finding, CALIBRATION)

    assert (why["facet"], why["false_premise"], why["language"]) == ("money", "mayor-chose", "fi")
    assert (why["nearest_refusal"], why["is_follow_up"], why["evidence"]) == ("off", True, {})


@pytest.mark.parametrize(
    "finding", [FOUND, Finding(Decision("answer", ("system.tools",), 1.0), ())], ids=["whole", "nothing ranked"]
)
def test_explanation_in_words_is_lines_to_read(finding: Finding) -> None:
    """The words say whether it was covered, what was needed, and what spoke for each topic."""
    words = explain_in_words(explain(finding, CALIBRATION))

    assert "the course covers it:" in words and "(needed: 0.25)" in words
    assert words.count("because of:") == len(finding.ranked)
