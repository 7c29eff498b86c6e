r"""A person's words in Markdown, so that they look as they were written and can be read back exactly.

Each line begins with ``>``. Marks of Markdown are preceded by a backslash, characters that a file or an editor might
change are spelled as ``&#…;``, and a backslash at the end of a line keeps the line end in sight.
"""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_\[\]<>&~|$])")
_AT_START = re.compile(r"([#+\-=:]|\d+(?=[.)]))")
_UNSAFE = re.compile(
    "^[ \t]+|[ \t]+$|[\x00-\x08\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]"
)
_SPELLED = re.compile(r"\\(.)|&#(\d+);")


def write_quote(text: str) -> list[str]:
    r"""Write a text as lines of a quotation.

    Example:
        >>> write_quote("# *one*\n two")
        ['> \\# \\*one\\*\\', '> &#32;two']
    """
    lines = [escape(line) for line in text.split("\n")]
    following = [*lines[1:], ""]
    return [f"> {line}\\" if line and after else f"> {line}" for line, after in zip(lines, following, strict=True)]


def read_quote(lines: list[str]) -> str:
    r"""Read a quotation back.

    Example:
        >>> read_quote(['> \\# \\*one\\*\\', '> &#32;two'])
        '# *one*\n two'
    """
    return "\n".join(unescape(_without_break(line.removeprefix(">").removeprefix(" "))) for line in lines)


def escape(line: str) -> str:
    """Write one line so that Markdown shows it as it is."""
    marked = _MARKS.sub(r"\\\1", line)
    if match := _AT_START.match(marked):
        head = match.group()
        marked = (f"{head}\\" if head.isdigit() else f"\\{head}") + marked[len(head) :]
    return _UNSAFE.sub(lambda found: "".join(f"&#{ord(char)};" for char in found.group()), marked)


def unescape(line: str) -> str:
    """Read one line back."""
    return _SPELLED.sub(lambda found: found.group(1) or chr(min(int(found.group(2)), 0x10FFFF)), line)


def _without_break(line: str) -> str:
    """Take the backslash away that only keeps a line end; one of the text's own stands twice."""
    marks = len(line) - len(line.rstrip("\\"))
    return line[:-1] if marks % 2 else line
