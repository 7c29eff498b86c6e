"""The papers' own words are all there, and all used."""

from __future__ import annotations

import re
from datetime import date

import pytest
from ruamel.yaml import YAML

from learning.papers.words import FILE, say, say_date
from settings import ROOT


def test_words_are_each_used() -> None:
    """Each sentence of the file is said somewhere, and each one said is in the file."""
    written = set(YAML(typ="safe").load(FILE.read_text(encoding="utf-8")))
    files = [*(ROOT / "learning").rglob("*.py"), *(ROOT / "bot" / "actions").glob("*.py")]
    texts = [path.read_text(encoding="utf-8") for path in files]
    code = "\n".join(text for text in texts if "from learning.papers.words import say" in text)

    assert {name for name in written if f'"{name}"' not in code} == set()
    assert set(re.findall(r'(?<!\.)\bsay\("(\w+)"', code)) - written == set()


def test_word_with_a_gap_left_open_is_an_error() -> None:
    """Nobody reads a sentence with braces."""
    with pytest.raises(KeyError):
        say("stage_line", stage="Prepare")


def test_date_names_the_month() -> None:
    """Nobody takes the day for the month."""
    assert say_date(date(2026, 3, 4)) == "4 March 2026"
