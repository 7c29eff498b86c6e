"""A copy of the content as it was last sound, for a process that starts while the files are broken."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

from knowledge.loader import content_version

log = logging.getLogger(__name__)
COPIES_KEPT = 2


class LastGood:
    """Keeps copies, each under its version; several processes may do so at once.

    Args:
        folder: Where the copies are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: Path, version: str) -> None:
        """Copy content that is sound; a copy that is not of this version, as when it was just changed, is not kept."""
        target = self._folder / version
        try:
            if not target.exists():
                self._copy(content, target)
            os.utime(target)  # the newest is what is taken
            self._forget_older()
        except OSError as error:  # a full disk: people are served all the same
            log.warning("no copy of the content is kept (%s)", error.strerror or type(error).__name__)

    def _copy(self, content: Path, target: Path) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        part = Path(mkdtemp(dir=self._folder, prefix=".part-"))
        try:
            copied = shutil.copytree(content, part / "content", ignore=shutil.ignore_patterns(".*"))
            if content_version(copied) == target.name and not target.exists():
                copied.rename(target)
        finally:
            shutil.rmtree(part, ignore_errors=True)

    def newest(self) -> Path | None:
        """Return the newest copy; None when there is none."""
        return next(iter(self._copies()), None)

    def _forget_older(self) -> None:
        for path in self._copies()[COPIES_KEPT:]:
            shutil.rmtree(path, ignore_errors=True)

    def _copies(self) -> list[Path]:
        found = [path for path in self._folder.glob("[!.]*") if path.is_dir()]
        return sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)
