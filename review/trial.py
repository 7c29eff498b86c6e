"""One change of the content, tried on past questions in the background: what came of them before is known.

Among very many questions a change can reach thousands. Those nearest to what is new are asked first, so that the page
shows within a second what matters, and the rest follows.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass

import numpy as np

from knowledge.model import Knowledge
from review.affected import find_affected
from review.front import Front
from review.known import Known, Tutor
from review.outcomes import Outcome, outcome_of

DROPPED_WITHIN_SECONDS = 30.0
LEFT_ALONE_SECONDS = 10.0  # nobody looks any more: whoever comes back goes on where it stopped
Change = Callable[[Knowledge], Knowledge]


@dataclass(frozen=True)
class Changed:
    """A past question that would get something else."""

    text: str
    times: int
    before: Outcome
    after: Outcome


class Trial:
    """Tries a change.

    Args:
        key: Tells one change from another.
        before: What answers now.
        change: Returns the changed content.
        front: Held by whoever looks at a trial; the others rest meanwhile.
    """

    def __init__(self, key: object, before: Tutor, change: Change, front: Front) -> None:
        self.key, self.before = key, before
        self._front = front
        self.tried, self.to_try = 0, 0
        self._change = change
        self._after: Tutor | None = None
        self._found: dict[str, Outcome] = {}
        self._tried_on: Known | None = None
        self._work: Future[bool] | None = None
        self._looked_at = 0.0
        self.is_dropped = False

    def go_on(self, known: Known, wait_seconds: float | None) -> bool:
        """Try it on questions on which it was not tried yet; tell whether it was tried on all.

        Args:
            known: What came of them before.
            wait_seconds: How long to wait at most; None waits until all are tried.

        Raises:
            Exception: Whatever the change raised.
        """
        self._looked_at = float("inf") if wait_seconds is None else time.monotonic()
        if self._work is None or (self._work.done() and not self._is_done(known)):
            self._tried_on, self._work = known, Future()
            threading.Thread(target=self._run, args=(known, self._work), daemon=True, name="trial").start()
        wait([self._work], wait_seconds)
        return self._work.done() and self._work.result() and self._tried_on is known

    def _is_done(self, known: Known) -> bool:
        assert self._work is not None
        return self._work.exception() is None and self._work.result() and self._tried_on is known

    def drop(self) -> None:
        """Stop, and wait for the end of what is being asked: nothing is asked any more then."""
        self.is_dropped = True
        if self._work:
            wait([self._work], DROPPED_WITHIN_SECONDS)

    def changed(self, known: Known) -> list[Changed]:
        """Return what would get something else, as far as it was tried."""
        found = dict(self._found)
        return [
            Changed(one.text, one.times, before, found[one.text])
            for one, before in zip(known.asked, known.outcomes, strict=True)
            if one.text in found and found[one.text] != before
        ]

    def _run(self, known: Known, work: Future[bool]) -> None:
        try:
            work.set_result(self._try_on(known))
        except Exception as error:  # it is for whoever waits
            work.set_exception(error)

    def _rest(self) -> None:
        self._front.rest(self)

    def _try_on(self, known: Known) -> bool:
        """Ask what the change can reach; False if nobody waited for the end of it."""
        if self._after is None:
            changed = self._change(self.before.knowledge)
            self._after = self.before.changed_to(changed, is_quick=True, rest=self._rest)
        self._rest()
        rows = _nearest_first(known, self.before, self._after)
        left = [known.asked[row].text for row in rows if known.asked[row].text not in self._found]
        self.tried, self.to_try = len(rows) - len(left), len(rows)
        for text in left:
            self._rest()
            if self.is_dropped or time.monotonic() - self._looked_at > LEFT_ALONE_SECONDS:
                return False
            self._found[text] = outcome_of(self._after.answerer.ask(text))
            self.tried += 1
        return True


def _nearest_first(known: Known, before: Tutor, after: Tutor) -> list[int]:
    """Return the rows that a change can reach, those nearest to what is new in it first."""
    old, new = before.stand(), after.stand()
    rows = np.flatnonzero(find_affected(known.vectors, known.bounds, old, new))
    there, passages = set(old.keys()), new.keys()
    fresh = new.learnt.vectors[[one not in there for one in passages]]
    if len(fresh) and len(rows):
        likeness = (known.vectors[rows] @ fresh.T).max(axis=1)
        rows = rows[np.argsort(-likeness, kind="stable")]
    return [int(row) for row in rows]
