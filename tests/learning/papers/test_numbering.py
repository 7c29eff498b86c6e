"""Sources are numbered as they are first used, and listed by number."""

from __future__ import annotations

from learning.papers.numbering import Numbering
from tests.learning.papers.samples import the_course


def test_numbers_follow_first_use() -> None:
    """A source keeps its number, an unknown one gets none, and a line never ends inside a bracket."""
    numbering = Numbering(the_course())

    marks = [numbering.marks(keys) for keys in (("S16",), ("S10", "S16"), ("S0",), ())]

    assert marks == [" [1]", " [2,\xa01]", "", ""]


def test_references_tell_author_title_and_address() -> None:
    """Each source used stands once, under its number."""
    numbering = Numbering(the_course())
    numbering.marks(("S16", "S10"))

    first, second = numbering.references()

    source = the_course().sources["S16"]
    assert (first.number, second.number) == (1, 2)
    assert source.title in first.text and source.author in first.text
    assert first.url == source.url


def test_keys_in_a_note_become_numbers() -> None:
    """A manager never reads the key of a source."""
    numbering = Numbering(the_course())

    assert numbering.renumber("built on S10 and S16") == "built on [1] and [2]"
