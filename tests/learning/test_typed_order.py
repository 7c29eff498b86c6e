"""People type an order in many ways; a clear one is understood, half of one is told, a question is left a question."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from learning.ordering import letters
from learning.typed_order import read_order
from tests.learning.samples import an_order

FOUR = an_order(count=4)
THREE = an_order(count=3)

LETTERS_AND_NUMBERS = [
    # typed, and the letters meant, of four steps
    ("b a c d", "BACD"),
    ("B A C D", "BACD"),
    ("bacd", "BACD"),
    ("BACD.", "BACD"),
    ("b, a, c, d", "BACD"),
    ("b,a,c,d", "BACD"),
    ("b-a-c-d", "BACD"),
    ("b > a > c > d", "BACD"),
    ("b → a → c → d", "BACD"),
    ("b) a) c) d)", "BACD"),
    ("ba cd", "BACD"),
    ("2,1,3,4", "BACD"),
    ("2 1 3 4", "BACD"),
    ("2134", "BACD"),
    ("two one three four", "BACD"),
    ("second, first, third, last", "BACD"),
    ("the second one, then the first, then the third and the fourth", "BACD"),
    ("B then A then C then D", "BACD"),
    ("first B, then A, then C, then D", "BACD"),
    ("first b then a after that c and finally d", "BACD"),
    ("b first, then a, then c, d last", "BACD"),
    ("start with b then a, c and d at the end", "BACD"),
    ("b before a before c before d", "BACD"),
    ("1. b 2. a 3. c 4. d", "BACD"),
    ("1) b\n2) a\n3) c\n4) d", "BACD"),
    ("1b 2a 3c 4d", "BACD"),
    ("b1 a2 c3 d4", "BACD"),
    ("b is first, a second, c third, d last", "BACD"),
    ("a is second, b is first, d is last and c is third", "BACD"),
    ("a 2, b 1, c 3, d 4", "BACD"),
    ("3 c, 1 b, 4 d, 2 a", "BACD"),
    ("I think b a c d", "BACD"),
    ("my order is b, a, c, d", "BACD"),
    ("order: b a c d", "BACD"),
    ("b a c d because people come first", "BACD"),
    ("b a c d. You have to ask first", "BACD"),
    ("b a c d (but d could go earlier)", "BACD"),
    ("b a c d?", "BACD"),
    ("is it b a c d?", "BACD"),
    ("abcd", "ABCD"),
    # not all of them, or one twice
    ("b", ""),
    ("b a", ""),
    ("b then a", ""),
    ("bac", ""),
    ("b a c", ""),
    ("b b a c d", ""),
    ("b a c c", ""),
    ("b a c e", ""),
    ("a b c d e", ""),
    ("7", ""),
    ("0", ""),
    ("2,1,3", ""),
    ("21345", ""),
    ("99999999", ""),
    ("the second one", ""),
    ("first a, last d, then b and c", ""),
    # no order at all
    ("", None),
    ("?", None),
    ("ok", None),
    ("not sure", None),
    ("no idea", None),
    ("what is b a c d", None),
    ("what does a mean?", None),
    ("a or b", None),
    ("not b a c d", None),
    ("a lesson about trust", None),
    ("first, what is a pilot", None),
    ("that is my answer", None),
    ("how do I get people to trust us", None),
    ("we did this and then nobody came", None),
]

WORDS = [
    # typed, and the keys meant
    ("ask the people, then agree on one problem, then collect ideas, then try one", "abcd"),
    ("collect many ideas\nask the people concerned\nagree on one problem\ntry one for a month", "cabd"),
    ("1. try one for a month\n2. collect ideas\n3. ask the people\n4. agree on a problem", "dcab"),
    ("first ask the people, second agree on one problem, third collect ideas, last try one for a month", "abcd"),
    ("Ask the people concerned. > Collect many ideas. > Try one for a month. > Agree on one problem.", "acdb"),
    (
        "Agree on one problem, and write it down.\nAsk the people concerned.\nTry one for a month.\n"
        "Collect many ideas.",
        "badc",
    ),
    ("agree on one problem, and write it down, ask the people, collect ideas, try one for a month", "bacd"),
    ("collect ideas, then try one for a month", ""),
    ("ask the people concerned", ""),
    ("ask the people, then sing a song, then collect many ideas, then try one for a month", ""),
    ("ask the people concerned?", ""),
    ("who should ask the people, and then who decides", None),
    ("we asked people and they did not come", None),
]


@pytest.mark.parametrize(("text", "meant"), LETTERS_AND_NUMBERS, ids=[text for text, _ in LETTERS_AND_NUMBERS])
def test_typed_places_mean_this_order(text: str, meant: str | None) -> None:
    """Letters and numbers name the steps as they are shown; an order of less than all is no order yet."""
    shown = letters(FOUR)

    read = read_order(FOUR, text)

    assert (None if read is None else "".join(shown[key] for key in read)) == meant


@pytest.mark.parametrize(("text", "meant"), WORDS, ids=[text for text, _ in WORDS])
def test_typed_words_mean_this_order(text: str, meant: str | None) -> None:
    """The steps' own words count too, one after another."""
    read = read_order(FOUR, text)

    assert (None if read is None else "".join(read)) == meant


@pytest.mark.parametrize(("text", "meant"), [("2,1,3", "BAC"), ("first B, then C, then A", "BCA"), ("cab", "CAB")])
def test_order_of_three_steps_is_read(text: str, meant: str) -> None:
    """How many steps there are decides what is whole."""
    read = read_order(THREE, text)

    assert "".join(letters(THREE)[key] for key in read or ()) == meant


@given(
    order=st.sampled_from(list(permutations("abcd"))),
    link=st.sampled_from([" ", "", ", ", " then ", " > ", "\n", " and then ", "; ", " - ", " -> "]),
    dressing=st.sampled_from(["{}", "I think {}", "{}.", "the order is {}", "{} please", "first {}", "ok, {}"]),
    is_capital=st.booleans(),
)
def test_letters_in_any_dressing_mean_their_order(
    order: tuple[str, ...], link: str, dressing: str, is_capital: bool
) -> None:
    """Every order can be typed, however it is dressed up."""
    typed = dressing.format(link.join(letter.upper() if is_capital else letter for letter in order))

    read = read_order(FOUR, typed)

    assert "".join(letters(FOUR)[key] for key in read or ()).lower() == "".join(order)


@given(
    text=st.text()
    | st.lists(
        st.sampled_from("a b c d abcd 1 2 7 1234 first last then and the ask people ideas ? , . > \n".split(" "))
    ).map(" ".join)
)
@example(text="²")
@example(text="١ ٢ ٣ ٤")
@example(text="000")
def test_any_text_gives_a_whole_order_or_none(text: str) -> None:
    """No text makes trouble, and what is read as an order holds every step once."""
    for item in (THREE, FOUR):
        read = read_order(item, text)

        assert not read or sorted(read) == sorted(option.key for option in item.options)
