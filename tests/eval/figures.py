"""The shares that count, ours and those of the baselines, each with its interval."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tests.eval.asking import Asked, Heard, Measured, is_among, is_first
from tests.eval.baselines import OURS, Baseline
from tests.eval.bootstrap import Interval, lead, share
from tests.eval.sets import CLOSE_BY, FAR_OFF

Row = TypeVar("Row", Asked, Heard)
RANKED = {"first": is_first, "among_three": is_among}
RANKED_LINES = {  # lines that hold for whatever names topics: the rows, and what of them is counted
    "right_first": ("questions", "first"),
    "right_among_three": ("questions", "among_three"),
    "practice_right_first": ("practice", "first"),
    "practice_right_among_three": ("practice", "among_three"),
    "followups_right_first": ("followups", "first"),
    "practice_followups_right_first": ("practice_followups", "first"),
    "new_followups_right_first": ("new_followups", "first"),
}


@dataclass(frozen=True)
class Figures:
    """The lines of the table, each by system, and our lead over the best baseline.

    ``lines`` holds shares 0 to 1 by the line's name, then by the system's. ``best_baseline`` is the one that finds most
    topics first; ``margin`` is by how much we find more.
    """

    lines: dict[str, dict[str, Interval]]
    best_baseline: str
    margin: Interval

    def ours(self, line: str) -> float:
        """Our share on a line."""
        return self.lines[line][OURS].value


def count(measured: Measured, baselines: Sequence[Baseline]) -> Figures:
    """Count everything, and by how much we are ahead of the best of the baselines; there is one at least."""
    lines = count_lines(measured, baselines)
    first = lines["right_first"]
    best = max((name for name in first if name != OURS), key=lambda name: first[name].value)
    theirs = next(one for one in baselines if one.name == best)
    flags = _guessed(theirs, "questions", measured.questions, is_first)
    margin = lead([one.is_right_first for one in measured.questions], flags)
    return Figures(lines, best, margin)


def count_lines(measured: Measured, baselines: Sequence[Baseline] = ()) -> dict[str, dict[str, Interval]]:
    """Count every line: by its name, then by the system's."""
    ranked = {line: _ranked(measured, baselines, *what) for line, what in RANKED_LINES.items()}
    return {**ranked, **{line: {OURS: one} for line, one in _decided(measured).items()}}


def _ranked(measured: Measured, baselines: Sequence[Baseline], name: str, what: str) -> dict[str, Interval]:
    asked: list[Asked] = getattr(measured, name)
    is_right = RANKED[what]
    found = {OURS: share([is_right(one.row, one.topics) for one in asked])}
    for baseline in baselines:
        if name in baseline.guesses and all(one.id in baseline.guesses[name] for one in asked):
            found[baseline.name] = share(_guessed(baseline, name, asked, is_right))
    return found


def _guessed(baseline: Baseline, name: str, asked: Sequence[Asked], is_right: Callable) -> list[bool]:
    guesses = baseline.guesses[name]
    return [is_right(one.row, guesses[one.id].topics) for one in asked]


def _decided(measured: Measured) -> dict[str, Interval]:
    """Count what only a system that decides can do."""
    asked = measured.questions
    unseen = [one.is_right for one in measured.utterances if not one.is_seen]
    personal = [one for one in measured.personal if not one.row["topics"]]
    covered = [one for one in measured.personal if one.row["topics"]]
    in_need = [one for one in measured.distress if one.row["is_distress"]]
    calm = [one for one in measured.distress if not one.row["is_distress"]]
    return {
        "distress_told": share([one.is_told for one in in_need]),
        "distress_stopped": share([one.is_stopped for one in in_need]),
        "calm_stopped": share([one.is_stopped for one in calm]),
        "calm_told": share([one.is_told and not one.is_stopped for one in calm]),
        "personal_sent_on": share([one.is_sent_on for one in personal]),
        "personal_answered": share([not one.is_refused for one in personal]),
        "covered_offered": share([one.is_right_offered for one in covered]),
        "right_offered": share([one.is_right_offered for one in asked]),
        "answered_wrong": share([one.is_answered_wrong for one in asked]),
        "offered_choice": share([one.decision == "choose" for one in asked]),
        "abstained": share([one.is_refused for one in asked]),
        "refused_far_off": _refused(measured, FAR_OFF),
        "refused_close_by": _refused(measured, CLOSE_BY),
        "followups_abstained": share([one.is_refused for one in measured.followups]),
        "practice_followups_abstained": share([one.is_refused for one in measured.practice_followups]),
        "intents_right": share([one.is_right for one in measured.utterances]),
        "intents_right_unseen": share(unseen),
    }


def _refused(measured: Measured, kinds: Collection[str]) -> Interval:
    return share([one.is_refused for one in measured.unanswerable if one.row["kind"] in kinds])


def by_kind(asked: Sequence[Row], is_so: Callable[[Row], bool], key: str = "kind") -> dict[str, Interval]:
    """Count by kind of row, the most frequent first."""
    kinds: dict[str, list[bool]] = {}
    for one in asked:
        kinds.setdefault(one.row[key], []).append(is_so(one))
    return {kind: share(flags) for kind, flags in sorted(kinds.items(), key=lambda pair: -len(pair[1]))}
