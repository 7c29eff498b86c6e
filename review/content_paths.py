"""Which files of the content the desk may write, and how they are written: whole or not at all."""

from __future__ import annotations

import os
import re
from pathlib import Path
from tempfile import NamedTemporaryFile

from knowledge.loader import ALONE
from knowledge.markup import FILE_LIMIT_BYTES
from review.errors import PathRefused, TextRefused

PATH_LIMIT_CHARS = 120
_NAME = "[a-z0-9]+(?:-[a-z0-9]+)*"
_ROOMS = re.compile(rf"(?:lessons|answers)(?:/{_NAME}){{1,3}}\.md|(?:pilots|roadmap)/{_NAME}\.yml")
_ALONE = frozenset(file for file, _ in ALONE.values())


def resolve(folder: Path, path: str) -> Path:
    """Return where a file of the content is.

    Raises:
        PathRefused: It is none that the desk writes: another folder, another ending, dots, a link that leads away.
    """
    if len(path) > PATH_LIMIT_CHARS or not (_ROOMS.fullmatch(path) or path in _ALONE):
        raise PathRefused(
            f"{path[:PATH_LIMIT_CHARS]!r} is no file of the content; write such as answers/system/value.md, in small "
            "letters, digits and dashes"
        )
    root = folder.resolve()
    if (root / path).resolve() != root / path:
        raise PathRefused(f"{path} is a link to another place; the desk writes files of the content only")
    return root / path


def tidy_text(path: str, text: str) -> str:
    r"""Write a text as files keep it: one kind of line ends, one at the end.

    Raises:
        TextRefused: It is too long, or holds characters that no text has.

    Example:
        >>> tidy_text("glossary.yml", "- term: value\r\n\r\n")
        '- term: value\n'
    """
    tidied = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n") + "\n"
    if any(not (char.isprintable() or char in "\n\t" or char.isspace()) for char in tidied):
        raise TextRefused(f"{path}: there is a character in it that cannot be shown; take it out, or paste plain text")
    if len(tidied.encode("utf-8")) > FILE_LIMIT_BYTES:
        raise TextRefused(f"{path} is longer than {FILE_LIMIT_BYTES} bytes; split it")
    return tidied


def read_file(path: Path) -> str | None:
    """Return the text of a file as it is on disk; None when there is none.

    Raises:
        TextRefused: It is no text in UTF-8, and only another program can mend that.
    """
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise TextRefused(f"{path.name} is not saved as UTF-8; mend that with another editor first") from error


def write_file(path: Path, text: str | None) -> None:
    """Write a file so that a reader finds the old one or the new one; None takes it away."""
    if text is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    with NamedTemporaryFile("wb", dir=path.parent, prefix=".", suffix=".part", delete=False) as stream:
        stream.write(text.encode("utf-8"))
        stream.flush()
        os.fsync(stream.fileno())
        os.fchmod(stream.fileno(), mode)
    Path(stream.name).replace(path)
