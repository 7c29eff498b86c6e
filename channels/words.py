"""What the doors say, read once from ``words.yml`` beside this file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FILE = Path(__file__).with_name("words.yml")


def say(name: str, **values: Any) -> str:
    """Return a sentence with its gaps filled.

    Raises:
        KeyError: There is no such sentence, or a gap was not filled.

    Example:
        >>> say("button_gone")[:11]
        'That button'
    """
    return _read()[name].format(**values)


@lru_cache(maxsize=1)
def _read() -> dict[str, str]:
    return dict(YAML(typ="safe").load(FILE.read_text(encoding="utf-8")))
