"""Every flow in which something is asked, with every interruption: nothing is lost, doubled, or answered by chance."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.actions.composition import Parts
from tests.bot.actions.chat import Chat, Reply
from tests.bot.actions.flows import FLOWS, Flow, orders_of, read_kept

ASKING = {
    "a question": ("what is co-creation?", "ask_system"),
    "help": ("what can you do?", "ask_help"),
    "stop": ("stop", "goodbye"),
    "marks": ("?!...", "nlu_fallback"),
    "nonsense": ("asdf qwertz", "out_of_scope"),
    "slips": ("asdf qwertz", "nlu_fallback"),  # the classifier was sure of nothing
    "a paper": ("export my plan as a document", "export_plan"),
    "the notes": ("my notes as a pdf", "export_plan"),
    "all data": ("give me my data", "export_my_data"),
    "progress": ("show my progress", "ask_progress"),
    "the certificate": ("i want my certificate", "get_certificate"),
    "a code": ("go on on my phone", "link_channel"),
    "a greeting": ("hello", "greet"),
    "privacy": ("what do you store?", "ask_privacy"),
}
MOVING = {"skip": ("skip", "skip_step"), "back": ("go back", "previous_card")}
ONLY_ONCE = ("erasing", "unlinking", "deleting a note")  # a yes counts only right after it was asked for
LEFT_BY = {  # "stop" leads from a name back to the plan; a reminder is no work to come back to
    "new project": ("stop",),
    "renaming": ("stop",),
    "reminder": ("stop",),
    "time zone": ("stop",),
}
WAYS_BACK = ("Go on practising", "Back to my note", "Back to")  # the nearest first


def _interrupt(chat: Chat, what: str) -> Reply:
    text, intent = {**ASKING, **MOVING}[what]
    return chat.type(text, intent, ranking={intent: 0.99})


def _return(chat: Chat, reply: Reply) -> None:
    """Press the way back that the newest reply offers, if the question is not open any more."""
    ways = [one for way in WAYS_BACK for one in reply.buttons if one["title"].startswith(way)]
    assert ways, f"no way back in {reply.names}: {[one['title'] for one in reply.buttons]}"
    chat.press(ways[0])


def _place(chat: Chat) -> tuple[str, str]:
    return chat.slots["step"], chat.slots["interview"]


def _land(parts: Parts, database: Path, flow: Flow, name: str, interrupt: Callable[[Chat], None]) -> dict[str, int]:
    """Enter, be interrupted, answer; tell how many rows of each kind came with the answer."""
    chat = Chat(parts, name)
    flow.enter(chat)
    interrupt(chat)
    before = read_kept(database)
    flow.answer(chat, f"answer of {name}")
    after = read_kept(database)
    return {kind: sum(row not in before[kind] for row in rows) for kind, rows in after.items() if rows != before[kind]}


@pytest.mark.parametrize("name", FLOWS)
def test_answer_without_interruption_is_kept(parts: Parts, database: Path, name: str) -> None:
    """Each flow's answer is kept as what it is; a yes to erasing or unlinking goes to the door."""
    flow = FLOWS[name]

    kept = _land(parts, database, flow, "ann", lambda chat: None)

    assert list(kept) == ([flow.keeps] if flow.keeps else [])


@pytest.mark.parametrize("name", [name for name in FLOWS if name not in ONLY_ONCE])
def test_interruptions_keep_nothing_and_lead_back(parts: Parts, database: Path, name: str) -> None:
    """One after another: each is answered, nothing is kept of it, and in the end the answer lands once."""
    flow, chat = FLOWS[name], Chat(parts)
    flow.enter(chat)
    before = read_kept(database)

    for what in ASKING:
        if what not in LEFT_BY.get(name, ()):
            place = _place(chat)
            reply = _interrupt(chat, what)
            assert read_kept(database) == before, what
            assert reply.text and reply.buttons and "utter_trouble" not in reply.names, what
            if _place(chat) != place:
                _return(chat, reply)
            assert _place(chat) == place, what
    flow.answer(chat, "answer")
    changed = [kind for kind, rows in read_kept(database).items() if rows != before[kind]]
    assert changed == [flow.keeps]


@pytest.mark.parametrize("name", ONLY_ONCE)
def test_yes_after_an_interruption_does_nothing(parts: Parts, database: Path, name: str) -> None:
    """What cannot be undone was asked once; after anything else in between a yes, typed or pressed, asks again."""
    flow, chat = FLOWS[name], Chat(parts)
    asked = flow.enter(chat)
    slots, before = dict(chat.slots), read_kept(database)

    for what in (*ASKING, *MOVING):
        chat.slots = dict(slots)
        told = _interrupt(chat, what)
        typed, pressed = chat.type("yes", "affirm"), chat.press(asked.buttons[0])
        assert told.text and told.buttons, what
        assert read_kept(database) == before, what
        assert orders_of(typed) == orders_of(pressed) == [], what


@pytest.mark.parametrize("what", MOVING)
@pytest.mark.parametrize("name", [name for name in FLOWS if name not in ONLY_ONCE])
def test_moving_on_or_back_traps_nobody(parts: Parts, database: Path, name: str, what: str) -> None:
    """Skipping and going back give no answer in the person's name, and there is a way on."""
    flow, chat = FLOWS[name], Chat(parts)
    flow.enter(chat)
    before = read_kept(database)

    reply = _interrupt(chat, what)

    given = ["attempt"] if (name, what) == ("how sure", "skip") else []  # "rather not say" leaves the answer given
    unsaid = ["comparison"] if (name, what) == ("comparison", "skip") else []  # the question counts as passed over
    assert [kind for kind, rows in read_kept(database).items() if rows != before[kind]] == given + unsaid
    assert reply.text and reply.buttons and "utter_trouble" not in reply.names


@pytest.mark.parametrize("name", FLOWS)
def test_answer_sent_twice_counts_once(parts: Parts, database: Path, name: str) -> None:
    """A double tap comes as the same message again: it gets the same reply, and nothing is kept twice."""
    flow, chat = FLOWS[name], Chat(parts)
    flow.enter(chat)
    slots = dict(chat.slots)
    first = flow.answer(chat, "answer")
    kept = read_kept(database)

    chat.slots = slots  # as after a crash: the conversation did not learn of the first
    second = flow.answer(chat, "answer")

    assert read_kept(database) == kept
    assert second.names == first.names


@pytest.mark.parametrize("name", FLOWS)
def test_answer_under_two_ids_counts_once(parts: Parts, database: Path, name: str) -> None:
    """A double tap that comes as two messages: nothing more is kept, nothing is ordered, and there is a way on."""
    flow, chat = FLOWS[name], Chat(parts)
    flow.enter(chat)
    flow.answer(chat, "answer")
    kept = read_kept(database)

    again = flow.answer(chat, "answer, once more")

    assert read_kept(database) == kept
    assert again.text and again.buttons and "utter_trouble" not in again.names
    assert not orders_of(again)


@pytest.mark.parametrize("name", ["new project", "renaming"])
@pytest.mark.parametrize("text", ["stop", "Stop!", "no, forget it"])
def test_stop_while_a_name_is_asked_leads_to_the_plan(parts: Parts, database: Path, name: str, text: str) -> None:
    """Nothing is called "stop"; the plan is shown where it was, and goes on."""
    flow, chat = FLOWS[name], Chat(parts)
    flow.enter(chat)
    before = read_kept(database)

    reply = chat.type(text, "goodbye", ranking={"goodbye": 0.99})
    kept = read_kept(database)
    chat.type("Their sons, too.")

    assert kept == before
    assert reply.names == ["utter_plan_resumed", "utter_plan_question"]
    assert read_kept(database)["plan"] != before["plan"]


@pytest.mark.parametrize("name", ["new project", "renaming"])
@pytest.mark.parametrize("text", ["asdf qwertz", "hjkl", "?!...", "🌻"])
@pytest.mark.parametrize("intent", ["nlu_fallback", "out_of_scope", "greet"])
def test_nonsense_while_a_name_is_asked_names_nothing(
    parts: Parts, database: Path, name: str, text: str, intent: str
) -> None:
    """It is said that no name was read; the next text is one."""
    flow, chat = FLOWS[name], Chat(parts)
    flow.enter(chat)
    before = read_kept(database)

    reply = chat.type(text, intent)
    kept = read_kept(database)
    flow.answer(chat, "answer")

    assert kept == before
    assert reply.names == ["utter_project_name_waits"] and reply.button("Back to my plan")
    assert "Night bus" in [row[0] for row in read_kept(database)["plan"]]


@pytest.mark.parametrize("name", ["comparison", "plan", "changing an answer", "new project", "renaming"])
@pytest.mark.parametrize("has_note", [False, True])
def test_notes_looked_at_in_an_interview_lead_back(parts: Parts, database: Path, name: str, has_note: bool) -> None:
    """Whoever looks up what they once wrote finds the open question again, and answers it."""
    flow, chat = FLOWS[name], Chat(parts)
    if has_note:
        FLOWS["reflection"].enter(chat)
        FLOWS["reflection"].answer(chat, "note")
    flow.enter(chat)
    place, before = _place(chat), read_kept(database)

    _return(chat, chat.type("my notes", "show_notes", ranking={"show_notes": 0.99}))
    returned = _place(chat)
    flow.answer(chat, "answer")

    assert returned == place
    assert [kind for kind, rows in read_kept(database).items() if rows != before[kind]] == [flow.keeps]


@pytest.mark.parametrize("name", ["plan", "comparison"])
def test_way_back_stays_on_every_page_of_the_notes(parts: Parts, name: str) -> None:
    """Whoever opens a note, and the list again, still finds the open question; in a lesson it is the lesson."""
    chat = Chat(parts)
    FLOWS["reflection"].enter(chat)
    FLOWS["reflection"].answer(chat, "note")
    in_lesson = chat.type("my notes", "show_notes", ranking={"show_notes": 0.99})
    FLOWS[name].enter(chat)

    listed = chat.type("my notes", "show_notes", ranking={"show_notes": 0.99})
    opened = chat.press(next(one for one in listed.buttons if one["title"].startswith("1 · ")))
    again = chat.press(opened.button("All my notes"))

    back = "Back to the comparison" if name == "comparison" else "Back to my plan"
    told = [[button["title"] for button in one.buttons] for one in (in_lesson, listed, opened, again)]
    assert [back in titles for titles in told] == [False, True, True, True]


@pytest.mark.parametrize("name", ["reflection", "changing a note"])
@pytest.mark.parametrize("text", ["asdf qwertz", "hjkl", "aaaa"])
def test_nonsense_while_a_note_is_written_keeps_nothing(parts: Parts, database: Path, name: str, text: str) -> None:
    """A slip of the keyboard is no note, also where the classifier was sure of nothing; the note is asked for again."""
    flow, chat = FLOWS[name], Chat(parts)
    flow.enter(chat)
    before = read_kept(database)

    reply = chat.type(text, "nlu_fallback", ranking={"ask_hint": 0.3})
    kept = read_kept(database)
    flow.answer(chat, "answer")

    assert kept == before and reply.buttons
    assert read_kept(database)["note"] != before["note"]


@pytest.mark.parametrize("text", ["Kodukülastus", "Sąsiedzi najpierw", "NHS", "tree"])
def test_word_of_any_language_is_a_note(parts: Parts, database: Path, text: str) -> None:
    """A word that the course does not know is kept all the same: only a slip is none."""
    chat = Chat(parts)
    FLOWS["reflection"].enter(chat)

    chat.type(text, "nlu_fallback", ranking={"ask_pilots": 0.3})

    assert [row[1] for row in read_kept(database)["note"]] == [text]


@pytest.mark.parametrize("name", [name for name in FLOWS if name != "reminder"])  # its buttons are whole wishes
def test_old_buttons_change_nothing(parts: Parts, database: Path, name: str) -> None:
    """Every button that stood under yesterday's question gets a kind word, and gives no answer today."""
    flow, chat = FLOWS[name], Chat(parts)
    asked = flow.enter(chat)
    flow.answer(chat, "answer")
    kept = read_kept(database)

    slots, replies = dict(chat.slots), []
    for one in asked.buttons:
        chat.slots = dict(slots)
        replies.append(chat.press(one))

    assert read_kept(database) == kept
    for reply in replies:
        assert reply.text and "utter_trouble" not in reply.names
        assert not orders_of(reply)


def test_reminder_in_the_middle_of_a_comparison_is_set(parts: Parts, database: Path) -> None:
    """A wish to be reminded has a number in it, and is none of the values; the comparison waits."""
    chat = Chat(parts)
    FLOWS["comparison"].enter(chat)

    reply = chat.type("remind me every weekday at 12:30", "set_reminder", ranking={"set_reminder": 0.99})

    assert reply.names[0] == "utter_reminder_set" and reply.button("Back to the comparison")
    assert read_kept(database)["reminder"]
