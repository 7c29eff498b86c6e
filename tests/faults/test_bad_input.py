"""Whatever is sent, the running tutor answers clearly, and goes on answering."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.faults.quiz import enter_quiz
from tests.person import Person, new_id
from tests.running import RunningTutor

QUESTION = "What is co-creation?"
TAKEN = {
    "one letter": "x",
    "longest text": "co-creation " * 333,
    "longest word": "x" * 4_000,
    "control characters": "what is\x00 co-creation\x1b[31m\x07?",
    "bidirectional characters": "what is \u202enoitaerc-oc\u202c\u2066\u2069?",
    "zero-width characters": "what\u200b is\ufeff co-creation\u2060?",
    "half a surrogate pair": "what is \ud83d co-creation?",
    "only emoji": "🙂🎉👩‍🔬",
    "only a new emoji": "🫠🫨",
    "only marks": "?!?! ... --- ((( ]]] ***",
    "other scripts": "что такое? 共同创造是什么？ ما هو الإبداع المشترك؟",
    "HTML": "<b>what</b> is <a href='javascript:alert(1)'>this</a>?",
    "script": "<script>alert(document.cookie)</script>",
    "SQL": "'; DROP TABLE outbox; --",
    "template": "{lesson} {{7*7}} ${HOME} %s %(x)s",
    "path": "../../../../etc/passwd",
    "restart": "/restart",
    "double restart": "//restart",
    "session start": "/session_start",
    "intent with slot": '/intent{"slot":1}',
    "answer as command": '/answer_item{"option_id":"x"}',
    "command after blanks": " \u202e/\u200b/ /restart",
    "broken command": "/answer_item{",
}
REFUSED = {
    "empty": ("", 400),
    "blanks": (" \n\t\u00a0 ", 400),
    "zero-width only": ("\u200b\u200d\u2060\ufeff", 400),
    "direction only": ("\u202e\u202c", 400),
    "NUL": ("\x00", 400),
    "surrogates": ("\ud800\udfff"[::-1], 400),
    "slashes": ("// /", 400),
    "5,000 characters": ("word " * 1_000, 413),
    "100 kB": ("x" * 100_000, 413),
    "100 kB of emoji": ("🙂" * 25_000, 413),
}
ID = "11111111-2222-4333-8444-555555555555"
MALFORMED = {
    "nothing": b"",
    "not JSON": b"hello",
    "cut off": b'{"id": "' + ID.encode() + b'", "text": "hel',
    "no text": b"\xff\xfe\xfd",
    "null": b"null",
    "number": b"7",
    "huge number": b"1" * 60_000,
    "string": b'"hello"',
    "array": b'[{"id": "' + ID.encode() + b'", "text": "hello"}]',
    "deep array": b"[" * 60_000,
    "missing id": b'{"text": "hello"}',
    "id a number": b'{"id": 1234567890, "text": "hello"}',
    "id too short": b'{"id": "1", "text": "hello"}',
    "id of odd characters": b'{"id": "../../etc/passwd", "text": "hello"}',
    "text a number": b'{"id": "' + ID.encode() + b'", "text": 7}',
    "text an object": b'{"id": "' + ID.encode() + b'", "text": {"a": 1}}',
    "neither": b'{"id": "' + ID.encode() + b'"}',
    "both": b'{"id": "' + ID.encode() + b'", "text": "hello", "button": "start"}',
    "button a list": b'{"id": "' + ID.encode() + b'", "button": ["start"]}',
    "unknown button": b'{"id": "' + ID.encode() + b'", "button": "/restart"}',
}
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def person(tutor: RunningTutor) -> Person:
    """Give somebody new."""
    return Person(tutor.url)


def status_of(answer: httpx.Response) -> int:
    """Return the status, after making sure that the answer says something to the person."""
    body = answer.json()
    if answer.status_code == 200:
        assert body["messages"]
        assert all(message["text"].strip() for message in body["messages"])
    else:
        assert 400 <= answer.status_code < 500
        assert len(body["error"]["message"].split()) >= 3
    return answer.status_code


def as_json(text: str) -> dict[str, Any]:
    """Make a request whose body is plain ASCII, so that it can hold half of a surrogate pair."""
    return {"content": json.dumps({"id": new_id(), "text": text}).encode("ascii"), "headers": JSON}


def ask_at_once(person: Person, bodies: list[dict[str, str]]) -> list[httpx.Response]:
    """Send messages at the same instant, each over a connection of its own."""
    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(person.post, bodies))


@pytest.mark.parametrize("text", TAKEN.values(), ids=TAKEN)
def test_odd_text_is_answered(person: Person, text: str) -> None:
    """Text that can be read gets an answer, and so does the question after it."""
    answers = [person.post(**as_json(text)), person.say(QUESTION)]

    assert [status_of(answer) for answer in answers] == [200, 200]


@pytest.mark.parametrize(("text", "status"), REFUSED.values(), ids=REFUSED)
def test_unreadable_text_is_refused_with_reason(person: Person, text: str, status: int) -> None:
    """Text that cannot be read is refused in a sentence, and the question after it is answered."""
    answers = [person.post(**as_json(text)), person.say(QUESTION)]

    assert [status_of(answer) for answer in answers] == [status, 200]


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_malformed_body_is_refused_with_reason(person: Person, body: bytes) -> None:
    """A body that is no message is refused in a sentence, and leaves its id free for a message."""
    refused = person.post(content=body, headers=JSON)

    answer = person.say(QUESTION, ID)

    assert status_of(refused) in (400, 409)
    assert status_of(answer) == 200


def test_typed_commands_change_nothing_in_lesson(tutor: RunningTutor) -> None:
    """Commands that are typed in the middle of a lesson are words: nothing is answered, restarted or forgotten."""
    quiz = enter_quiz(tutor)
    answers = [quiz.person.say(text) for name, text in TAKEN.items() if text.strip().startswith("/")]

    quiz.person.say("repeat the question")

    last_id = quiz.person.history()[-1]["client_id"]
    found = tutor.read("SELECT learner_id FROM inbox WHERE message_id = ?", last_id)[0]
    attempts = tutor.read("SELECT * FROM attempt WHERE learner_id = ?", *found)
    restarts = tutor.read("SELECT * FROM conversation_event WHERE sender_id = ? AND type = 'restart'", *found)
    assert {status_of(answer) for answer in answers} == {200}
    assert (attempts, restarts) == ([], [])
    assert quiz.place() == quiz.entered_at


def test_unknown_session_is_refused(tutor: RunningTutor) -> None:
    """A token that was not given out opens no conversation."""
    forger = Person(tutor.url, token="forged")

    answer = forger.say(QUESTION)

    assert status_of(answer) == 401


def test_button_of_another_person_is_refused(person: Person, tutor: RunningTutor) -> None:
    """Somebody else's button does nothing, and the person can go on."""
    other = Person(tutor.url)
    other.begin()

    refused = person.post({"id": new_id(), "button": other.token("Take a lesson")})

    assert status_of(refused) == 409
    assert status_of(person.say(QUESTION)) == 200
    assert len(person.history()) >= 2


def test_same_message_at_same_instant_is_answered_once(person: Person) -> None:
    """Copies that arrive together get the same reply, and the history has it once."""
    answers = ask_at_once(person, [{"id": ID, "text": QUESTION}] * 4)

    said = [message for message in person.history() if message["from"] == "you"]
    replies = [message for message in person.history() if message["from"] == "tutor"]
    assert [status_of(answer) for answer in answers] == [200] * 4
    assert [answer.json()["messages"] for answer in answers] == [replies] * 4
    assert len(said) == 1


def test_same_id_with_other_text_is_refused(person: Person) -> None:
    """The first message under an id stands."""
    answers = [person.say(QUESTION, ID), person.say("Something else", ID)]

    assert [status_of(answer) for answer in answers] == [200, 409]
    assert "Something else" not in str(person.history())


def test_twelve_messages_at_once_are_all_told(person: Person) -> None:
    """Of a flood each is answered or asked to wait, and each answered one stands in the history once."""
    bodies = [{"id": new_id(), "text": f"{QUESTION} ({number})"} for number in range(12)]

    answers = ask_at_once(person, bodies)

    statuses = [status_of(answer) for answer in answers]
    said = [message["client_id"] for message in person.history() if message["from"] == "you"]
    taken = [body["id"] for body, status in zip(bodies, statuses, strict=True) if status == 200]
    assert set(statuses) <= {200, 429}
    assert sorted(said) == sorted(taken)
    assert status_of(person.say(QUESTION)) == 200


def test_logs_hold_no_word_of_messages(person: Person, tutor: RunningTutor) -> None:
    """What people write stays in the database, also when it was refused."""
    for text in ("Is xylophonic co-creation a thing?", "/xylophonic", "xylophonic " * 500):
        status_of(person.say(text))

    logs = "".join(path.read_text(encoding="utf-8", errors="replace") for path in tutor.logs.iterdir())

    assert "xylophonic" not in logs
