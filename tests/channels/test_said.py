"""What a person said is checked and cleaned before anything else sees it."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.errors import BadMessage, DoorError, TooLarge
from channels.said import TEXT_LIMIT_CHARS, Said, clean_text, read_said

ID = "message-1"
BIDIRECTIONAL = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
MARKS = "\u200e\u200f\u061c"
WORDLESS = [
    "",
    "   ",
    "\n\t ",
    "/",
    "/ / //",
    "\u200b\u2060\ufeff",
    "\u202e\u202c",
    "\x00\x1b",
    "\u200d",
    "\u0301",
    "\ud800",
]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("hello", "hello"),
        ("  hello \r\n", "hello"),
        ("one\ntwo\tthree", "one\ntwo\tthree"),
        ("one\x00two\x1b[31m", "one two [31m"),
        ("one\u2028two\u2029three", "one two three"),
        ("/restart", "restart"),
        ("//restart", "restart"),
        (" \u202e/ /\u200b/restart", "restart"),
        ("/\n/restart", "restart"),
        ('/answer_item{"option_id": "b"}', 'answer_item{"option_id": "b"}'),
        ("and/or, 1/2", "and/or, 1/2"),
        ("evil\u202etxt.exe\u202c", "eviltxt.exe"),
        ("a\u061cb\u200ec\u2066d\u2069", "abcd"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("half \ud83d a pair", "half  a pair"),
        ("private \ue000 use \ufdd0\U0001ffff", "private  use"),
        ("cafe\u0301", "caf\u00e9"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("👩‍🔬 👍🏽 🇫🇮", "👩‍🔬 👍🏽 🇫🇮"),
        ("🫠 \U0001fae8", "🫠 \U0001fae8"),
        ("می‌خواهم", "می‌خواهم"),
        ("मैं क्या करूँ", "मैं क्या करूँ"),
    ],
)
def test_typed_text_is_kept_without_harm(typed: str, kept: str) -> None:
    """Words of any script and any emoji stay; what is invisible or a command goes."""
    assert clean_text(typed) == kept


@pytest.mark.parametrize("typed", WORDLESS)
def test_text_without_words_is_refused(typed: str) -> None:
    """Nothing to read is told to the person, not passed on."""
    with pytest.raises(BadMessage, match="could not find any words"):
        clean_text(typed)


def test_text_over_limit_names_both_numbers() -> None:
    """The person learns how long it was and how long it may be."""
    with pytest.raises(TooLarge, match=r"5,000 characters; I can read 4,000"):
        clean_text("x" * 5_000)


def test_text_that_grows_over_limit_is_refused() -> None:
    """Characters that normalising takes apart are counted as what is passed on."""
    with pytest.raises(TooLarge):
        clean_text("\U0001d160" * (TEXT_LIMIT_CHARS // 2))


@given(typed=st.text() | st.text(alphabet="/ \n\t\u200b\u200d\u202e\x00\u061ca", max_size=12))
@settings(max_examples=300, deadline=None)
def test_any_text_is_safe_or_refused(typed: str) -> None:
    """Whatever is typed, it is no command, holds no control or direction character, and fits; or an error tells."""
    try:
        kept = clean_text(typed)
    except DoorError:
        return

    assert kept == kept.strip() != ""
    assert not kept.startswith("/")
    assert len(kept) <= TEXT_LIMIT_CHARS
    kept.encode("utf-8")
    assert not [char for char in kept if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t"]
    assert not [char for char in kept if unicodedata.bidirectional(char) in BIDIRECTIONAL or char in MARKS]


@given(typed=st.text())
@settings(max_examples=100, deadline=None)
def test_cleaned_text_stays_as_it_is(typed: str) -> None:
    """Cleaning twice is cleaning once."""
    try:
        kept = clean_text(typed)
    except DoorError:
        return

    assert clean_text(kept) == kept


def test_message_with_text_or_button_is_read() -> None:
    """A message is an id with a text, or an id with a button; what else comes along is left aside."""
    said = [read_said({"id": ID, "text": " hello "}), read_said({"id": ID, "button": "abc", "other": 1})]

    assert said == [Said(ID, text="hello"), Said(ID, button="abc")]


@pytest.mark.parametrize(
    "body",
    [
        None,
        7,
        "text",
        [],
        [{"id": ID, "text": "hello"}],
        {},
        {"text": "hello"},
        {"id": 12345678, "text": "hello"},
        {"id": "short", "text": "hello"},
        {"id": "x" * 65, "text": "hello"},
        {"id": "message 1", "text": "hello"},
        {"id": "message-1\n", "text": "hello"},
        {"id": "mëssage-1", "text": "hello"},
        {"id": ID},
        {"id": ID, "text": None},
        {"id": ID, "text": 7},
        {"id": ID, "text": ["hello"]},
        {"id": ID, "text": "hello", "button": "abc"},
        {"id": ID, "button": ""},
        {"id": ID, "button": "x" * 65},
        {"id": ID, "button": True},
    ],
    ids=repr,
)
def test_malformed_message_is_refused_with_reason(body: Any) -> None:
    """What is not a message is refused in a sentence."""
    with pytest.raises(BadMessage) as raised:
        read_said(body)

    assert raised.value.message.endswith(".")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "button"]), inner),
    max_leaves=5,
)


@given(body=anything)
@settings(max_examples=100, deadline=None)
def test_any_json_is_read_or_refused(body: Any) -> None:
    """No JSON whatever makes anything but a message or an error of the door."""
    try:
        said = read_said(body)
    except DoorError:
        return

    assert (said.text is None) != (said.button is None)
