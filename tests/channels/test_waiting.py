"""What waits, what is told of waiting, and what a door still has to deliver."""

from __future__ import annotations

from datetime import timedelta

from channels.mailroom import Mailroom
from channels.said import Said
from database import now_utc

HELLO = Said("message-1", text="hello")
REPLY = {"text": "Hello!"}


def talk(mailroom: Mailroom, learner_id: str) -> None:
    """Say something and have it answered."""
    mailroom.take_in(learner_id, HELLO)
    mailroom.answer(learner_id, HELLO.message_id, [REPLY])


def test_open_messages_come_in_order_of_arrival(mailroom: Mailroom) -> None:
    """What waits is found earliest first, with the door it came through, and no more once it is answered."""
    mailroom.take_in("ann", Said("message-b", text="first"), "telegram")
    mailroom.take_in("ann", Said("message-a", text="second"))
    first = mailroom.first_open("ann")
    mailroom.answer("ann", "message-b", [REPLY])
    second = mailroom.first_open("ann")
    mailroom.answer("ann", "message-a", [REPLY])

    assert first is not None and second is not None
    assert (first.payload, first.channel, first.tries, first.is_told) == ("first", "telegram", 0, False)
    assert (second.payload, second.channel) == ("second", "web")
    assert mailroom.first_open("ann") is None


def test_people_who_wait_are_found_by_time_of_next_try(mailroom: Mailroom) -> None:
    """A sweep finds whose message came, or should have been tried again, before a moment; nobody who is answered."""
    talk(mailroom, "cleo")
    for learner_id in ("ann", "bob"):
        mailroom.take_in(learner_id, HELLO)
    later = now_utc() + timedelta(minutes=2)
    mailroom.note_failure("bob", HELLO.message_id, 3, later)

    now, after = mailroom.waiting_people(now_utc()), mailroom.waiting_people(later + timedelta(seconds=1))

    bob = mailroom.first_open("bob")
    assert (now, sorted(after)) == (["ann"], ["ann", "bob"])
    assert bob is not None and bob.tries == 3


def test_waiting_is_told_once_for_all_that_waits(mailroom: Mailroom) -> None:
    """One note is enough for a person; it stands behind what was said, and is for the door the message came by."""
    mailroom.take_in("ann", HELLO, "telegram")
    mailroom.take_in("ann", Said("message-2", text="more"), "telegram")

    told = [mailroom.note_told("ann", message_id, "It is kept.") for message_id in ("message-1", "message-2") * 2]

    assert told == [True, False, False, False]
    assert [message["text"] for message in mailroom.history("ann")] == ["hello", "more", "It is kept."]
    assert [message["text"] for message in mailroom.undelivered("telegram")] == ["It is kept."]


def test_answered_message_is_not_told_to_wait(mailroom: Mailroom) -> None:
    """A note that comes too late is not sent; what waits later is told anew."""
    talk(mailroom, "ann")
    late = mailroom.note_told("ann", "message-1", "It is kept.")
    mailroom.take_in("ann", Said("message-2", text="more"))

    assert not late
    assert mailroom.note_told("ann", "message-2", "It is kept.")


def test_given_up_message_has_its_apology_once(mailroom: Mailroom) -> None:
    """An apology ends the waiting; an answer after it, or a second apology, changes nothing."""
    mailroom.take_in("ann", HELLO)
    mailroom.give_up("ann", HELLO.message_id, "I am sorry.")

    mailroom.give_up("ann", HELLO.message_id, "I am sorry.")
    mailroom.answer("ann", HELLO.message_id, [REPLY])

    assert [message["text"] for message in mailroom.replies("ann", HELLO.message_id)] == ["I am sorry."]
    assert mailroom.take_in("ann", HELLO).is_answered


def test_own_words_of_tutor_are_kept_once(mailroom: Mailroom) -> None:
    """A reminder stands there once for its id, and its buttons work for the person who got it."""
    new = [
        mailroom.post("ann", "reminder-1", "Go on?", [{"title": "Yes", "payload": "/continue_lesson"}], "telegram")
        for _ in range(2)
    ]

    (message,) = mailroom.history("ann")
    letter = mailroom.take_in("ann", Said("message-1", button=message["buttons"][0]["token"]))
    assert new == [True, False]
    assert (message["from"], message["text"]) == ("tutor", "Go on?")
    assert letter.payload == "/continue_lesson"


def test_door_delivers_what_is_its_own_once(mailroom: Mailroom) -> None:
    """A door gets the tutor's messages that belong to it, oldest first, until it says that they are delivered."""
    for learner_id, channel in (("ann", "telegram"), ("bob", "web"), ("cleo", "telegram")):
        mailroom.take_in(learner_id, HELLO, channel)
        mailroom.answer(learner_id, HELLO.message_id, [{"text": "one"}, {"text": "two"}])
    first, second, *_ = before = mailroom.undelivered("telegram")

    mailroom.delivered(first["id"], first["id"])

    assert [(one["learner_id"], one["text"]) for one in before] == [
        ("ann", "one"), ("ann", "two"), ("cleo", "one"), ("cleo", "two")
    ]  # fmt: skip
    assert mailroom.undelivered("telegram") == before[1:]
    assert mailroom.undelivered("telegram", limit=1) == [second]
    assert {one["learner_id"] for one in mailroom.undelivered("telegram", except_for={"ann"})} == {"cleo"}
