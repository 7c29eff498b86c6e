"""Every miss for reading, each with why in a few words; and what is taken for what, most frequent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tests.eval.asking import Asked, Heard, Measured, Parse
from tests.eval.folds import FoldFigures
from tests.eval.sets import CLOSE_BY

QUOTED_CHARS = 80
VARIANTS_AT_LEAST = 2


def list_misses(measured: Measured) -> str:
    """Set out every miss in Markdown, by kind."""
    asked, unanswerable = measured.questions, [one for one in measured.unanswerable if not one.is_refused]
    kinds = {
        "Covered, and answered with something else": [one for one in asked if one.is_answered_wrong],
        "Covered, and refused": [one for one in asked if one.is_refused],
        "Covered, a choice, and the right topic is not first": [
            one for one in asked if one.decision == "choose" and not one.is_right_first
        ],
        "Not covered, far off, and not refused": [one for one in unanswerable if one.row["kind"] not in CLOSE_BY],
        "Not covered, close by or a false premise, and not refused": [
            one for one in unanswerable if one.row["kind"] in CLOSE_BY
        ],
        "Follow-ups, and the right topic is not first": _not_first(measured.followups),
        "Follow-ups for practice, and the right topic is not first": _not_first(measured.practice_followups),
        "New follow-ups, and the right topic is not first": _not_first(measured.new_followups),
        "Personal decisions, and not sent on": [
            one for one in measured.personal if not one.row["topics"] and not one.is_sent_on
        ],
        "Like personal and covered, and not offered": [
            one for one in measured.personal if one.row["topics"] and not one.is_right_offered
        ],
        "Questions that calibrate, and the right topic is not first": _not_first(measured.practice),
    }
    parts = [_section(kind, [_question_line(one) for one in ones]) for kind, ones in kinds.items()]
    heard = [one for one in measured.distress if not one.is_right]
    parts.append(_section("Distress not heard, and calm texts that stopped tutoring", list(map(_heard_line, heard))))
    wrong = [one for one in measured.utterances if not one.is_right]
    parts.append(_section("Utterances, and another intent", [_utterance_line(one) for one in wrong]))
    return "\n".join(["# Misses\n", *parts])


def _not_first(asked: Sequence[Asked]) -> list[Asked]:
    return [one for one in asked if not one.is_right_first]


def _section(kind: str, lines: list[str]) -> str:
    return "\n".join([f"## {kind}: {len(lines)}\n", *lines, ""])


def _question_line(one: Asked) -> str:
    wanted = ", ".join(one.row.get("topics", [])) or f"none ({one.row.get('kind')})"
    got = f"{one.decision} {', '.join(one.topics)} (score {one.score:.2f})"
    return f"- {one.id} {one.text!r}\n  - wanted {wanted}; got {got}\n  - {why_in_words(one)}"


def _heard_line(one: Heard) -> str:
    told = "not heard" if one.row["is_distress"] else "stopped"
    return f"- {one.row['id']} {one.row['text']!r} ({one.row['kind']}): {told}"


def _utterance_line(one: Parse) -> str:
    return f"- {one.row['id']} {one.row['text']!r}: wanted {one.row['intent']}; got {one.intent} ({one.confidence:.2f})"


def why_in_words(one: Asked) -> str:
    """Say in a few words why a question got what it got, from the explanation that ``tutor ask --explain`` gives."""
    why = one.why
    if "covered" not in why:
        return f"not taken as a question: {why['text'][:QUOTED_CHARS]}"
    if why["false_premise"]:
        return f"taken for the false premise '{why['false_premise']}'"
    if why["language"]:
        return f"taken for another language ({why['language']})"
    covered, needed = why["covered"]["probability"], why["covered"]["threshold"]
    is_enough = covered >= needed
    if one.is_refused and is_enough:
        return "names a country that had no pilot"
    told = f"covered {covered:.2f}, {needed:.2f} needed"
    return f"{told}; {_ranking_in_words(one)}" if is_enough else f"{told}; {_evidence_in_words(one)}"


def _evidence_in_words(one: Asked) -> str:
    evidence = one.why["evidence"]
    told = f"{evidence['unknown_words']:.0%} of its words unknown to {one.topics[0]}"
    likeness = f"like the course's questions {evidence['questions']:.2f}, like what is not covered"
    return f"{told}, {likeness} {evidence['outside']:.2f}"


def _ranking_in_words(one: Asked) -> str:
    ranked = one.why["ranked"]
    because = f"nearest: {ranked[0]['because'][:QUOTED_CHARS]!r}"
    accepted = one.row.get("topics", [])
    place = next((n for n, row in enumerate(ranked) if row["topic"] in accepted), None)
    if not accepted or place == 0:
        return because
    if place is None:
        return f"no accepted topic among {len(ranked)}; {because}"
    return f"accepted topic in place {place + 1}, {ranked[0]['score'] - ranked[place]['score']:.3f} behind; {because}"


def list_confusions(measured: Measured, folds: FoldFigures | None) -> str:
    """Set out in Markdown which intents and topics are taken for which, the most frequent first."""
    intents = Counter((one.row["intent"], one.intent) for one in measured.utterances if not one.is_right)
    asked = [*measured.questions, *measured.practice, *measured.followups, *measured.practice_followups]
    topics = Counter((one.row["topics"][0], (one.topics or ("a command",))[0]) for one in _not_first(asked))
    variants = [row for row in folds.confusions if row[2] >= VARIANTS_AT_LEAST] if folds else []
    parts = [
        "# What is taken for what\n",
        _table("Intents", [(*pair, times) for pair, times in intents.most_common()]),
        _table("Topics, in all sets of questions", [(*pair, times) for pair, times in topics.most_common()]),
        _table(f"Topics, of entries' own variants left out ({VARIANTS_AT_LEAST} times or more)", variants),
    ]
    return "\n".join(parts)


def _table(title: str, rows: list[tuple[str, str, int]]) -> str:
    lines = [f"| {times} | {wanted} | {got} |" for wanted, got, times in rows]
    return "\n".join([f"## {title}\n", "| times | wanted | got |", "| ---: | --- | --- |", *lines, ""])
