"""The certificate's sentences stand in one file, each used by its name."""

from __future__ import annotations

import re

import pytest

from learning.certificate_words import FILE, _read, say
from settings import ROOT

CODE = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "learning").glob("*.py"))


def test_unknown_sentence_is_an_error() -> None:
    """A name that nobody wrote is not told as silence."""
    with pytest.raises(KeyError, match="no_such"):
        say("no_such")


@pytest.mark.parametrize("name", sorted(_read()))
def test_every_sentence_is_used(name: str) -> None:
    """No sentence is left over."""
    assert re.search(rf'"{name}"', CODE), f"{FILE.name}: nothing says {name!r}"
