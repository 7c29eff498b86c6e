"""Planning one's own project in the chat: stages in any order, answers kept as written, and never trapped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.actions.composition import Parts
from database import open_engine
from knowledge.checks import count_words
from knowledge.model import Stage
from learning import plan
from learning.lessons import LessonWalk
from learning.store import LearningStore
from telling.bubbles import BUBBLE_LIMIT_WORDS, TURN_LIMIT_BUBBLES
from tests.bot.actions.chat import Chat, Reply
from tests.bot.actions.flows import FLOWS, read_kept
from tests.bot.actions.records import read

PREPARE = '/choose_stage{"stage_id": "roadmap.prepare"}'
ANSWERS = "SELECT question_id, text FROM plan_answer ORDER BY id"


@pytest.fixture
def stage(parts: Parts) -> Stage:
    """Give the first stage."""
    return parts.knowledge.stages["roadmap.prepare"]


@pytest.fixture
def asked(chat: Chat, stage: Stage) -> Reply:
    """Stand at the first question of the first stage."""
    return chat.press(PREPARE)


def test_roadmap_started_says_whose_order_it_is(chat: Chat, parts: Parts) -> None:
    """The order by phases is called the tutor's own, the project's Roadmap a star map, and every stage is offered."""
    reply = chat.press("/start_roadmap")

    assert reply.names == ["utter_plan_opening"]
    assert "my own" in reply.text and "star map" in reply.text
    assert len(reply.payloads("choose_stage")) == len(parts.knowledge.stages)


def test_stage_opens_with_purpose_and_question(chat: Chat, asked: Reply, stage: Stage) -> None:
    """A stage tells what it is for, with sources, and asks its first question."""
    assert asked.names == ["utter_plan_opening", "utter_stage_opening", "utter_plan_question"]
    assert stage.purpose.text in asked.text and stage.questions[0].ask in asked.text
    assert asked.bubbles[-1].progress["total"] == len(stage.questions)
    assert (chat.slots["step"], chat.slots["interview"]) == ("interview", "plan")


@pytest.mark.parametrize(("text", "title"), [("stage 3", "Co-design"), ("take me to the sustain stage", "sustain")])
def test_stage_typed_is_opened(chat: Chat, text: str, title: str) -> None:
    """A stage is found by number or name."""
    reply = chat.type(text, "choose_stage")

    assert reply.names[-1] == "utter_plan_question" and title in reply.text


def test_stage_not_named_lists_all(chat: Chat, parts: Parts) -> None:
    """Who names no stage chooses one."""
    chat.press("/start_roadmap")

    reply = chat.type("another stage", "choose_stage")

    assert reply.names == ["utter_plan_stages"]
    assert len(reply.payloads("choose_stage")) == len(parts.knowledge.stages)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("We want to redesign our home care together with the clients", "start_roadmap"),
        ("nobody", "answer_item"),
        ("The head of the library, she said yes", "ask_ethics"),
        ("*Two* rooms {x} <b> =cmd() 👩🏽‍🌾", "nlu_fallback"),
        ("x" * 4000, "nlu_fallback"),
    ],
)
@pytest.mark.usefixtures("asked")
def test_answer_is_kept_as_written(chat: Chat, stage: Stage, database: Path, text: str, intent: str) -> None:
    """What is typed at a question is kept, whatever it sounds like, and the next question comes."""
    reply = chat.type(text, intent)

    assert reply.names == ["utter_plan_kept", "utter_plan_question"]
    assert read(database, ANSWERS) == [(plan.ids_of(stage)[0], text)]


@pytest.mark.usefixtures("asked")
def test_that_answers_are_kept_is_explained_once(chat: Chat) -> None:
    """The second time a word is enough."""
    told = [chat.type(text) for text in ("Two rooms.", "The head of the library.")]

    assert [reply.names[0] for reply in told] == ["utter_plan_kept", "utter_plan_kept_too"]


@pytest.mark.usefixtures("asked")
def test_help_and_example_leave_the_question_open(chat: Chat, stage: Stage, database: Path) -> None:
    """Help and example come by button and by typing; nothing is kept, and the answer still lands."""
    first = stage.questions[0]

    replies = [chat.type("help", "ask_help"), chat.type("example", "ask_example"), chat.type("a hint", "ask_hint")]
    chat.type("Two rooms", "nlu_fallback")

    assert [reply.names[0].removesuffix("_with_note") for reply in replies] == [
        "utter_plan_help",
        "utter_plan_example",
        "utter_plan_help",
    ]
    assert first.help in replies[0].text and first.example in replies[1].text
    assert len(read(database, ANSWERS)) == 1


def test_buttons_under_a_question_do_as_typed(chat: Chat, asked: Reply, stage: Stage) -> None:
    """Help, example, skip and back can be pressed."""
    helped = chat.press(asked.button("What is meant?"))
    example = chat.press(asked.button("Example"))
    skipped = chat.press(asked.button("Skip"))
    back = chat.press(skipped.button("Back"))

    assert helped.names[0].startswith("utter_plan_help") and example.names[0].startswith("utter_plan_example")
    assert stage.questions[1].ask in skipped.text and stage.questions[0].ask in back.text


@pytest.mark.usefixtures("asked")
def test_question_in_between_is_answered_and_the_place_offered(chat: Chat, database: Path, stage: Stage) -> None:
    """A question to the tutor is answered, nothing of it is kept as an answer, and a button leads back."""
    told = chat.type("what is a living lab?", "ask_catalysts")
    back = chat.press(told.button("Back to my plan"))
    chat.type("what is a living lab?", "ask_catalysts")
    after = chat.type("Two rooms", "nlu_fallback")

    assert told.names[0] == "utter_answer"
    assert stage.questions[0].ask in back.text
    assert after.names[0] == "utter_plan_kept" and len(read(database, ANSWERS)) == 1


@pytest.mark.parametrize(
    ("text", "intent"), [("asdf", "out_of_scope"), ("no", "deny"), ("👍", "affirm"), ("…", "nlu_fallback")]
)
@pytest.mark.usefixtures("asked")
def test_nonsense_is_not_kept(chat: Chat, database: Path, stage: Stage, text: str, intent: str) -> None:
    """What says nothing is not put into the plan; the question waits, with its ways on."""
    reply = chat.type(text, intent)

    assert reply.names == ["utter_plan_waits"]
    assert stage.questions[0].ask in reply.text and reply.button("Skip")
    assert read(database, ANSWERS) == []


@pytest.mark.usefixtures("asked")
def test_stop_leaves_the_question(chat: Chat, database: Path) -> None:
    """After a goodbye nothing that is typed lands in the plan, and the plan is found again."""
    reply = chat.type("stop", "goodbye")
    chat.type("older people", "nlu_fallback")

    assert reply.names == ["utter_goodbye"] and chat.slots["step"] == "none"
    assert read(database, ANSWERS) == []
    assert chat.press("/start_roadmap").names == ["utter_plan_resumed", "utter_plan_question"]


@pytest.mark.parametrize(
    ("text", "intent", "response"),
    [
        ("thanks", "thank", "utter_welcome"),
        ("hi", "greet", "utter_greet_at_interview"),
        ("what do you store?", "ask_privacy", "utter_privacy"),
        ("i want to hurt myself", "tell_distress", "utter_distress"),
        ("show my plan", "show_plan", "utter_plan_status"),
        ("my progress", "ask_progress", "utter_no_progress"),
    ],
)
@pytest.mark.usefixtures("asked")
def test_command_in_between_is_obeyed(chat: Chat, database: Path, text: str, intent: str, response: str) -> None:
    """Commands work at a question as anywhere, and none is kept as an answer."""
    assert chat.type(text, intent).names[0] == response
    assert read(database, ANSWERS) == []


@pytest.mark.usefixtures("asked")
def test_lesson_in_between_and_back(chat: Chat, stage: Stage) -> None:
    """Who takes a lesson in the middle finds the question again; what is typed in the lesson is not an answer."""
    chat.press("/start_course")
    step = chat.slots["step"]

    reply = chat.press("/start_roadmap")

    assert step == "card" and stage.questions[0].ask in reply.text


def test_button_from_earlier_is_told_kindly(chat: Chat, asked: Reply, stage: Stage) -> None:
    """A button of a question that is past changes nothing and leads back."""
    chat.type("Two rooms")

    reply = chat.press(asked.button("Skip"))

    assert reply.names == ["utter_stale_button"]
    assert stage.questions[1].ask in chat.press(reply.button("Back to my plan")).text


@pytest.mark.usefixtures("asked")
def test_same_message_again_is_told_the_same(chat: Chat, database: Path, stage: Stage) -> None:
    """An answer that comes twice with one id is kept once, also the last of a stage, which leaves the interview."""
    for question in stage.questions:
        first, again = (chat.type(f"Rooms: {question.key}", message_id=question.key) for _ in range(2))

    assert first == again and first.names[0] == "utter_stage_end_kept"
    assert len(read(database, ANSWERS)) == len(stage.questions)


def test_stage_end_tells_tips_and_what_fits(chat: Chat, parts: Parts, stage: Stage) -> None:
    """At its end a stage tells how far it is and gives advice; it offers lessons, catalysts, pilots, the next stage."""
    reply = chat.press(PREPARE)
    while chat.slots["step"] == "interview":
        reply = chat.type("skip", "skip_step")
    tips = chat.press(reply.button("All tips"))
    pitfalls = chat.press(tips.button("All pitfalls"))

    assert reply.names == ["utter_stage_end", "utter_stage_advice"]
    assert stage.tips[0].text in reply.text and stage.pitfalls[0].text in reply.text
    assert reply.button("Next stage") and reply.payloads("choose_lesson") and len(reply.payloads("ask_topic")) >= 2
    assert all(one.text in tips.text and (one.note or "") in tips.text for one in stage.tips)
    assert all(one.text in pitfalls.text for one in stage.pitfalls)


def test_place_survives_a_restart(chat: Chat, parts: Parts, stage: Stage, database_url: str, database: Path) -> None:
    """Between question and answer everything may restart: the answer lands at its question."""
    chat.press(PREPARE)
    engine = open_engine(database_url)
    store = LearningStore(engine)
    later = Chat(replace(parts, store=store, walk=LessonWalk(parts.knowledge, store)))
    later.slots = dict(chat.slots)

    reply = later.type("Two rooms")
    engine.dispose()

    assert reply.names[0] == "utter_plan_kept"
    assert read(database, ANSWERS) == [(plan.ids_of(stage)[0], "Two rooms")]


def test_lesson_offers_to_apply_it(chat: Chat, parts: Parts) -> None:
    """At its end a lesson that a stage lists leads to the first open question of that stage."""
    stage = parts.knowledge.stages["roadmap.prepare"]
    chat.press(f'/choose_lesson{{"lesson_id": "{stage.lessons[0]}"}}')
    reply = chat.press("/repeat_card")
    while chat.slots["step"] != "summary":
        reply = chat.press("/skip_step")

    applied = chat.press(reply.button("Apply this to my project"))

    assert applied.names[-1] == "utter_plan_question"
    assert applied.bubbles[-1].progress["lesson"] == stage.title


def test_bubbles_of_the_whole_walk_are_short(chat: Chat, parts: Parts) -> None:
    """Through every stage, with help and example for each question, no turn and no bubble is too long."""
    replies = []
    for stage_id in parts.knowledge.stages:
        replies.append(chat.press(f'/choose_stage{{"stage_id": "{stage_id}"}}'))
        while chat.slots["step"] == "interview":
            replies += [chat.type("help", "ask_help"), chat.type("example", "ask_example"), chat.type("word " * 200)]
        replies.append(chat.press(f'/choose_stage{{"stage_id": "{stage_id}", "move": "pitfalls"}}'))
        replies.append(chat.press(f'/choose_stage{{"stage_id": "{stage_id}", "move": "tips"}}'))
        replies.append(chat.press(f'/show_plan{{"stage_id": "{stage_id}"}}'))
        replies.append(chat.press("/show_plan"))

    assert max(len(reply.bubbles) for reply in replies) <= TURN_LIMIT_BUBBLES
    told = "\n".join(reply.text for reply in replies)
    assert all(one.text in told for stage in parts.knowledge.stages.values() for one in (*stage.tips, *stage.pitfalls))
    assert max(count_words(one.text) for reply in replies for one in reply.bubbles) <= BUBBLE_LIMIT_WORDS


@pytest.mark.parametrize("text", ["ASD", "SDS", "Pop", "REDS"])
@pytest.mark.parametrize("name", ["new project", "renaming"])
def test_short_name_or_one_in_capitals_is_a_name(parts: Parts, database: Path, name: str, text: str) -> None:
    """Its letters may lie side by side on the keyboard and mean something to those who work there."""
    chat = Chat(parts)
    FLOWS[name].enter(chat)

    chat.type(text, "out_of_scope")

    assert text in [row[0] for row in read_kept(database)["plan"]]
