"""A person is forgotten by the whole running tutor: afterwards their words and their number stand nowhere."""

from __future__ import annotations

import io
import json
import signal
import threading
import time
import zipfile
from collections.abc import Iterable
from contextlib import suppress

import httpx

from tests.person import Person, new_id
from tests.running import RunningTutor

WORDS = "Quillfeather"
QUESTION = f"what does {WORDS} think about co-creation with the neighbours"
NOTE = f"we asked {WORDS} and the parents at the north quay"
STEPS_AT_MOST = 20
SOON_SECONDS = 20.0
RECEIPT = "Everything about you is deleted"


def learner_of_newest(tutor: RunningTutor) -> str:
    """Read to whom the browser leads that came last."""
    return str(tutor.read("SELECT learner_id FROM web_session ORDER BY rowid DESC LIMIT 1")[0][0])


def leave_traces(tutor: RunningTutor) -> tuple[Person, str]:
    """Let somebody ask, take a lesson, rate and plan; return them and their number."""
    person = Person(tutor.url)
    learner_id = learner_of_newest(tutor)
    person.begin()
    person.say(QUESTION)
    person.say("take the course")
    for _ in range(STEPS_AT_MOST):
        if "Your turn" in said(person):
            break
        person.say("skip this step").raise_for_status()
    assert "Your turn" in said(person)
    person.say(NOTE)
    person.say("help me plan co-creation in my own project")
    return person, learner_id


def said(person: Person) -> str:
    """Return the newest reply."""
    return "\n".join(message["text"] for message in person.newest)


def files_with(tutor: RunningTutor, words: Iterable[str]) -> list[str]:
    """Name the files of database and logs that hold any of the words."""
    tutor_files = [*tutor.database.parent.glob("tutor.db*"), *tutor.logs.glob("*")]
    wanted = [word.encode() for word in words]
    return [path.name for path in tutor_files if any(word in path.read_bytes() for word in wanted)]


def soon_no_file_holds(tutor: RunningTutor, words: Iterable[str]) -> bool:
    """Tell whether the words are gone within moments: what a process was still writing is followed and forgotten."""
    end = time.monotonic() + SOON_SECONDS
    while files_with(tutor, words):
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


def test_erasure_by_chat_leaves_neither_word_nor_number(tutor: RunningTutor) -> None:
    """After the typed yes the person is new; the old number and every word of theirs are in no file."""
    person, learner_id = leave_traces(tutor)
    assert files_with(tutor, [WORDS, learner_id])
    person.say("delete my data")
    asked = said(person)

    person.say("yes")

    assert "Shall I delete everything about you?" in asked
    assert RECEIPT in said(person)
    assert files_with(tutor, [WORDS, learner_id]) == []
    assert [message["text"] for message in person.history()] == [message["text"] for message in person.newest]
    person.say("hello").raise_for_status()
    assert "I'm the tutor for the course" in said(person)
    assert files_with(tutor, [learner_id]) == []


def test_erasure_survives_a_gateway_that_dies_in_the_middle(tutor: RunningTutor) -> None:
    """The gateway is killed while the yes is on its way; the same message brings the receipt, and nothing is left."""
    person, learner_id = leave_traces(tutor)
    person.say("delete my data")
    message_id = new_id()
    tutor.signal("assistant", signal.SIGSTOP)
    sending = threading.Thread(target=_try_to_say, args=(person, "yes", message_id))
    sending.start()
    while not tutor.read("SELECT 1 FROM inbox WHERE message_id = ?", message_id):
        pass
    tutor.kill("gateway")
    sending.join()
    tutor.start()

    while RECEIPT not in said(person):
        person.say("yes", message_id)

    assert soon_no_file_holds(tutor, [WORDS, learner_id])


def _try_to_say(person: Person, text: str, message_id: str) -> None:
    with suppress(httpx.HTTPError):
        person.say(text, message_id)


def test_course_goes_on_on_a_phone_and_is_exported(tutor: RunningTutor) -> None:
    """A code typed on the phone leads to the same course; the copy of one's data holds the words; then both part."""
    laptop, _ = leave_traces(tutor)
    laptop.say("go on on my phone")
    code = tutor_code(said(laptop))
    phone = Person(tutor.url)
    phone.begin()

    phone.say(code)
    joined = said(phone)
    phone.say("export my data")
    file = phone.newest[0]["files"][0]

    assert "same course as on your other device" in joined
    assert any(WORDS in one["text"] for one in laptop.history())
    assert WORDS in read_archive(phone.fetch(file["url"]).content)["question.json"]
    assert any(WORDS in one["text"] for one in phone.history())
    phone.say("unlink my phone")
    phone.press("Take this one out")
    assert "somebody new here" in said(phone)
    assert any(WORDS in one["text"] for one in laptop.history())
    assert not any(WORDS in one["text"] for one in phone.history())


def tutor_code(text: str) -> str:
    """Return the code that the tutor named."""
    return text.partition("Your code is ")[2][:9]


def read_archive(packed: bytes) -> dict[str, str]:
    """Read the files of an archive."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        files = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    for name, text in files.items():
        if name.endswith(".json"):
            json.loads(text)
    return files
