"""From the page to Telegram and back, with the whole tutor: one course at both doors, and its papers as documents."""

from __future__ import annotations

import itertools
import re

import pytest

from tests.channels.telegram.chat import Chat, StandIn
from tests.person import Person
from tests.running import RunningTutor

CHAT_IDS = itertools.count(7_400_001)
WHO = "Older people who live alone near Võru."
NOTE = "We asked the night shift what they see."
PDF, ZIP, PNG = "25504446", "504b0304", "89504e47"  # how such files begin; a Word file is a ZIP


@pytest.fixture
def laptop(tutor: RunningTutor) -> Person:
    """Give somebody on the web page, with a plan, in the middle of a lesson with a note."""
    person = Person(tutor.url)
    person.begin()
    person.say("plan my own project")
    person.say("stage 1")
    person.say(WHO)
    person.say("lesson 1")
    while not person.newest[-1]["text"].startswith("Your turn: "):
        person.press("Next" if "Next" in person.titles() else "Skip")
    person.say(NOTE)
    person.press("Next")
    return person


@pytest.fixture
def chat(bot_api: StandIn) -> Chat:
    """Give a chat of somebody new."""
    return Chat(bot_api, next(CHAT_IDS))


def deep_link_code(person: Person) -> str:
    """Ask for a code on the page, and return it out of the link into Telegram."""
    person.say("go on on my phone")
    found = re.search(r"https://t\.me/stand_in_bot\?start=([A-Z0-9-]{9})", person.newest[0]["text"])
    assert found, person.newest[0]["text"]
    return found.group(1)


def written(calls: list[dict[str, str]]) -> str:
    """Return all texts and captions of what was sent."""
    return "\n".join(call.get("text") or call.get("caption") or "" for call in calls)


def step(person: Person) -> tuple[str, int]:
    """Return the lesson and the step at which the newest reply stands."""
    told = next(message["progress"] for message in reversed(person.newest) if message["progress"])
    return told["lesson"], told["done"]


def test_course_goes_on_in_telegram_by_deep_link(laptop: Person, chat: Chat) -> None:
    """The link joins at once; place, notes and plan are the same at both doors; papers and pictures come as such."""
    place = step(laptop)
    joined = chat.say(f"/start {deep_link_code(laptop)}", until="Go on")
    there = chat.press("Go on", until="Next")
    notes = chat.say("/notes")
    plan = chat.say("show my plan", until="As a document")
    files = send_plan(chat)
    stars = chat.say("/progress", until="Back to my lesson")
    chat.press("Back to my lesson", until="Next")
    chat.press("Next")
    laptop.say("where was I?")
    moved = step(laptop)

    assert "same course as on your other device" in written(joined)
    assert f"{place[0]} · {place[1]} of " in written(there)
    assert NOTE in written(notes)
    assert WHO in written(plan)
    assert [(file["file"].rpartition(".")[2], file["begins"]) for file in files[:2]] == [("pdf", PDF), ("docx", ZIP)]
    assert all(file["bytes"] > 4_000 for file in files[:2])
    assert [call["photo"]["begins"] for call in stars if call["method"] == "sendPhoto"] == [PNG]
    assert (moved[0], moved[1]) == (place[0], place[1] + 1)


def send_plan(chat: Chat) -> list[dict[str, str]]:
    """Ask for the plan as a file, and return the documents that came."""
    sent = chat.say("export my plan", until="My plan")
    return [call["document"] for call in sent if call["method"] == "sendDocument"]


def test_two_histories_are_put_together_after_one_question_and_part_again(laptop: Person, chat: Chat) -> None:
    """Who has begun in Telegram, too, is asked once; afterwards one door can be taken out, and is somebody new."""
    chat.say("/start", until="Take a lesson")
    chat.say("lesson 2", until="Next")
    chat.press("Next")
    asked = chat.say(f"/start {deep_link_code(laptop)}", until="Put both together")
    joined = chat.press("Put both together", until="Go on")
    chat.say("unlink my phone", until="Take this one out")
    parted = chat.press("Take this one out")
    anew = chat.say("/notes")
    laptop.say("show my notes")

    assert "Shall I put both together?" in written(asked)
    assert "both are one now" in written(joined)
    assert "somebody new here" in written(parted)
    assert NOTE not in written(anew)
    assert NOTE in " ".join(message["text"] for message in laptop.newest)
