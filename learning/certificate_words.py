"""What a certificate says, read once from ``certificate_words.yml`` beside this file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FILE = Path(__file__).with_name("certificate_words.yml")
MONTHS = "January February March April May June July August September October November December".split()


def say(name: str, **values: Any) -> str:
    """Return a sentence with its gaps filled.

    Raises:
        KeyError: There is no such sentence, or a gap was not filled.

    Example:
        >>> say("heading")
        'Certificate'
    """
    return _read()[name].format(**values)


@lru_cache(maxsize=1)
def _read() -> dict[str, str]:
    return dict(YAML(typ="safe").load(FILE.read_text(encoding="utf-8")))
