"""Comparing one's own setting in the chat: by buttons and by typing, with questions in between."""

from __future__ import annotations

from itertools import cycle

import pytest

from bot.actions.composition import Parts
from knowledge.checks import count_words
from telling.bubbles import BUBBLE_LIMIT_WORDS, TURN_LIMIT_BUBBLES
from tests.bot.actions.chat import Chat, Reply


@pytest.fixture
def asked(chat: Chat) -> Reply:
    """Stand at the first question."""
    return chat.press("/compare_setting")


def _finish(chat: Chat) -> Reply:
    reply = chat.press('/compare_setting{"move": "new"}')
    for text in ("older people", "social care", "yes", "about 20", "in villages", "visits", "trust", "the town"):
        reply = chat.type(text)
    return reply


def test_comparison_begun_says_whose_reading_it_is(chat: Chat, asked: Reply, parts: Parts) -> None:
    """The first question comes with every value as a button, and the sorting is called the tutor's own."""
    assert asked.names == ["utter_compare_opening", "utter_compare_question_several"]
    assert "my own reading" in asked.text
    for label in parts.knowledge.comparison[0].values.values():
        assert asked.button(label)
    assert (chat.slots["step"], chat.slots["interview"]) == ("interview", "compare")


def test_marking_several_is_explained_once(chat: Chat, asked: Reply) -> None:
    """The first question of that kind says how; the next ones only that more than one can fit."""
    following = chat.type("older people")
    single = chat.type("social care")

    assert asked.names[-1] == "utter_compare_question_several"
    assert (following.names, single.names) == (["utter_compare_question_more"], ["utter_compare_question"])


@pytest.mark.parametrize(
    ("text", "intent"), [("yes", "affirm"), ("ok", "affirm"), ("that is my answer", "nlu_fallback")]
)
def test_yes_without_a_mark_is_asked_about(chat: Chat, asked: Reply, text: str, intent: str) -> None:
    """The question does not pass by chance; with something marked a yes goes on."""
    unclear = chat.type(text, intent)
    chat.press(asked.button("Older people"))
    following = chat.type(text, intent)

    assert unclear.names == ["utter_compare_which"]
    assert following.names == ["utter_compare_question_more"]


def test_values_are_marked_and_taken(chat: Chat, asked: Reply) -> None:
    """Several are marked one by one, then the person goes on."""
    one = chat.press(asked.button("Older people"))
    two = chat.press(one.button("Illness"))
    following = chat.press(two.button("Go on"))

    assert (one.names, two.names) == (["utter_compare_marked"], ["utter_compare_marked"])
    assert two.button("✓ Older people") and "kind of service" in following.text


def test_result_tells_near_different_worked_and_hard(chat: Chat) -> None:
    """Two or three pilots, each with reasons, what worked and was hard, its sources, and what to read next."""
    reply = _finish(chat)

    assert 2 <= len(reply.bubbles) <= TURN_LIMIT_BUBBLES
    for bubble in reply.bubbles:
        assert bubble.name.startswith("utter_compare_pilot") and bubble.sources
        assert all(name in bubble.text for name in ("Like yours", "What worked", "What was hard"))
    assert len(reply.payloads("ask_topic")) == len(reply.bubbles)
    assert reply.button("Compare again") and chat.slots["step"] == "none"


def test_result_is_kept(chat: Chat) -> None:
    """Asked again the kept result is told; a new comparison begins with the first question."""
    result = _finish(chat)

    again = chat.press("/compare_setting")
    anew = chat.press(again.button("Compare again"))

    assert again.text == result.text
    assert anew.names[0] == "utter_compare_opening"


@pytest.mark.usefixtures("asked")
def test_question_in_between_is_answered_and_the_place_offered(chat: Chat) -> None:
    """A question is answered, and the button leads back to the same question."""
    told = chat.type("what is a living lab?", "ask_catalysts")
    back = chat.press(told.button("Back to the comparison"))

    assert told.names[0] == "utter_answer"
    assert back.names == ["utter_compare_resumed", "utter_compare_question_several"]


@pytest.mark.parametrize(
    ("text", "intent", "response"),
    [
        ("blah blah", "nlu_fallback", "utter_compare_which"),
        ("help", "ask_help", "utter_compare_help"),
        ("skip", "skip_step", "utter_compare_question_more"),
        ("next", "continue_lesson", "utter_compare_question_more"),
        ("back", "previous_card", "utter_compare_question_several"),
        ("show it again", "repeat_card", "utter_compare_resumed"),
        ("stop", "goodbye", "utter_goodbye"),
        ("thanks", "thank", "utter_welcome"),
        ("my plan", "show_plan", "utter_no_plan"),
    ],
)
@pytest.mark.usefixtures("asked")
def test_other_words_never_trap(chat: Chat, text: str, intent: str, response: str) -> None:
    """Nonsense, help, skip, back, stop and commands all lead on."""
    reply = chat.type(text, intent)

    assert reply.names[0] == response and reply.buttons


@pytest.mark.parametrize("intent", ["ask_progress", "compare_setting", "nlu_fallback"])
@pytest.mark.usefixtures("asked")
def test_words_of_a_button_are_an_answer_whatever_they_sound_like(chat: Chat, intent: str) -> None:
    """What fits the question is taken, though a few words may be understood as something else."""
    assert "kind of service" in chat.type("older people", intent).text


@pytest.mark.usefixtures("asked")
def test_number_is_an_answer_however_sure_another_intent_is(chat: Chat) -> None:
    """A reply with a number in it is an answer where it fits, though it sounds like asking for one's progress."""
    text = "1 and older people"

    assert "kind of service" in chat.type(text, "ask_progress", ranking={"ask_progress": 0.97}).text


def test_no_is_an_answer_where_it_fits(chat: Chat, asked: Reply) -> None:
    """To "can people choose" a no is an answer, though it sounds like a refusal."""
    chat.type("skip", "skip_step")
    chat.type("skip", "skip_step")

    reply = chat.type("no", "deny")

    assert "How many people" in reply.text
    assert chat.parts.compare.begin(chat.name, "x")["chosen"]["choice"] == ["required"]


def test_button_from_earlier_is_told_kindly(chat: Chat, asked: Reply) -> None:
    """A button of a past question changes nothing."""
    chat.type("older people")

    reply = chat.press(asked.button("Young people"))

    assert reply.names == ["utter_stale_button"]


@pytest.mark.usefixtures("asked")
def test_same_message_again_is_told_the_same(chat: Chat) -> None:
    """A typed answer that comes twice answers one question."""
    first, again = (chat.type("older people", message_id="same") for _ in range(2))

    assert first == again and "kind of service" in first.text


def test_all_skipped_finds_no_pilot(chat: Chat, asked: Reply, parts: Parts) -> None:
    """Without an answer no pilot is claimed to be near."""
    reply = asked
    for _ in parts.knowledge.comparison:
        reply = chat.type("skip", "skip_step")

    assert reply.names == ["utter_compare_none"] and reply.button("Compare again")


def test_bubbles_are_short_for_many_settings(chat: Chat, parts: Parts) -> None:
    """Whatever was marked, three bubbles of ninety words at most."""
    lengths = []
    for start in range(8):
        chat.press('/compare_setting{"move": "new"}')
        for attribute in parts.knowledge.comparison:
            values = cycle(attribute.values)
            chosen = [next(values) for _ in range(start + (4 if attribute.several else 1))][start:]
            parts.compare.answer(chat.name, f"m{start}{attribute.key}", chosen)
        lengths += [count_words(one.text) for one in chat.press("/compare_setting").bubbles]

    assert max(lengths) <= BUBBLE_LIMIT_WORDS
