"""Saying why a question got its answer: the ranking, the evidence, and the thresholds that it passed or not."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from knowledge.answering import Finding
from knowledge.decision import Calibration, ranking_row

Why = dict[str, Any]


def explain(finding: Finding, calibration: Calibration) -> Why:
    """Say what spoke for a decision, as numbers with their names."""
    evidence = asdict(finding.evidence) if finding.evidence else {}
    return {
        "evidence": {name: round(value, 3) for name, value in evidence.items()},
        "covered": _judged(finding.decision.score, calibration.covers.threshold),
        "first_is_right": _judged(
            calibration.is_first.probability(ranking_row(list(finding.ranked))) if finding.ranked else 0.0,
            calibration.is_first.threshold,
        ),
        "ranked": [_ranked(asdict(one)) for one in finding.ranked],
        "is_follow_up": finding.is_follow_up,
        "facet": finding.facet.key if finding.facet else None,
        "false_premise": finding.correction.id if finding.correction else None,
        "language": finding.language or None,
        "nearest_refusal": finding.refusal or None,
    }


def _judged(probability: float, threshold: float) -> Why:
    return {"probability": round(probability, 3), "threshold": round(threshold, 3)}


def _ranked(row: Why) -> Why:
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in row.items()}


def explain_in_words(why: Why) -> str:
    """Set out an explanation for reading in a terminal."""
    lines = ["", "Why:"]
    for name, label in (("covered", "the course covers it"), ("first_is_right", "the first topic is the right one")):
        lines.append(f"  {label}: {why[name]['probability']} (needed: {why[name]['threshold']})")
    told = {key: why[key] for key in ("facet", "false_premise", "language", "nearest_refusal") if why[key]}
    lines += [f"  {name.replace('_', ' ')}: {value}" for name, value in told.items()]
    lines.append("  " + ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in why["evidence"].items()))
    lines += [
        f"  {one['score']:6.3f}  {one['topic']:32} likeness {one['likeness']:.3f}, model {one['model']:.2f}"
        f"{', named' if one['is_named'] else ''}; because of: {one['because'][:90]}"
        for one in why["ranked"]
    ]
    return "\n".join(lines)
