"""Words that name people by a problem: what is found, and what is left to its speaker."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.labels import LabelFinder
from knowledge.loader import CONTENT
from knowledge.model import Knowledge, Label, Place
from knowledge.word_file import read_labels

LABELS, PROBLEMS = read_labels(CONTENT / "words.yml", "words.yml")
FORMS = [form for label in LABELS for form in label.forms]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("He met an offender.", "offender"),
        ("It is for the homeless.", "the homeless"),
        ("Many DRUG USERS came.", "DRUG USERS"),
        ("People who use drugs came.", None),
        ("The homeless people of the town came.", None),
        ("The offenders' own words.", "offenders"),
        ("The poor garden soil.", None),
        ("The poor who live there.", "The poor"),
        ("Made for hard-to-reach people.", "hard-to-reach people"),
        ("Made for hard to\nreach people.", "hard to\nreach people"),
        ("Made for the *homeless*.", "the homeless"),
        ('They were called "offenders" then.', None),
        ("They were called “offenders” then.", None),
        ('One quote " and then offenders.', "offenders"),
        ('"Quoted," she said. Not offenders. "Again."', "offenders"),
        ('Here it ends: "open\n\nand offenders come "later".', "offenders"),
    ],
)
def test_people_are_named_first(garden: Knowledge, text: str, label: str | None) -> None:
    """A label in place of people is found; a word that only describes, or that is somebody else's, is not."""
    found = [word for word, _ in LabelFinder(garden.labels).find(text)]

    assert found == ([label] if label else [])


def test_reviewed_list_reads_well() -> None:
    """The course's own list is long, has no form twice, and says for each what to write instead, and why."""
    assert PROBLEMS == []
    assert len(FORMS) >= 100
    assert len({form.lower() for form in FORMS}) == len(FORMS)
    assert all(label.instead and label.why for label in LABELS)


@pytest.mark.parametrize("form", FORMS)
def test_each_word_of_the_list_is_found(form: str) -> None:
    """Each form is found in a sentence, also in capitals, and not between quotation marks."""
    finder, word = LabelFinder(LABELS), form.removesuffix("*")

    assert [found for found, _ in finder.find(f"They wrote {word}, once.")] == [word]
    assert [found for found, _ in finder.find(f"They wrote {word.upper()}.")] == [word.upper()]
    assert list(finder.find(f'They wrote "{word}" once.')) == []


def test_what_to_write_instead_is_no_label() -> None:
    """No advice of the list uses a word of the list."""
    finder = LabelFinder(LABELS)

    assert [found for label in LABELS for text in (label.instead, label.why) for found in finder.find(text)] == []


def test_list_without_words_finds_nothing() -> None:
    """Without any word, and with a label that has none, nothing is found."""
    assert list(LabelFinder(()).find("The poor offenders.")) == []
    assert list(LabelFinder((Label((), "", "", Place("words.yml", 1)),)).find("The poor offenders.")) == []


@given(st.text(max_size=60), st.sampled_from(FORMS))
def test_whatever_stands_between_quotation_marks_is_left(text: str, form: str) -> None:
    """A word in quotation marks is not found, whatever else stands with it."""
    quoted = " ".join(text.replace('"', "").replace("“", "").replace("”", "").split())

    assert list(LabelFinder(LABELS).find(f'"{quoted} {form.removesuffix("*")}"')) == []
