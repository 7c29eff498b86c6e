"""What must be true of a chat in Telegram after any trouble: all that stands in the outbox was sent, in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from types import SimpleNamespace

from channels.outbox import to_message
from channels.telegram.parcels import pack
from tests.channels.telegram.chat import SENDING, Chat
from tests.faults.audit import Read


def find_telegram_trouble(read: Read, chat: Chat, public_url: str, repeats_allowed: int) -> list[str]:
    """Compare what a chat was sent with what stands in the outbox.

    Args:
        read: Runs a query and returns its rows.
        chat: Whose it is, before the stand-in.
        public_url: The tutor's own address.
        repeats_allowed: How often a message may have come again: once for each death of the gateway, as nobody can
            tell whether it was sent.

    Returns:
        A sentence for each update that was forgotten, message that was given up, lost or sent too often.
    """
    (learner_id,) = read("SELECT learner_id FROM telegram_chat WHERE chat_id = ?", chat.chat_id)[0]
    lost = read("SELECT outbox_id, reason FROM telegram_dead_letter WHERE learner_id = ?", learner_id)
    wanted = list(_written(read, learner_id, public_url))
    calls = [call for call in chat.stand_in.calls(*SENDING) if call.get("chat_id") == str(chat.chat_id)]
    sent = [str(call.get("text") or call.get("caption") or "") for call in calls if "message_id" in call]
    repeats = count_repeats(sent, wanted)
    trouble = [f"message {number} was given up: {reason}" for number, reason in lost]
    if repeats is None:
        trouble.append(f"chat {chat.chat_id} was sent {sent}, and the outbox holds {wanted}")
    elif repeats > repeats_allowed:
        trouble.append(f"chat {chat.chat_id} was sent {repeats} messages again; {repeats_allowed} are allowed")
    return trouble


def _written(read: Read, learner_id: str, public_url: str) -> Iterable[list[str]]:
    """Give what each message of the outbox looks like in Telegram: one text or caption for each call."""
    query = "SELECT id, author, message_id, text, extras, sent_at FROM outbox WHERE learner_id = ? AND author = 'tutor'"
    for number, author, message_id, text, extras, sent_at in read(f"{query} ORDER BY id", learner_id):
        names = {"id": number, "author": author, "message_id": message_id, "text": text, "extras": extras}
        row = SimpleNamespace(**names, sent_at=datetime.fromisoformat(sent_at))
        yield [parcel.html for parcel in pack(to_message(row), public_url)]


def count_repeats(sent: Sequence[str], wanted: Sequence[Sequence[str]]) -> int | None:
    """Count how often messages were begun again; None if they were not all sent to their end, in order.

    A message is one or more texts. Who cannot tell whether all were sent begins again with the first.

    Example:
        >>> count_repeats(["a", "b1", "b1", "b2", "c", "c"], [["a"], ["b1", "b2"], ["c"]])
        2
        >>> count_repeats(["b", "a"], [["a"], ["b"]])
    """
    place, begun = 0, 0
    for number, message in enumerate(wanted):
        following = wanted[number + 1][0] if number + 1 < len(wanted) else None
        is_whole = False
        while not is_whole or (place < len(sent) and sent[place] == message[0] != following):
            length = _common(sent[place:], message)
            if not length:
                return None
            begun, place, is_whole = begun + 1, place + length, is_whole or length == len(message)
    return begun - len(wanted) if place == len(sent) else None


def _common(sent: Sequence[str], message: Sequence[str]) -> int:
    """Count how many texts of a message were sent in a row."""
    differing = (n for n, text in enumerate(message) if n >= len(sent) or sent[n] != text)
    return next(differing, len(message))
