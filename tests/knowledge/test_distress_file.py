"""Reading the examples of distress: two lists, no text in both."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.distress_file import read_distress
from knowledge.errors import ContentError


def test_examples_of_the_course_are_many_and_apart() -> None:
    """There are hundreds of both kinds, and none stands twice."""
    examples = read_distress()

    assert min(len(examples.told), len(examples.calm)) >= 400
    assert not {text.lower() for text in examples.told} & {text.lower() for text in examples.calm}


@pytest.mark.parametrize(
    ("content", "gist"),
    [
        ("told: [a cry]\n", "calm must be a list of texts"),
        ("told: [a cry]\ncalm: [A cry]\n", "'A cry' stands twice"),
        ("told: [one, one]\ncalm: [fine]\n", "'one' stands twice"),
    ],
)
def test_wrong_file_names_what_is_wrong(tmp_path: Path, content: str, gist: str) -> None:
    """A list that is missing and a text that stands twice are told with the file's name."""
    path = tmp_path / "distress.yml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        read_distress(path)

    assert gist in str(caught.value) and "distress.yml" in str(caught.value)
