"""What content files held when they were last read, so that one changed file does not mean reading all of them anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

Read = tuple[Any, ...]  # what was read, and at the end what is wrong with it


class ReadingMemo:
    """Reads files; one with the same name and the same bytes as the last time is not read again.

    What is read is never changed by anybody, so it can be given out more than once.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[bytes, Read]] = {}

    def read(self, path: Path, file: str, read: Callable[[Path, str], Read]) -> Read:
        """Read one file.

        Args:
            path: Where it is.
            file: What it is called in problems.
            read: How it is read; it must look at nothing but the file.

        Raises:
            ContentError: As ``read`` does; that is not kept.
        """
        key, mark = (read.__qualname__, file), _fingerprint(path)
        kept = self._kept.get(key)
        if kept is not None and kept[0] == mark:
            return kept[1]
        found = read(path, file)
        if mark and mark == _fingerprint(path):  # nobody wrote it in between
            self._kept[key] = mark, found
        return found


def _fingerprint(path: Path) -> bytes:
    """Return the fingerprint of a file's bytes; nothing when it cannot be read, which its reader will tell."""
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return b""
