"""Lines come into content files as exactly what they are, whatever is in them, and all else stays to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from ruamel.yaml import YAML

from knowledge.entry_file import read_entry
from knowledge.loader import CONTENT
from knowledge.premise_files import read_evaluation, read_refusals
from review.content_edits import QUESTION_LIMIT_CHARS, EditError, add_rows, add_to_list, quote, tidy_question

ENTRY = (CONTENT / "answers" / "system" / "value.md").read_text(encoding="utf-8")
REFUSALS = (CONTENT / "refusals.yml").read_text(encoding="utf-8")
HOSTILE = [
    "---",
    "- id: other",
    "yes",
    "null",
    "12",
    "2021-13-45",
    "a: b # c",
    "!!python/object:os.system",
    "&anchor *alias",
    "{sources: S1}",
    "[a, b",
    "\"quoted\" and 'so'",
    "back\\slash \\n",
    "</textarea><script>alert(1)</script>",
    "## answer",
    "who pays 🙂 ’tis",
    "%TAG",
    "@x",
    "`x`",
    "| x",
]


def read_back(text: str, folder: Path) -> tuple[str, ...]:
    """Return the questions of an entry's text."""
    path = folder / "entry.md"
    path.write_text(text, encoding="utf-8")
    entry, problems = read_entry(path, "entry.md")
    assert problems == []
    return entry.questions


def test_questions_come_after_those_that_are_there(tmp_path: Path) -> None:
    """The new ones are last; every line that was there still is, in its order."""
    changed = add_to_list(ENTRY, "questions", HOSTILE)

    assert read_back(changed, tmp_path) == (*read_back(ENTRY, tmp_path), *HOSTILE)
    rest = iter(changed.splitlines())
    assert all(line in rest for line in ENTRY.splitlines())


def test_refusal_comes_under_its_kind_and_comments_stay(tmp_path: Path) -> None:
    """Only the list of that kind grows."""
    path = tmp_path / "refusals.yml"
    path.write_text(add_to_list(REFUSALS, "off", ["who won the cup: them?"]), encoding="utf-8")
    before, after = read_refusals(CONTENT / "refusals.yml", "")[0], read_refusals(path, "")[0]

    assert after == {**before, "off": (*before["off"], "who won the cup: them?")}
    assert path.read_text(encoding="utf-8").count("#") == REFUSALS.count("#")


@examples(max_examples=200)
@given(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=4))
def test_any_text_is_read_as_it_was_written(texts: list[str]) -> None:
    """No text becomes anything else than a question."""
    questions = [one for one in map(tidy_question, texts) if one]
    changed = add_to_list("a: 1\nquestions:\n  - first\nlast: 2\n", "questions", questions)

    data = YAML(typ="safe", pure=True).load(changed)

    assert data == {"a": 1, "questions": ["first", *questions], "last": 2}


@pytest.mark.parametrize(
    "text", ["title: x\n", "questions: none\n", "questions: [a, b]\n", "questions:\n  x: y\n", "a: [\n"]
)
def test_file_without_such_a_list_is_refused(text: str) -> None:
    """It is not written to, and that is said."""
    with pytest.raises(EditError):
        add_to_list(text, "questions", ["who pays"])


def test_rows_begin_a_file_and_go_on_in_it(tmp_path: Path) -> None:
    """The first rows make the file, later ones come after them; each is read back as a question with its topics."""
    path = tmp_path / "evaluation.yml"
    begun = add_rows("", [{"question": "a: b", "topics": ["system.value"]}])
    path.write_text(add_rows(begun, [{"question": "</script>", "topics": []}]), encoding="utf-8")

    rows, problems = read_evaluation(path, path.name)

    assert problems == []
    assert rows == (("a: b", ("system.value",)), ("</script>", ()))


def test_rows_are_not_added_to_another_kind_of_file() -> None:
    """A file that is no list stays as it is."""
    with pytest.raises(EditError, match="not a list"):
        add_rows("a: 1\n", [{"question": "x", "topics": []}])


def test_long_question_is_cut_and_plain_one_needs_no_quotes() -> None:
    """Files stay readable for people."""
    assert len(tidy_question("x" * 1000)) == QUESTION_LIMIT_CHARS
    assert quote("who pays for it?") == "who pays for it?"
