"""What the page says, one file a language in ``words``: read once, for the page, its scripts and its plain version."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).with_name("words")
DEFAULT_LANGUAGE = "en"

Words = dict[str, Any]


@lru_cache(maxsize=4)
def load_words(language: str = DEFAULT_LANGUAGE) -> Words:
    """Read the sentences of a language: ``language``, ``direction``, and a table of sentences for each part.

    Raises:
        FileNotFoundError: There is no such file; ``languages`` lists those that are there.

    Example:
        >>> load_words()["page"]["send"]
        'Send'
    """
    return dict(YAML(typ="safe").load((FOLDER / f"{language}.yml").read_text(encoding="utf-8")))


def languages() -> list[str]:
    """List the languages that the page can be shown in.

    Example:
        >>> "en" in languages()
        True
    """
    return sorted(path.stem for path in FOLDER.glob("*.yml"))
