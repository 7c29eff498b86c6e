"""The doors' sentences stand in one file, each used by its name."""

from __future__ import annotations

import re

import pytest

from channels.words import FILE, _read, say
from settings import ROOT

CODE = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "channels").rglob("*.py"))


def test_sentence_is_found_by_its_name() -> None:
    """A sentence without gaps is told as it stands."""
    assert say("button_gone").startswith("That button is not there")


def test_unknown_sentence_is_an_error() -> None:
    """A name that nobody wrote is not told as silence."""
    with pytest.raises(KeyError, match="no_such"):
        say("no_such")


@pytest.mark.parametrize("name", sorted(_read()))
def test_every_sentence_is_used(name: str) -> None:
    """No sentence is left over."""
    assert re.search(rf'"{name}"', CODE), f"{FILE.name}: nothing says {name!r}"
