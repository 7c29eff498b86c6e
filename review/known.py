"""What is known of past questions: what came of each, asked of the tutor as it stands at the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from knowledge.answering import Answerer, Finding
from knowledge.encoder import RememberingEncoder
from knowledge.model import Knowledge
from knowledge.refitting import refit
from knowledge.retrieval import passages_of
from knowledge.trained import Trained
from review.affected import NO_ROW, Bounds, Stand, bound, find_affected
from review.new_topics import with_new_topics
from review.outcomes import Outcome, outcome_of
from review.past_questions import PastQuestion

THIRD = 2


@dataclass(frozen=True)
class Tutor:
    """What answers: the content, what was learnt from it, and both put together."""

    knowledge: Knowledge
    trained: Trained
    answerer: Answerer
    encoder: RememberingEncoder

    def stand(self) -> Stand:
        """Return the content with its vectors."""
        return Stand(passages_of(self.knowledge), self.trained.learnt)

    def changed_to(
        self, knowledge: Knowledge, *, is_quick: bool = False, rest: Callable[[], None] = lambda: None
    ) -> Tutor:
        """Return the same with other content; a third of a second, with other topics some seconds unless it is quick.

        Quick means that the small model takes a new topic for what its neighbours are, and is not fitted anew. It rests
        between its steps, which takes as long as ``rest`` does.
        """
        learnt = self.trained.learnt
        if is_quick:
            learnt = with_new_topics(learnt, knowledge, self.encoder)
        rest()
        learnt = refit(learnt, knowledge, self.encoder, self.trained.speller)
        rest()
        trained = Trained(knowledge, learnt, self.trained.speller)
        rest()
        return Tutor(knowledge, trained, Answerer(knowledge, trained, self.encoder), self.encoder)


@dataclass(frozen=True)
class Known:
    """What came of the past questions so far, row by row."""

    asked: tuple[PastQuestion, ...]
    outcomes: tuple[Outcome, ...]
    vectors: np.ndarray
    bounds: Bounds


def ask_again(known: Known, before: Tutor, after: Tutor, rest: Callable[[], None] = lambda: None) -> dict[int, Finding]:
    """Ask what a change can reach, with a rest before each; return what was found, by row."""
    rows = np.flatnonzero(find_affected(known.vectors, known.bounds, before.stand(), after.stand()))
    found = {}
    for row in rows:
        rest()
        found[int(row)] = after.answerer.ask(known.asked[row].text)
    return found


def taken_up(known: Known, found: dict[int, Finding], tutor: Tutor) -> Known:
    """Put what was found anew in place of what came of these questions before."""
    outcomes, thirds = list(known.outcomes), known.bounds.third_total.copy()
    for row, finding in found.items():
        outcomes[row], thirds[row] = outcome_of(finding), third_score(finding)
    return replace(known, outcomes=tuple(outcomes), bounds=bound(known.vectors, thirds, tutor.stand()))


def third_score(finding: Finding) -> float:
    """Return the score that a topic must reach to be among the first three."""
    return finding.ranked[THIRD].score if len(finding.ranked) > THIRD else NO_ROW


def joined(known: Known | None, more: Known) -> Known:
    """Put more questions behind those that are known."""
    if known is None:
        return more
    vectors = np.concatenate([known.vectors, more.vectors])
    bounds = known.bounds.joined(more.bounds)
    return Known((*known.asked, *more.asked), (*known.outcomes, *more.outcomes), vectors, bounds)
