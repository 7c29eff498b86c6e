"""Past questions are asked once, kept with their vectors, and tell what a change would change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import now_utc
from knowledge.answering import Answerer
from knowledge.encoder import Encoder, RememberingEncoder, load_encoder
from knowledge.model import Knowledge
from knowledge.trained import Trained, learn
from learning import tables as learning
from learning.belongings import Belongings
from learning.erasure import erase
from review.known import Tutor
from review.outcomes import Outcome, tell_outcome
from review.question_tables import desk_vector
from review.rehearsal import Rehearsal
from review.trial import Changed
from tests.knowledge.content_tree import ContentTree

ODD = "zeppelin moorings, who pays"


class CountingEncoder:
    """The pinned encoder, that remembers what it encoded."""

    def __init__(self) -> None:
        self._encoder: Encoder = load_encoder()
        self.key = self._encoder.key
        self.encoded: list[str] = []

    def encode(self, texts: list[str]) -> np.ndarray:
        """Encode texts."""
        self.encoded += texts
        return self._encoder.encode(texts)


class Clock:
    """A clock that is set by hand."""

    seconds = 0.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.seconds


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> tuple[Knowledge, Trained]:
    """Give content about gardens, and what was learnt from it."""
    knowledge = ContentTree(tmp_path_factory.mktemp("garden")).knowledge()
    return knowledge, Trained(knowledge, learn(knowledge, load_encoder()))


@pytest.fixture
def encoder() -> CountingEncoder:
    """Give an encoder that counts."""
    return CountingEncoder()


@pytest.fixture
def clock() -> Clock:
    """Give a clock."""
    return Clock()


@pytest.fixture
def rehearsal(engine: Engine, garden: tuple[Knowledge, Trained], encoder: CountingEncoder, clock: Clock) -> Rehearsal:
    """Give a rehearsal over the database, which nobody asked to begin yet."""
    return Rehearsal(engine, loading(garden[1], encoder), clock)


def loading(trained: Trained, encoder: Encoder) -> Callable[[Knowledge], Tutor]:
    """Return what loads a tutor."""

    def load(knowledge: Knowledge) -> Tutor:
        remembering = RememberingEncoder(encoder)
        return Tutor(knowledge, trained, Answerer(knowledge, trained, remembering), remembering)

    return load


def ask(engine: Engine, learner_id: str, *texts: str) -> None:
    """Write questions down as asked."""
    with engine.begin() as connection:
        for text in texts:
            number = connection.execute(sa.select(sa.func.count()).select_from(learning.question)).scalar_one()
            row = {"learner_id": learner_id, "text": text, "decision": "abstain", "topics": "[]", "score": 0.1}
            connection.execute(learning.question.insert().values(**row, message_id=f"m{number}", asked_at=now_utc()))


def listing(*questions: str) -> Callable[[Knowledge], Knowledge]:
    """Return how to put questions under the answer about sharing."""

    def change(knowledge: Knowledge) -> Knowledge:
        entry = knowledge.entries["system.sharing"]
        entries = {**knowledge.entries, entry.id: replace(entry, questions=(*entry.questions, *questions))}
        return replace(knowledge, entries=entries, version="other")

    return change


def test_change_is_told_with_before_and_after(
    engine: Engine, rehearsal: Rehearsal, garden: tuple[Knowledge, Trained]
) -> None:
    """The question that was asked twice would get the answer; all others stay as they are."""
    ask(engine, "ann", ODD, "best football team")
    ask(engine, "bob", ODD)
    assert rehearsal.compare(listing(ODD)) is None
    rehearsal.prepare(garden[0])
    rehearsal.wait()

    effects = rehearsal.compare(listing(ODD))

    assert effects
    assert (effects.looked_at, effects.total, effects.is_whole) == (2, 2, True)
    assert [(one.text, one.times, one.after) for one in effects.changed] == [
        (ODD, 2, Outcome("answer", ("system.sharing",)))
    ]
    assert effects.changed[0].before.kind == "none"
    same = rehearsal.compare(lambda knowledge: knowledge)
    assert same
    assert (same.changed, same.is_whole) == ((), True)


def test_question_is_encoded_once_and_for_all(
    engine: Engine,
    rehearsal: Rehearsal,
    garden: tuple[Knowledge, Trained],
    encoder: CountingEncoder,
    clock: Clock,
) -> None:
    """Neither a second look nor another desk encodes it again; a new question alone is encoded."""
    ask(engine, "ann", ODD)
    rehearsal.prepare(garden[0])
    rehearsal.wait()
    other = CountingEncoder()
    second = Rehearsal(engine, loading(garden[1], other), clock)
    ask(engine, "ann", "is there a shed")
    second.prepare(garden[0])
    second.wait()

    assert encoder.encoded.count(ODD) == 1
    assert ODD not in other.encoded
    assert "is there a shed" in other.encoded
    assert second.progress == (2, 2)


def test_erased_question_is_known_no_more(
    engine: Engine, rehearsal: Rehearsal, garden: tuple[Knowledge, Trained], clock: Clock
) -> None:
    """Its vector goes with whoever asked, and what is in memory goes at the next look."""
    ask(engine, "ann", ODD)
    ask(engine, "bob", "is there a shed")
    rehearsal.prepare(garden[0])
    rehearsal.wait()
    with engine.begin() as connection:
        erase(Belongings(engine), connection, "ann")
        left = connection.execute(sa.select(desk_vector.c.learner_id)).scalars().all()
    clock.seconds = 60
    rehearsal.prepare(garden[0])
    rehearsal.wait()
    effects = rehearsal.compare(listing(ODD))

    assert left == ["bob"]
    assert effects
    assert (effects.total, effects.changed) == (1, ())


def test_published_change_is_what_counts_from_then_on(
    engine: Engine, rehearsal: Rehearsal, garden: tuple[Knowledge, Trained]
) -> None:
    """Once the content is the changed one, the same change changes nothing, and taking it back does."""
    ask(engine, "ann", ODD, "best football team")
    rehearsal.prepare(garden[0])
    rehearsal.wait()
    rehearsal.prepare(listing(ODD)(garden[0]))
    rehearsal.wait()

    again, back = rehearsal.compare(lambda knowledge: knowledge), rehearsal.compare(lambda _: garden[0])

    assert again and back
    assert again.changed == ()
    assert [(one.text, one.after.kind) for one in back.changed] == [(ODD, "none")]


def test_trouble_is_told_and_ends_with_it(engine: Engine, garden: tuple[Knowledge, Trained]) -> None:
    """Where nothing can be loaded, that is said; the next time it may go well."""
    loads = iter([OSError("the index is gone"), None])

    def load(knowledge: Knowledge) -> Tutor:
        if error := next(loads):
            raise error
        return loading(garden[1], load_encoder())(knowledge)

    rehearsal = Rehearsal(engine, load)
    rehearsal.prepare(garden[0])
    rehearsal.wait()
    told = rehearsal.trouble
    rehearsal.prepare(garden[0])
    rehearsal.wait()

    assert (told, rehearsal.trouble) == ("the index is gone", "")


def test_outcomes_are_told_in_words() -> None:
    """Each kind has its sentence; an unknown key stays as it is."""
    titles = {"a": "Value", "b": "Trust"}
    told = [
        tell_outcome(Outcome("answer", ("a",)), titles),
        tell_outcome(Outcome("choice", ("a", "b", "c")), titles),
        tell_outcome(Outcome("none", ("off",)), titles),
        tell_outcome(Outcome("none", ("",)), titles),
        tell_outcome(Outcome("command", ("stop_lesson",)), titles),
    ]

    assert told[:2] == ["Answer: “Value”", "A choice: “Value” or “Trust” or “c”"]
    assert told[2:] == ["Not answered (another subject)", "Not answered", "Taken as a wish: stop lesson"]
    assert Changed("x", 1, Outcome("none"), Outcome("answer", ("a",))).after.keys == ("a",)


def test_reading_waits_while_somebody_compares(
    engine: Engine, rehearsal: Rehearsal, garden: tuple[Knowledge, Trained], clock: Clock
) -> None:
    """Whoever waits for an answer goes first; the log is read on afterwards."""
    ask(engine, "ann", ODD)
    rehearsal.prepare(garden[0])
    rehearsal.wait()
    ask(engine, "bob", "is there a shed")
    clock.seconds = 60
    seen: list[tuple[int, int]] = []

    def change(knowledge: Knowledge) -> Knowledge:
        rehearsal.prepare(garden[0])
        threading.Event().wait(0.5)  # time enough to read one question, if it could
        seen.append(rehearsal.progress)
        return knowledge

    rehearsal.compare(change)
    rehearsal.wait()

    assert seen == [(1, 2)]
    assert rehearsal.progress == (2, 2)
