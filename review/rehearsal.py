"""What a change of the content would change in what people were told: past questions asked before and after.

All past questions are asked once, in the background, and what came of each is kept. A change is then tried on those
that it can reach (``review.affected``), which is a matter of a second or two also among very many.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy.engine import Engine

from knowledge.answering import QUESTION_LIMIT_CHARS, Answerer, Finding
from knowledge.encoder import RememberingEncoder
from knowledge.model import Knowledge
from knowledge.refitting import refit
from knowledge.retrieval import passages_of
from knowledge.text import tidy
from knowledge.trained import Trained
from review.affected import NO_ROW, Bounds, Stand, bound, find_affected
from review.new_topics import with_new_topics
from review.outcomes import Outcome, outcome_of
from review.past_questions import KeptVectors, PastQuestion, read_past

log = logging.getLogger(__name__)
CHUNK_QUESTIONS = 128
THIRD = 2
READ_AGAIN_SECONDS = 30.0


@dataclass(frozen=True)
class Changed:
    """A past question that would get something else."""

    text: str
    times: int
    before: Outcome
    after: Outcome


@dataclass(frozen=True)
class Effects:
    """What would change, the questions asked most first; ``looked_at`` of ``total`` past questions are known so far."""

    changed: tuple[Changed, ...]
    looked_at: int
    total: int

    @property
    def is_whole(self) -> bool:
        """Tell whether the whole log was looked at."""
        return self.looked_at >= self.total


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

    def changed_to(self, knowledge: Knowledge, *, is_quick: bool = False) -> Tutor:
        """Return the same with other content; a third of a second, with other topics some seconds unless it is quick.

        Quick means that the small model takes a new topic for what its neighbours are, and is not fitted anew.
        """
        learnt = self.trained.learnt
        if is_quick:
            learnt = with_new_topics(learnt, knowledge, self.encoder)
        learnt = refit(learnt, knowledge, self.encoder, self.trained.speller)
        trained = Trained(knowledge, learnt, self.trained.speller)
        return Tutor(knowledge, trained, Answerer(knowledge, trained, self.encoder), self.encoder)


@dataclass(frozen=True)
class _Known:
    """What came of the past questions so far, row by row."""

    asked: tuple[PastQuestion, ...]
    outcomes: tuple[Outcome, ...]
    vectors: np.ndarray
    bounds: Bounds


class Rehearsal:
    """Knows what came of every past question, and tries changes on them.

    Args:
        engine: The database.
        load: Loads what answers now for some content; some seconds, and done in the background.
        clock: Seconds that only grow.
    """

    def __init__(
        self, engine: Engine, load: Callable[[Knowledge], Tutor], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._engine, self._load, self._clock = engine, load, clock
        self._lock = threading.Lock()
        self._turn = threading.Lock()  # held while somebody waits for a comparison: reading the log goes on after it
        self._thread: threading.Thread | None = None
        self._tutor: Tutor | None = None
        self._known: _Known | None = None
        self._total, self._read_at = 0, float("-inf")
        self.trouble = ""

    def prepare(self, knowledge: Knowledge) -> None:
        """Begin to read the log for some content, in the background, unless that is going on or was done just now."""
        with self._lock:
            is_other = self._tutor is None or self._tutor.knowledge.version != knowledge.version
            is_old = self._clock() - self._read_at > READ_AGAIN_SECONDS
            if (self._thread and self._thread.is_alive()) or not (is_other or is_old):
                return
            self._thread = threading.Thread(target=self._work, args=(knowledge,), daemon=True, name="rehearsal")
            self._thread.start()

    def wait(self) -> None:
        """Wait until the log is read."""
        if self._thread:
            self._thread.join()

    @property
    def progress(self) -> tuple[int, int]:
        """How many past questions are known, of how many."""
        with self._lock:
            return len(self._known.asked) if self._known else 0, self._total

    def forget(self) -> None:
        """Ask everything anew next time, as after a training."""
        with self._lock:
            self._tutor, self._known, self._read_at = None, None, float("-inf")

    def compare(self, change: Callable[[Knowledge], Knowledge]) -> Effects | None:
        """Try a change on the past questions that are known; None while nothing is loaded yet.

        Args:
            change: Returns the changed content.
        """
        with self._lock:
            tutor, known, total = self._tutor, self._known, self._total
        if tutor is None:
            return None
        if known is None:
            return Effects((), 0, total)
        with self._turn:
            changed = _find_changed(known, tutor, tutor.changed_to(change(tutor.knowledge), is_quick=True))
        return Effects(tuple(sorted(changed, key=lambda one: -one.times)), len(known.asked), total)

    def _work(self, knowledge: Knowledge) -> None:
        try:
            self._take_up(knowledge)
            self._read_log()
            self.trouble = ""
        except Exception as error:
            log.exception("the past questions could not be read")
            self.trouble = str(error) or type(error).__name__

    def _take_up(self, knowledge: Knowledge) -> None:
        """Load what answers; of content that changed, only what can have changed is asked again."""
        with self._lock:
            tutor, known = self._tutor, self._known
        if tutor is not None and tutor.knowledge.version == knowledge.version:
            return
        fresh = self._load(knowledge) if tutor is None else tutor.changed_to(knowledge)
        if tutor is not None and known is not None:
            known = _taken_up(known, _ask_again(known, tutor, fresh), fresh)
        with self._lock:
            self._tutor, self._known = fresh, known

    def _read_log(self) -> None:
        past = read_past(self._engine)
        self._keep_only({one.text: one for one in past})
        with self._lock:
            tutor, known, self._total = self._tutor, self._known, len(past)
        assert tutor is not None
        is_known = {one.text for one in known.asked} if known else set()
        fresh = [one for one in past if one.text not in is_known]
        read_as = {one.text: _read_as(one.text, tutor) for one in fresh}
        kept = KeptVectors(self._engine, tutor.encoder.key)
        for text, vector in kept.find(fresh, read_as).items():
            tutor.encoder.remember(text, vector)
        for start in range(0, len(fresh), CHUNK_QUESTIONS):
            self._add(tutor, kept, fresh[start : start + CHUNK_QUESTIONS], read_as)
        with self._lock:
            self._read_at = self._clock()

    def _keep_only(self, past: dict[str, PastQuestion]) -> None:
        """Forget what is no more in the log, and count anew how often the others were asked."""
        with self._lock:
            known = self._known
            if known is None:
                return
            rows = [row for row, one in enumerate(known.asked) if one.text in past]
            if self._tutor and len(rows) < len(known.asked):
                self._tutor.encoder.forget_all()  # somebody was forgotten: nothing of theirs stays, here neither
            self._known = _Known(
                tuple(past[known.asked[row].text] for row in rows),
                tuple(known.outcomes[row] for row in rows),
                known.vectors[rows],
                known.bounds.kept(np.array(rows, dtype=int)),
            )

    def _add(self, tutor: Tutor, kept: KeptVectors, asked: Sequence[PastQuestion], read_as: dict[str, str]) -> None:
        """Ask some questions, and keep what came of them."""
        fresh = [one for one in asked if not tutor.encoder.knows(read_as[one.text])]
        vectors = tutor.encoder.encode([read_as[one.text] for one in asked])
        if fresh:
            kept.keep(fresh, read_as, tutor.encoder.encode([read_as[one.text] for one in fresh]))
        findings = [self._ask_in_turn(tutor, one.text) for one in asked]
        bounds = bound(vectors, np.array([_third(one) for one in findings]), tutor.stand())
        more = _Known(tuple(asked), tuple(map(outcome_of, findings)), vectors, bounds)
        with self._lock:
            self._known = _joined(self._known, more)

    def _ask_in_turn(self, tutor: Tutor, text: str) -> Finding:
        with self._turn:
            return tutor.answerer.ask(text)


def _find_changed(known: _Known, before: Tutor, after: Tutor) -> list[Changed]:
    """Return the questions that would get something else."""
    return [
        Changed(known.asked[row].text, known.asked[row].times, known.outcomes[row], outcome)
        for row, finding in _ask_again(known, before, after).items()
        if (outcome := outcome_of(finding)) != known.outcomes[row]
    ]


def _ask_again(known: _Known, before: Tutor, after: Tutor) -> dict[int, Finding]:
    """Ask what a change can reach; return what was found, by row."""
    rows = np.flatnonzero(find_affected(known.vectors, known.bounds, before.stand(), after.stand()))
    return {int(row): after.answerer.ask(known.asked[row].text) for row in rows}


def _taken_up(known: _Known, found: dict[int, Finding], tutor: Tutor) -> _Known:
    """Put what was found anew in place of what came of these questions before."""
    outcomes, thirds = list(known.outcomes), known.bounds.third_total.copy()
    for row, finding in found.items():
        outcomes[row], thirds[row] = outcome_of(finding), _third(finding)
    return replace(known, outcomes=tuple(outcomes), bounds=bound(known.vectors, thirds, tutor.stand()))


def _third(finding: Finding) -> float:
    """Return the score that a topic must reach to be among the first three."""
    return finding.ranked[THIRD].score if len(finding.ranked) > THIRD else NO_ROW


def _joined(known: _Known | None, more: _Known) -> _Known:
    if known is None:
        return more
    vectors = np.concatenate([known.vectors, more.vectors])
    bounds = known.bounds.joined(more.bounds)
    return _Known((*known.asked, *more.asked), (*known.outcomes, *more.outcomes), vectors, bounds)


def _read_as(text: str, tutor: Tutor) -> str:
    """Return what a question is encoded as."""
    return tutor.trained.speller.mend(tidy(text)[:QUESTION_LIMIT_CHARS])
