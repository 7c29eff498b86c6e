"""What people type about their service is read as values, or honestly not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.loader import load_knowledge
from learning.typed_values import read_values

COMPARISON = {one.key: one for one in load_knowledge().comparison}
LABELS = [(one.key, value, label) for one in COMPARISON.values() for value, label in one.values.items()]


@pytest.mark.parametrize(("key", "value", "label"), LABELS)
def test_label_typed_is_its_value(key: str, value: str, label: str) -> None:
    """Whoever types what stands on a button means that button, in any capitals."""
    assert read_values(COMPARISON[key], label.upper()) == (value,)


@pytest.mark.parametrize(
    ("key", "text", "values"),
    [
        ("people", "older people and families", ("families", "older-people")),
        ("people", "prison", ("justice",)),
        ("people", "young offenders on probation", ("young-people", "justice")),
        ("people", "1 and 3", ("families", "older-people")),
        ("choice", "yes", ("voluntary",)),
        ("choice", "no they have to come", ("required",)),
        ("choice", "voluntary", ("voluntary",)),
        ("size", "about 100", ("medium",)),
        ("size", "20 people", ("small",)),
        ("size", "maybe 500", ("large",)),
        ("setting", "in a small town", ("town",)),
        ("decides", "the town council, and a charity", ("town", "charity")),
        ("people", "what is a living lab?", None),
        ("people", "who do you mean", None),
        ("people", "blah blah", None),
        ("people", "99", None),
        ("choice", "1 and 2", None),
    ],
)
def test_typed_setting_is_read(key: str, text: str, values: tuple[str, ...] | None) -> None:
    """Words, numbers, amounts and rows are read; a question and what fits nothing are not."""
    assert read_values(COMPARISON[key], text) == values


@given(key=st.sampled_from(list(COMPARISON)), text=st.text(max_size=60))
def test_any_text_gives_values_of_the_attribute_or_none(key: str, text: str) -> None:
    """Reading is total: whatever is typed gives known values, each once and in order, or none."""
    attribute = COMPARISON[key]

    values = read_values(attribute, text)

    assert values is None or list(values) == [one for one in attribute.values if one in values]
    assert values is None or 1 <= len(values) <= (len(attribute.values) if attribute.several else 1)
