"""Publishing changes of the content: checked as a whole, written whole, kept in the history, and taken back.

What is published is the same files that an author edits by hand; the running tutor takes them up by itself.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Engine

from knowledge.content_lock import content_lock
from knowledge.data_files import read_course
from knowledge.errors import ContentError, Problem
from knowledge.loader import CONTENT
from knowledge.model import Course, Knowledge
from knowledge.proposed import ProposedContent
from review.content_git import commit_files
from review.content_paths import read_file, resolve, tidy_text, write_file
from review.errors import ContentChanged, NothingChanged, PublishingError
from review.revisions import Edited, Revision, Revisions

log = logging.getLogger(__name__)
WHY_LEAST_CHARS = 3
NO_FILE = "none"


@dataclass(frozen=True)
class Change:
    """One file of the content as it is to be.

    Attributes:
        path: From the content's folder, such as ``answers/system/value.md``.
        text: The whole text; None when the file is to go.
        base: ``mark_of`` the text that the change was made from; where the file is another by now, nothing is
            published. Empty: whatever is there is replaced.
    """

    path: str
    text: str | None
    base: str = ""


def mark_of(text: str | None) -> str:
    """Return a short mark of a file's text, the same for the same text; of a file that is not there, ``none``."""
    return NO_FILE if text is None else hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


class Publisher:
    """Checks, publishes and takes back.

    Args:
        engine: The database; it holds the history.
        folder: Where the content is.
    """

    def __init__(self, engine: Engine, folder: Path = CONTENT) -> None:
        self.revisions = Revisions(engine)
        self._folder = folder
        self._proposed = ProposedContent(folder)

    def text(self, path: str) -> str | None:
        """Return the text of a file as it is now; None when there is none.

        Raises:
            PathRefused: It is no file that the desk writes.
        """
        return read_file(resolve(self._folder, path))

    def course(self) -> Course:
        """Return the map of the course as it is now."""
        return read_course(resolve(self._folder, "course.yml"), "course.yml")[0]

    def paths(self) -> list[str]:
        """Return every file that the desk may write and that is there, in order."""
        found = [path.relative_to(self._folder).as_posix() for path in sorted(self._folder.rglob("*"))]
        return [path for path in found if self._is_ours(path)]

    def _is_ours(self, path: str) -> bool:
        try:
            return resolve(self._folder, path).is_file()
        except PublishingError:
            return False

    def check(self, changes: Sequence[Change]) -> list[Problem]:
        """Check the content as it would be, as ``tutor check`` does; empty when all is well.

        Raises:
            PublishingError: A path or a text that cannot be in the content at all.
        """
        return self.read(changes)[1]

    def read(self, changes: Sequence[Change]) -> tuple[Knowledge | None, list[Problem]]:
        """Read the content as it would be, for looking at what would change; and what is wrong with it."""
        return self._proposed.read({one.path: one.text for one in self._tidied(changes)})

    def publish(self, changes: Sequence[Change], by: str, why: str) -> int:
        """Publish changes, all together or none.

        Args:
            changes: One for each file.
            by: Who publishes, for the history.
            why: What the change is for, for the history and the commit.

        Returns:
            The number of the revision.

        Raises:
            ContentError: The content would not pass the check; it names every place.
            ContentChanged: A file is no longer what a change was made from.
            PublishingError: A path or a text that is refused, no reason, or nothing that would change.
        """
        if len(why.strip()) < WHY_LEAST_CHARS:
            raise PublishingError("Please say in a few words why; it stands in the history.")
        return self._publish(self._tidied(changes), by, " ".join(why.split()), None)

    def undo(self, revision: int, by: str) -> int:
        """Take a revision back, by a new one.

        Raises:
            ContentChanged: A file of it was changed since; undo the later change first, or mend by hand.
            ContentError: Without it the content would not pass the check.
            PublishingError: There is no such revision, or it was taken back already.
        """
        found = self.revisions.find(revision)
        if found is None:
            raise PublishingError(f"There is no revision {revision}.")
        if found.undone_by:
            raise PublishingError(f"Revision {revision} was taken back already, by revision {found.undone_by}.")
        changes = [Change(one.path, one.before, mark_of(one.after)) for one in found.files]
        return self._publish(changes, by, f"Undo {revision}: {found.why}", revision)

    def _publish(self, changes: list[Change], by: str, why: str, undoes: int | None) -> int:
        with content_lock(self._folder, to_write=True):
            self._finish_begun()
            edited = self._compare(changes)
            problems = self._proposed.read({one.path: one.after for one in edited})[1]
            if problems:
                raise ContentError(problems)
            number = self.revisions.begin(edited, by, why, undoes)
            self._write(edited)
            self.revisions.finish(number)
        paths = [one.path for one in edited]
        if commit := commit_files(self._folder, paths, by, why):
            self.revisions.note_commit(number, commit)
        return number

    def _tidied(self, changes: Sequence[Change]) -> list[Change]:
        """Return the changes with texts as files keep them; paths that are none of ours are refused."""
        for one in changes:
            resolve(self._folder, one.path)
        if len({one.path for one in changes}) < len(changes):
            raise PublishingError("The same file stands twice among the changes; keep one.")
        return [
            Change(one.path, None if one.text is None else tidy_text(one.path, one.text), one.base) for one in changes
        ]

    def _compare(self, changes: Sequence[Change]) -> list[Edited]:
        """Lay the changes beside what is there now."""
        edited = []
        for one in changes:
            now = self.text(one.path)
            if one.base and one.base != mark_of(now):
                raise ContentChanged(self._who_changed(one.path))
            if now != one.text:
                edited.append(Edited(one.path, now, one.text))
        if not edited:
            raise NothingChanged("Nothing would change: the content already says this.")
        return edited

    def _who_changed(self, path: str) -> str:
        last = next(iter(self.revisions.latest(path)), None)
        is_by_desk = last is not None and any(one.path == path and one.after == self.text(path) for one in last.files)
        who = f"{last.made_by} at the desk (revision {last.id})" if last and is_by_desk else "somebody outside the desk"
        return f"{path} was changed by {who} in the meantime. Nothing was changed now; look at it, and decide again."

    def _write(self, edited: Sequence[Edited]) -> None:
        for one in edited:
            write_file(resolve(self._folder, one.path), one.after)

    def finish_begun(self) -> None:
        """Finish what was cut off while its files were written, as by a power cut."""
        with content_lock(self._folder, to_write=True):
            self._finish_begun()

    def _finish_begun(self) -> None:
        for revision in self.revisions.begun():
            self._write([one for one in revision.files if self.text(one.path) == one.before])
            self.revisions.finish(revision.id)
            log.warning("revision %s of the content was cut off, and is written now", revision.id)


__all__ = ["Change", "Publisher", "Revision", "mark_of"]
