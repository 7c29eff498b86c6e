"""A commit for each publication, where the content stands in a git checkout; git is asked as a person would ask it."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Sequence
from pathlib import Path

log = logging.getLogger(__name__)
GIT_LIMIT_SECONDS = 30.0


def commit_files(folder: Path, paths: Sequence[str], by: str, why: str) -> str:
    """Commit some files of the content, and nothing else that stands in the checkout.

    Returns:
        The commit; empty when the folder is in no checkout, or git refused. Then the log says why: the content is
        published all the same, and whoever looks after the checkout can commit it.
    """
    if not is_checkout(folder):
        return ""
    author = f"{_plain(by)} <{_plain(by).replace(' ', '.')}@desk.invalid>"
    ours = ["-c", "user.name=The desk", "-c", "user.email=desk@desk.invalid", "-c", "commit.gpgsign=false"]
    try:
        _git(folder, "add", "--all", "--", *paths)
        _git(folder, *ours, "commit", "--quiet", f"--author={author}", f"--message={why}", "--only", "--", *paths)
        return _git(folder, "rev-parse", "HEAD")
    except (OSError, subprocess.SubprocessError) as error:
        told = (getattr(error, "stderr", "") or str(error)).strip()
        log.error("published, but git took no commit of %s: %s", ", ".join(paths), told)
        return ""


def is_checkout(folder: Path) -> bool:
    """Tell whether git keeps files of a folder."""
    try:
        return bool(_git(folder, "ls-files", "--", "."))
    except (OSError, subprocess.SubprocessError):
        return False


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(  # noqa: S603 - git alone, and no shell; what people wrote stands behind = or --
        command, capture_output=True, text=True, timeout=GIT_LIMIT_SECONDS, check=True
    )
    return done.stdout.strip()


def _plain(name: str) -> str:
    """Write a name so that git takes it for nothing else."""
    return "".join(char for char in name if char.isalnum() or char in " .-_").strip() or "somebody"
