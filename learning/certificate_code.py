"""The code of a certificate: letters that are hard to mix up, grouped for reading, and read kindly when typed."""

from __future__ import annotations

import re
from itertools import zip_longest

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O or U
LETTER_BITS = 5
CODE_CHARS = 28  # 140 random bits
GROUP_CHARS = 4
TYPED_LIMIT_CHARS = 80
_ALIKE = str.maketrans("OIL", "011")


def spell(raw: bytes, count: int) -> str:
    """Write the first bits of some bytes as letters.

    Example:
        >>> spell(bytes([0, 68, 50]), 4)
        '0123'
    """
    number, bits = int.from_bytes(raw, "big"), len(raw) * 8
    return "".join(LETTERS[number >> (bits - LETTER_BITS * n) & (len(LETTERS) - 1)] for n in range(1, count + 1))


def read_letters(text: str, count: int) -> str | None:
    """Read letters as somebody typed or scanned them: case, blanks and dashes do not matter, nor O for 0.

    Returns:
        The letters, or None if there are not ``count`` of them, or one is none of ours.

    Example:
        >>> read_letters("abcd-o1l2", 8)
        'ABCD0112'
    """
    letters = re.sub(r"[\s\u2010-\u2015.-]", "", text[:TYPED_LIMIT_CHARS]).upper().translate(_ALIKE)
    return letters if len(letters) == count and set(letters) <= set(LETTERS) else None


def read_code(text: str) -> str | None:
    """Read the code of a certificate; None if the text cannot be one."""
    return read_letters(text, CODE_CHARS)


def group(letters: str) -> str:
    """Write letters in groups of four.

    Example:
        >>> group("ABCDEFGH")
        'ABCD-EFGH'
    """
    return "-".join("".join(part) for part in zip_longest(*[iter(letters)] * GROUP_CHARS, fillvalue=""))
