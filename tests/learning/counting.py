"""Writers that count: each message adds one to a number that is read first, so that a lost update shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from database import open_engine
from learning import walk
from learning.store import LearningStore, Payload, Records
from tests.learning.samples import a_lesson

LEARNER = "ann"
LESSON = a_lesson()


def count(records: Records) -> Payload:
    """Add one, and say which number it was."""
    place = records.place(LESSON.id) or walk.start(LESSON)
    records.keep_place(replace(place, tries=place.tries + 1))
    records.add_note(LESSON.id, "own", "counted")
    return {"kind": "counted", "number": place.tries + 1}


def counted(store: LearningStore) -> tuple[int, int]:
    """Return the number reached, and how many notes were stored."""
    snapshot = store.look(LEARNER)
    return (snapshot.place.tries if snapshot.place else 0, len(snapshot.notes))


def send_all(url: str, message_ids: list[str], together: Any, outcomes: Any) -> None:
    """Send every message, beginning together with another writer; runs in a process or thread of its own."""
    engine = open_engine(url)
    store = LearningStore(engine)
    together.wait()
    outcomes.put([store.once(LEARNER, message_id, count)["number"] for message_id in message_ids])
    engine.dispose()
