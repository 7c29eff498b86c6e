"""What a change of the content would change in what people were told: past questions asked before and after.

All past questions are asked once, in the background, and what came of each is kept. A change is then tried on those
that it can reach (``review.affected``), which is a matter of a second or two also among very many.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy.engine import Engine

from knowledge.answering import QUESTION_LIMIT_CHARS, Finding
from knowledge.model import Knowledge
from knowledge.text import tidy
from review.affected import bound
from review.front import Front
from review.known import Known, Tutor, ask_again, joined, taken_up, third_score
from review.outcomes import outcome_of
from review.past_questions import KeptVectors, PastQuestion, read_past
from review.trial import Change, Changed, Trial

log = logging.getLogger(__name__)
CHUNK_QUESTIONS, STEP_QUESTIONS = 128, 8
TRIALS_KEPT = 4
READ_AGAIN_SECONDS = 30.0


@dataclass(frozen=True)
class Effects:
    """What would change, the questions asked most first.

    ``looked_at`` of ``total`` past questions are known so far. Of those, the change can reach ``to_try``; ``tried`` of
    them were asked again so far.
    """

    changed: tuple[Changed, ...]
    looked_at: int
    total: int
    tried: int = 0
    to_try: int = 0
    is_tried: bool = True

    @property
    def is_whole(self) -> bool:
        """Tell whether the whole log was looked at."""
        return self.is_tried and self.looked_at >= self.total


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
        self.front = Front()  # held while somebody waits: reading the log, and the other trials, go on after it
        self._thread: threading.Thread | None = None
        self._tutor: Tutor | None = None
        self._known: Known | None = None
        self._total, self._read_at, self._wanted = 0, float("-inf"), ""
        self._trials: list[Trial] = []
        self.trouble = ""

    def prepare(self, knowledge: Knowledge) -> None:
        """Begin to read the log for some content, in the background, unless that is going on or was done just now."""
        with self._lock:
            self._wanted = knowledge.version
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
            dropped, self._trials = self._trials, []
        for trial in dropped:
            trial.is_dropped = True

    def compare(
        self, change: Change, key: object = None, wait_seconds: float | None = None, version: str | None = None
    ) -> Effects | None:
        """Try a change on the past questions that are known; None while nothing is loaded yet, or other content.

        Args:
            change: Returns the changed content.
            key: Tells one change from another: who asks with the same again sees how far it is by then.
            wait_seconds: How long to wait at most; None waits until it was tried on all.
            version: Of the content that the change is made for; None takes what is loaded.
        """
        with self._lock:
            tutor, known, total = self._tutor, self._known, self._total
            if tutor is None or version not in (None, tutor.knowledge.version):
                return None
            if known is None:
                return Effects((), 0, total, is_tried=self._read_at > float("-inf"))
            trial = self._trial_of(tutor, change, key)
        with self.front.held(trial):
            is_tried = trial.go_on(known, wait_seconds)
        changed = tuple(sorted(trial.changed(known), key=lambda one: -one.times))
        return Effects(changed, len(known.asked), total, trial.tried, trial.to_try, is_tried)

    def _trial_of(self, tutor: Tutor, change: Change, key: object) -> Trial:
        """Return the trial that goes on, or a new one; the newest few are kept. The lock is held."""
        found = next((one for one in self._trials if one.before is tutor and one.key == key), None)
        if found is None or key is None:
            found = Trial(key, tutor, change, self.front)
        self._trials = [found, *(one for one in self._trials if one is not found)]
        for oldest in self._trials[TRIALS_KEPT:]:
            oldest.is_dropped = True
        self._trials = self._trials[:TRIALS_KEPT]
        return found

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
        fresh = self._load(knowledge) if tutor is None else tutor.changed_to(knowledge, rest=self._rest)
        if tutor is not None and known is not None:
            known = taken_up(known, ask_again(known, tutor, fresh, self._rest), fresh)
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
        read_as = {one.text: self._read_as(one.text, tutor) for one in fresh}
        kept = KeptVectors(self._engine, tutor.encoder.key)
        for text, vector in kept.find(fresh, read_as).items():
            tutor.encoder.remember(text, vector)
        for start in range(0, len(fresh), CHUNK_QUESTIONS):
            if self._wanted != tutor.knowledge.version:
                return  # other content was published: it is taken up next
            self._add(tutor, kept, fresh[start : start + CHUNK_QUESTIONS], read_as)
        with self._lock:
            self._read_at = self._clock()

    def _keep_only(self, past: dict[str, PastQuestion]) -> None:
        """Forget what is no more in the log, and count anew how often the others were asked."""
        dropped: list[Trial] = []
        with self._lock:
            known = self._known
            if known is None:
                return
            rows = [row for row, one in enumerate(known.asked) if one.text in past]
            if len(rows) < len(known.asked):
                dropped, self._trials = self._trials, []
            self._known = Known(
                tuple(past[known.asked[row].text] for row in rows),
                tuple(known.outcomes[row] for row in rows),
                known.vectors[rows],
                known.bounds.kept(np.array(rows, dtype=int)),
            )
        if self._tutor and len(rows) < len(known.asked):
            for trial in dropped:
                trial.drop()
            self._tutor.encoder.forget_all()  # somebody was forgotten: nothing of theirs stays, here neither

    def _add(self, tutor: Tutor, kept: KeptVectors, asked: Sequence[PastQuestion], read_as: dict[str, str]) -> None:
        """Ask some questions, and keep what came of them."""
        fresh = [one for one in asked if not tutor.encoder.knows(read_as[one.text])]
        for start in range(0, len(fresh), STEP_QUESTIONS):
            self._rest()
            tutor.encoder.encode([read_as[one.text] for one in fresh[start : start + STEP_QUESTIONS]])
        vectors = tutor.encoder.encode([read_as[one.text] for one in asked])
        if fresh:
            kept.keep(fresh, read_as, tutor.encoder.encode([read_as[one.text] for one in fresh]))
        findings = [self._ask_behind(tutor, one.text) for one in asked]
        bounds = bound(vectors, np.array([third_score(one) for one in findings]), tutor.stand())
        more = Known(tuple(asked), tuple(map(outcome_of, findings)), vectors, bounds)
        with self._lock:
            self._known = joined(self._known, more)

    def _ask_behind(self, tutor: Tutor, text: str) -> Finding:
        self._rest()
        return tutor.answerer.ask(text)

    def _read_as(self, text: str, tutor: Tutor) -> str:
        """Return what a question is encoded as."""
        self._rest()
        return tutor.trained.speller.mend(tidy(text)[:QUESTION_LIMIT_CHARS])

    def _rest(self) -> None:
        self.front.rest(self)
