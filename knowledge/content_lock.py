"""Keeping who writes several content files apart from who reads them all, so that nobody reads half of a change.

The lock is on the folder itself, so no file of ours stands among an author's; it ends with the process that holds it.
An author's own editor knows nothing of it; see ``knowledge.live`` for how a file that is half saved is not taken up.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def content_lock(folder: Path, *, to_write: bool = False) -> Iterator[None]:
    """Hold the content of a folder: many may read it at once, one may write. Waits until it is free."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if to_write else fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)
