"""Words, letters and grades of texts, as readers and Telegram meet them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.readability import count_chars, count_words, plain_sentences, reading_grade


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one", 1),
        ("- *one* **two**", 2),
        ("don't, they’ve", 2),
        ("step-by-step", 1),
        ("日本 one", 2),
        ("👍 !", 0),
    ],
)
def test_words_are_counted_as_read(text: str, words: int) -> None:
    """Marks of Markdown are no words, and a word with a hyphen is one."""
    assert count_words(text) == words


@given(st.lists(st.from_regex(r"[a-zé]{1,8}", fullmatch=True)), st.sampled_from([" ", "\n", ", ", " *", "; "]))
def test_words_joined_are_counted_again(words: list[str], between: str) -> None:
    """Whatever stands between words, as many are counted as there are."""
    assert count_words(between.join(words)) == len(words)


@pytest.mark.parametrize(("text", "chars"), [("", 0), ("abc", 3), ("é", 1), ("👍", 2), ("\ud800", 1)])
def test_letters_are_counted_as_telegram_does(text: str, chars: int) -> None:
    """A sign beyond the first plane counts twice; half a sign does no harm."""
    assert count_chars(text) == chars


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("", ""),
        ("One line\nthat goes on.", "One line that goes on."),
        ("A title\n\nA text!", "A title.\nA text!"),
        ("1. **Ask** them\n2. *Listen*", "Ask them.\nListen."),
        ('She said: "Why?"', 'She said: "Why?"'),
        ("> See [the page](https://example.org/a)", "See the page."),
    ],
)
def test_marks_are_taken_out_before_grading(text: str, plain: str) -> None:
    """What is graded are sentences: no marks, wrapped lines joined, list entries each a sentence."""
    assert plain_sentences(text) == plain


def test_grade_follows_the_formula() -> None:
    """Ten words in two sentences, with thirteen syllables."""
    text = "The neighbours met in May. They chose the plants *together*."

    grade = reading_grade(text)

    assert grade == pytest.approx(0.39 * 10 / 2 + 11.8 * 13 / 10 - 15.59, abs=0.01)


def test_grade_of_wrapped_text_is_the_same() -> None:
    """Where an author breaks a line makes no difference."""
    text = "In many towns people who live near one another share a garden and its many tools"

    assert reading_grade(text) == reading_grade(text.replace(" who", "\nwho").replace(" share", "\nshare"))


@given(st.text(max_size=200))
def test_any_text_has_a_grade(text: str) -> None:
    """Whatever is written, grading it gives a number."""
    assert isinstance(reading_grade(text), float)
