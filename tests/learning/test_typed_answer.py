"""People type answers in many ways; a clear answer is understood, and a question is never taken for one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.model import Item
from learning.typed_answer import is_confirmation, is_position, read_answer
from tests.learning.samples import an_item

ONE = an_item(right="b", texts=("Consultation.", "Co-creation.", "Co-design.", "Co-production."))
SEVERAL = an_item(
    right="bd",
    kind="several right",
    texts=(
        "Whether eight parents can speak for all the others.",
        "Whether parents had a hand in choosing the topic.",
        "Whether the parents enjoyed the evening, felt welcome and would come again.",
        "Whether parents help to decide what changes.",
    ),
)
JUDGED = an_item(right="b", kind="true or false", texts=("True", "False"))
ASKING = an_item(
    right="b",
    texts=(
        "How do we get from nine out of ten to ten out of ten?",
        "What would people call a good result, and what do they need from us for it?",
        "Should we drop the plans and simply talk?",
    ),
)
SPOKEN = an_item(
    right="d",
    texts=(
        '"Yes. It was tried out in ten pilots, and the people who took part said it was good."',
        '"No. A British study showed that it has no effect."',
        '"You cannot measure such things. Only people\'s own stories count."',
        '"Not firmly. People report gains, and studies of results are few."',
        "Nothing, since nobody has looked.",
    ),
)
MEALS = an_item(
    right="d",
    texts=(
        "In the kitchen, where trained cooks prepare fresh meals.",
        "In the delivery record, which shows that every meal came on time.",
        "Explore the problem with residents, and try out an idea.",
        "At the tables where the meals are eaten, or left.",
    ),
)

CASES: list[tuple[Item, str, str | None]] = [
    # a letter, a number, a place
    (ONE, "b", "b"),
    (ONE, "B", "b"),
    (ONE, "B)", "b"),
    (ONE, "(b)", "b"),
    (ONE, " b. ", "b"),
    (ONE, "a", "a"),
    (ONE, "2", "b"),
    (ONE, "#3", "c"),
    (ONE, "2️⃣", "b"),
    (ONE, "Ⓑ", "b"),
    (ONE, "the second one", "b"),
    (ONE, "3rd", "c"),
    (ONE, "third", "c"),
    (ONE, "the first", "a"),
    (ONE, "last", "d"),
    (ONE, "the last option", "d"),
    (SPOKEN, "I would say the middle one", "c"),
    (ONE, "number one", "a"),
    (ONE, "option two", "b"),
    (ONE, "the b one", "b"),
    # with words around it
    (ONE, "option b please", "b"),
    (ONE, "i think its a", "a"),
    (ONE, "I'd say b", "b"),
    (ONE, "answer is A", "a"),
    (ONE, "my answer: 4", "d"),
    (ONE, "b is right", "b"),
    (ONE, "probably b but not sure", "b"),
    (ONE, "b because they decide together", "b"),
    (ONE, "b, they share the decisions", "b"),
    (ONE, "b) co-creation", "b"),
    (ONE, "b?", "b"),
    (ONE, "is it b?", "b"),
    # several
    (SEVERAL, "a and c", "ac"),
    (SEVERAL, "1,3", "ac"),
    (SEVERAL, "b d", "bd"),
    (SEVERAL, "bd", "bd"),
    (SEVERAL, "13", "ac"),
    (SEVERAL, "A, B and D", "abd"),
    (SEVERAL, "both one and three", "ac"),
    (SEVERAL, "three and one", "ac"),
    (SEVERAL, "the second and the fourth", "bd"),
    (SEVERAL, "first two", "ab"),
    (SEVERAL, "the last two", "cd"),
    (SEVERAL, "first and last", "ad"),
    (SEVERAL, "b and maybe d", "bd"),
    (SEVERAL, "i think b and d because they share power", "bd"),
    (SEVERAL, "b", "b"),
    (SEVERAL, "all", "abcd"),
    (SEVERAL, "all of them", "abcd"),
    (SEVERAL, "all of the above", "abcd"),
    (SEVERAL, "all four", "abcd"),
    (SEVERAL, "everything", "abcd"),
    (SEVERAL, "all but b", "acd"),
    (SEVERAL, "all of them except a and c", "bd"),
    (SEVERAL, "choosing the topic and what changes", "bd"),
    (SEVERAL, "choosing the topic, d", "bd"),
    (SEVERAL, "the evening, felt welcome and would come again", "c"),
    # true or false
    (JUDGED, "true", "a"),
    (JUDGED, "True.", "a"),
    (JUDGED, "t", "a"),
    (JUDGED, "yes", "a"),
    (JUDGED, "ture", "a"),
    (JUDGED, "yes i think so", "a"),
    (JUDGED, "i agree", "a"),
    (JUDGED, "correct", "a"),
    (JUDGED, "not false", "a"),
    (JUDGED, "true because they help", "a"),
    (JUDGED, "true?", "a"),
    (JUDGED, "false", "b"),
    (JUDGED, "F", "b"),
    (JUDGED, "nope", "b"),
    (JUDGED, "no", "b"),
    (JUDGED, "flase", "b"),
    (JUDGED, "not true", "b"),
    (JUDGED, "it's not correct", "b"),
    (JUDGED, "i don't agree", "b"),
    (JUDGED, "that's wrong", "b"),
    (JUDGED, "no, that's false", "b"),
    (JUDGED, "of course not", "b"),
    (JUDGED, "false, they decided nothing", "b"),
    (JUDGED, "b", "b"),
    (JUDGED, "1", "a"),
    (JUDGED, "the first one", "a"),
    # an option's words, part of them, with typos
    (ONE, "co-creation", "b"),
    (ONE, "co creation", "b"),
    (ONE, "cocreaton", "b"),
    (ONE, "codesign", "c"),
    (ONE, "consultatoin", "a"),
    (ONE, "the word co-production", "d"),
    (ONE, "it is co-creation because they decided together", "b"),
    (MEALS, "kitchen", "a"),
    (MEALS, "at the tables", "d"),
    (MEALS, "explor the problm with residents", "c"),
    (MEALS, "At the tables where the meals are eaten, or left.", "d"),
    (SPOKEN, "yes", "a"),
    (SPOKEN, "no", "b"),
    (SPOKEN, "not firmly", "d"),
    (SPOKEN, "you can't measure such things", "c"),
    (SPOKEN, "nothing", "e"),
    (ASKING, "Should we drop the plans and simply talk?", "c"),
    (ASKING, "what would people call a good result", "b"),
    # meant as an answer, and fits no option
    (ONE, "7", ""),
    (ONE, "0", ""),
    (ONE, "e", ""),
    (ONE, "a and c", ""),
    (ONE, "1,3", ""),
    (ONE, "all of them", ""),
    (ONE, "none", ""),
    (ONE, "none of these", ""),
    (SEVERAL, "none of the above", ""),
    (SEVERAL, "neither", ""),
    (SEVERAL, "all three", ""),
    (SEVERAL, "17", ""),
    (JUDGED, "c", ""),
    # not an answer
    (ONE, "", None),
    (ONE, "   ", None),
    (ONE, "?", None),
    (ONE, "👍", None),
    (ONE, "i", None),
    (ONE, "ok", None),
    (ONE, "maybe", None),
    (ONE, "the one", None),
    (ONE, "have a go", None),
    (ONE, "not b", None),
    (ONE, "a or c", None),
    (ONE, "a, b or c", None),
    (ONE, "not sure", None),
    (ONE, "no idea", None),
    (ONE, "i don't know", None),
    (ONE, "not co-creation", None),
    (ONE, "what is b?", None),
    (ONE, "what is b", None),
    (ONE, "a question about co-creation?", None),
    (ONE, "a question about co-creation", None),
    (ONE, "what is co-creation", None),
    (ONE, "whats cocreation", None),
    (ONE, "consultation?", None),
    (ONE, "tell me about co-creation", None),
    (ONE, "so what is the difference between co-design and co-creation", None),
    (ONE, "difference between co-design and co-creation", None),
    (ONE, "co-creation in hungary", None),
    (ONE, "first, what is a pilot", None),
    (MEALS, "meals", None),
    (JUDGED, "no idea", None),
    (JUDGED, "not sure", None),
    (JUDGED, "true or false", None),
    (JUDGED, "is it true?", None),
    (JUDGED, "what is true", None),
    (JUDGED, "no, i want a hint", None),
    (JUDGED, "no but why?", None),
    (SEVERAL, "parents", None),
    (SEVERAL, "what does b mean", None),
    (ASKING, "what is a good result", None),
]


@pytest.mark.parametrize(("item", "text", "meant"), CASES, ids=[f"{item.kind}: {text}" for item, text, _ in CASES])
def test_typed_text_means_these_options(item: Item, text: str, meant: str | None) -> None:
    """A typed text names options, or is an answer that fits none, or is no answer at all."""
    read = read_answer(item, text)

    assert read == (None if meant is None else frozenset(meant))


@given(
    text=st.text()
    | st.lists(st.sampled_from("a b c 1 2 7 and or not the all none co-creation ? ) ,".split())).map(" ".join)
)
@example(text="all except")
@example(text="b)")
def test_any_text_gives_options_of_item(text: str) -> None:
    """No text makes trouble, and none gives an option that is not there, or two where one is right."""
    for item in (ONE, SEVERAL, JUDGED):
        read = read_answer(item, text)

        assert read is None or read <= {option.key for option in item.options}
        assert read is None or item.kind == "several right" or len(read) <= 1


@given(
    letter=st.sampled_from("abcd"),
    dressing=st.sampled_from(
        ["{}", "{})", "({})", "{}.", "option {}", "it's {}", "I think {}", "{} please", "the answer is {}"]
    ),
    is_capital=st.booleans(),
)
def test_letter_in_any_dressing_means_its_option(letter: str, dressing: str, is_capital: bool) -> None:
    """A letter counts however it is dressed up."""
    typed = dressing.format(letter.upper() if is_capital else letter)

    assert read_answer(ONE, typed) == {letter}


@given(text=st.lists(st.sampled_from("b co-creation consultation the and 2 true false".split())).map(" ".join))
def test_question_is_never_an_answer(text: str) -> None:
    """What begins as a question and ends as one is a question, whatever it names."""
    for item in (ONE, SEVERAL, JUDGED):
        assert read_answer(item, f"what is {text}?") is None


@pytest.mark.parametrize("text", ["b", "B)", "7", "the second one", "1 and 3", "option c", "12"])
def test_place_named_is_position(text: str) -> None:
    """A letter or number is a position, also when no item has it."""
    assert is_position(text)


@pytest.mark.parametrize("text", ["", "ok", "the one", "what is b", "co-creation", "in 2019 there was"])
def test_other_text_is_no_position(text: str) -> None:
    """Words, and nothing, are no position."""
    assert not is_position(text)


@pytest.mark.parametrize(
    "text", ["That is my answer.", "thats my answer", "yes", "ok done", "Done!", "submit", "that's it"]
)
def test_agreement_confirms(text: str) -> None:
    """What says that the marks are the answer."""
    assert is_confirmation(text)


@pytest.mark.parametrize("text", ["", "no", "not sure", "is that right?", "yes but why", "what is my answer", "maybe"])
def test_other_text_confirms_nothing(text: str) -> None:
    """A question, a doubt and a no are no confirmation."""
    assert not is_confirmation(text)
