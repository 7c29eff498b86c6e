"""Content that changes while the tutor runs: what is made from it is replaced as a whole, and only by what is sound.

A change is taken up when the files have come to rest, are all read without a writer in between, and pass every check.
Anything else is told in the log, once, and the old content stays. A watcher looks each second; whoever works with the
content only ever takes the present value, which is never changed, so a turn sees the old content or the new one.
"""

from __future__ import annotations

import logging
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from knowledge.checks import check
from knowledge.content_lock import content_lock
from knowledge.errors import ContentError
from knowledge.last_good import LastGood
from knowledge.loader import CONTENT, load_knowledge, read_knowledge
from knowledge.model import Knowledge
from knowledge.reading_memo import ReadingMemo

log = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
REST_SECONDS = 0.3  # an editor that saves several files, or one in two steps, is through by then
SHOWN_PROBLEMS = 5
Made = TypeVar("Made")
Stamp = tuple[tuple[str, int, int, int], ...]  # name, moment of the last change, size and number of each file


class Live(Generic[Made]):
    """What is made from the content as it is now; made at the first call, and kept up to date from then on.

    Args:
        make: Makes it from content; when it fails, the old one stays.
        folder: Where the content is.
        also: Other files that it is made from.
        kept: Where a copy of sound content is kept; a start while the files are broken goes on with it.
        look_seconds: How often to look whether anything has changed; 0: only when asked, by ``look``.
    """

    def __init__(
        self,
        make: Callable[[Knowledge], Made],
        folder: Path = CONTENT,
        also: Sequence[Path] = (),
        kept: Path | None = None,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._make = make
        self._folder = folder
        self._also = also
        self._kept = LastGood(kept) if kept else None
        self._look_seconds = look_seconds
        self._memo = ReadingMemo()
        self._lock = threading.Lock()
        self._made: list[Made] = []  # one, once it is made
        self._seen: Stamp = ()

    def __call__(self) -> Made:
        """Return it; the first time this takes some seconds.

        Raises:
            ContentError: The content cannot be read at the first call, and no copy is kept.
        """
        if not self._made:
            with self._lock:
                if not self._made:
                    self._begin()
        return self._made[0]

    def _begin(self) -> None:
        self._seen = self._stamp()
        self._made = [self._make(self._load())]
        if self._look_seconds:
            _watch(self, self._look_seconds)

    def _load(self) -> Knowledge:
        try:
            with content_lock(self._folder):
                knowledge = load_knowledge(self._folder, self._memo)
        except ContentError as error:
            copy = self._kept.newest() if self._kept else None
            if copy is None:
                raise
            log.error("the content cannot be read, and what was last sound is used instead:\n%s", error)
            return load_knowledge(copy)
        self._keep(knowledge)
        return knowledge

    def _keep(self, knowledge: Knowledge) -> None:
        if self._kept:
            self._kept.keep(self._folder, knowledge.version)

    def look(self) -> bool:
        """Look whether anything has changed, and take it up if it is sound.

        Returns:
            Whether something was taken up.
        """
        with self._lock:
            stamp = self._stamp()
            if not self._made or stamp == self._seen or not self._is_at_rest(stamp):
                return False
            knowledge = self._read(stamp)
            self._seen = stamp if knowledge or stamp == self._stamp() else self._seen
            return knowledge is not None and self._replace(knowledge)

    def _is_at_rest(self, stamp: Stamp) -> bool:
        time.sleep(REST_SECONDS)
        return self._stamp() == stamp

    def _read(self, stamp: Stamp) -> Knowledge | None:
        """Read the content whole; None when it is not sound, or was written meanwhile."""
        with content_lock(self._folder):
            knowledge, problems = read_knowledge(self._folder, self._memo)
            is_whole = self._stamp() == stamp
        problems = problems if knowledge is None else [*problems, *check(knowledge)]
        if problems and is_whole:
            shown = "\n".join(str(one) for one in sorted(problems)[:SHOWN_PROBLEMS])
            log.error(
                "the content was changed and is not taken up, because %s things are wrong:\n%s", len(problems), shown
            )
        return knowledge if is_whole and not problems else None

    def _replace(self, knowledge: Knowledge) -> bool:
        try:
            self._made = [self._make(knowledge)]
        except Exception:  # whatever it is: people go on with what they had
            log.exception("the content was changed, and could not be taken up")
            return False
        self._keep(knowledge)
        log.warning("the content was changed and is taken up: version %s", knowledge.version)
        return True

    def _stamp(self) -> Stamp:
        """Say how the files look from outside, without reading them: a millisecond."""
        found = [*self._folder.rglob("*.md"), *self._folder.rglob("*.yml"), *self._folder.rglob("*.svg"), *self._also]
        return tuple(filter(None, (_look_at(path) for path in sorted(found))))


def live_knowledge(folder: Path, kept: Path | None = None) -> Live[Knowledge]:
    """Give the content of a folder as it is now, for who needs nothing made from it."""
    return Live(lambda knowledge: knowledge, folder, kept=kept)


def _look_at(path: Path) -> tuple[str, int, int, int] | None:
    try:
        seen = path.stat()
    except OSError:  # gone in this moment
        return None
    return str(path), seen.st_mtime_ns, seen.st_size, seen.st_ino


def _watch(live: Live[Made], seconds: float) -> None:
    """Look again and again on a thread of its own, for as long as anybody holds what is watched."""
    kept = weakref.ref(live)

    def work() -> None:
        while (held := kept()) is not None:
            try:
                held.look()
            except (OSError, ContentError):  # the folder is just being replaced
                log.exception("the content could not be looked at")
            del held
            time.sleep(seconds)

    threading.Thread(target=work, name="content", daemon=True).start()
