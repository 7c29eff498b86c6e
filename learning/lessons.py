"""What happens to a learner's lesson at each move: one transaction a message, and an outcome to tell.

An outcome is plain data (it is stored, so that a repeated message hears the same): ``kind`` says what happened, and
the rest what the telling needs. The words are not here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace

from knowledge.model import Card, Item, Knowledge, Lesson
from learning import walk
from learning.grading import grade_answer, grade_order
from learning.ordering import is_whole
from learning.store import LearningStore, Payload, Records
from learning.typed_answer import is_confirmation, read_answer
from learning.typed_order import read_order
from learning.walk import Place

Move = Callable[[Lesson, Place], Place]


class LessonWalk:
    """Moves learners through the lessons of one body of knowledge."""

    def __init__(self, knowledge: Knowledge, store: LearningStore) -> None:
        self._knowledge = knowledge
        self._store = store

    def begin(self, learner_id: str, message_id: str, lesson_id: str) -> Payload:
        """Begin a lesson, or take it up where it was left; a finished one begins again."""

        def work(records: Records) -> Payload:
            lesson = self._knowledge.lessons.get(lesson_id)
            if lesson is None:  # taken out of the course since
                return {"kind": "no_lesson"}
            known = records.place(lesson_id)
            if known is None or walk.step_at(lesson, walk.settle(lesson, known)) is None:
                place = replace(walk.start(lesson), is_done=bool(known and known.is_done))
                return _show(records, lesson, place, entered="new")
            return _show(records, lesson, walk.settle(lesson, known), entered="again")

        return self._store.once(learner_id, message_id, work)

    def go_on(self, learner_id: str, message_id: str) -> Payload:
        """Take the next step; an open item waits for an answer first, but only for one."""

        def work(records: Records, lesson: Lesson, place: Place) -> Payload:
            if walk.open_item(lesson, place) and not place.tries:
                return _told("answer_first", lesson, place)
            return _show(records, lesson, walk.go_on(lesson, place))

        return self._move(learner_id, message_id, work)

    def resume(self, learner_id: str, message_id: str) -> Payload:
        """Show the present step once more."""
        return self._move(learner_id, message_id, lambda records, lesson, place: _show(records, lesson, place))

    def go_back(self, learner_id: str, message_id: str) -> Payload:
        """Take one step back."""

        def work(records: Records, lesson: Lesson, place: Place) -> Payload:
            if place.number == 0:
                return _told("first_step", lesson, place)
            return _show(records, lesson, walk.go_back(lesson, place))

        return self._move(learner_id, message_id, work)

    def skip(self, learner_id: str, message_id: str) -> Payload:
        """Take the next step, past an open item too."""
        return self._move(
            learner_id, message_id, lambda records, lesson, place: _show(records, lesson, walk.go_on(lesson, place))
        )

    def go_to_quiz(self, learner_id: str, message_id: str) -> Payload:
        """Go to the next unanswered item."""

        def work(records: Records, lesson: Lesson, place: Place) -> Payload:
            answered = frozenset(item_id.rpartition(".")[2] for item_id in records.outcomes(lesson.id))
            return _show(records, lesson, walk.go_to_quiz(lesson, place, answered))

        return self._move(learner_id, message_id, work)

    def hint(self, learner_id: str, message_id: str) -> Payload:
        """Give the hint of the open item."""

        def work(records: Records, lesson: Lesson, place: Place) -> Payload:
            item = walk.open_item(lesson, place)
            if item is None:
                return _told("no_item", lesson, place)
            return {**_told("hint", lesson, place), "tried": records.last_answer(item.id) if place.tries else ()}

        return self._move(learner_id, message_id, work)

    def answer(self, learner_id: str, message_id: str, keys: Sequence[str], item_id: str | None = None) -> Payload:
        """Grade an answer to the open item; a pressed button names the item it stood under.

        Without keys it was meant as an answer and fits no option: the item waits on. An item to put in order takes the
        keys of all its steps, in the order meant, and waits on for anything less.
        """

        def work(records: Records, lesson: Lesson, place: Place) -> Payload:
            item = walk.open_item(lesson, place)
            known = {option.key for option in item.options} if item else set()
            if item is None or (item_id and item_id != item.id) or not known.issuperset(keys):
                return _told("stale", lesson, place)
            if item.kind == "put in order" and not is_whole(item, keys):
                return _told("not_whole", lesson, place)
            if not keys:
                return _told("answer_first", lesson, place)
            return _grade(records, lesson, place, item, walk.with_kept(item, place, keys))

        return self._move(learner_id, message_id, work)

    def pick(self, learner_id: str, message_id: str, key: str, item_id: str) -> Payload:
        """Add one option to those picked of the open item, or take it away; of an order, the last step follows."""

        def work(records: Records, lesson: Lesson, place: Place) -> Payload:
            item = walk.open_item(lesson, place)
            if item is None or item.id != item_id or key not in {option.key for option in item.options}:
                return _told("stale", lesson, place)
            keys = [option.key for option in item.options]
            after = walk.arrange(place, keys, key) if item.kind == "put in order" else walk.pick(place, key)
            records.keep_place(after)
            return _told("picked", lesson, after)

        return self._move(learner_id, message_id, work)

    def pick_none(self, learner_id: str, message_id: str, item_id: str) -> Payload:
        """Take away everything that was picked of the open item."""

        def work(records: Records, lesson: Lesson, place: Place) -> Payload:
            item = walk.open_item(lesson, place)
            if item is None or item.id != item_id:
                return _told("stale", lesson, place)
            after = replace(place, picked=())
            records.keep_place(after)
            return _told("picked", lesson, after)

        return self._move(learner_id, message_id, work)

    def keep_note(self, learner_id: str, message_id: str, text: str) -> Payload:
        """Keep a reflection written at a reflection card."""

        def work(records: Records, lesson: Lesson, place: Place) -> Payload:
            step = walk.step_at(lesson, place)
            if not isinstance(step, Card) or not step.keep_as:
                return _told("stale", lesson, place)
            records.add_note(lesson.id, step.keep_as, text)
            return _told("noted", lesson, place)

        return self._move(learner_id, message_id, work)

    def meant(self, learner_id: str, text: str) -> tuple[str, ...] | None:
        """Read a text as an answer to the open item; "that is my answer" means what was picked.

        Returns:
            Keys for ``answer``: of an item to put in order, in the order meant. Empty when it is meant as an answer and
            is none that fits. None when it is not clearly an answer, and when no item is open.
        """
        found = self.where(learner_id)
        item = walk.open_item(*found) if found else None
        if found is None or item is None:
            return None
        read = read_order(item, text) if item.kind == "put in order" else read_answer(item, text)
        if read is None and is_confirmation(text):
            return found[1].picked or None
        return None if read is None else tuple(read)

    def where(self, learner_id: str) -> tuple[Lesson, Place] | None:
        """Return the current lesson and the place in it."""
        place = self._store.here(learner_id)
        lesson = self._knowledge.lessons.get(place.lesson_id) if place else None
        return (lesson, walk.settle(lesson, place)) if lesson and place else None

    def _move(self, learner_id: str, message_id: str, work: Callable[[Records, Lesson, Place], Payload]) -> Payload:
        def guarded(records: Records) -> Payload:
            lesson = self._knowledge.lessons.get(records.current_lesson() or "")
            place = records.place(lesson.id) if lesson else None
            if lesson is None or place is None:
                return {"kind": "no_lesson"}
            return work(records, lesson, walk.settle(lesson, place))

        return self._store.once(learner_id, message_id, guarded)


def _show(records: Records, lesson: Lesson, place: Place, *, entered: str = "") -> Payload:
    records.keep_place(place)
    told = _told("summary" if walk.step_at(lesson, place) is None else "step", lesson, place)
    if told["kind"] == "summary":
        told |= score(lesson, records.outcomes(lesson.id))
    return {**told, "is_opening": entered == "new", "is_resumed": entered == "again"}


def _told(kind: str, lesson: Lesson, place: Place) -> Payload:
    return {"kind": kind, "lesson_id": lesson.id, "place": asdict(place)}


def _grade(records: Records, lesson: Lesson, place: Place, item: Item, keys: Sequence[str]) -> Payload:
    grade = grade_order(item, keys) if item.kind == "put in order" else grade_answer(item, frozenset(keys))
    chosen = tuple(option.key for option in grade.chosen)
    is_short = item.kind == "several right" and grade.outcome == "partly" and set(chosen) <= item.right_keys
    after = walk.tried(item, place, is_right=grade.outcome == "right", kept=chosen if is_short else ())
    records.add_attempt(place, item.id, chosen, grade.outcome, after.tries)
    records.keep_place(after)
    return {
        **_told("graded", lesson, after),
        "outcome": grade.outcome,
        "chosen": chosen,
        "missed": tuple(option.key for option in grade.missed),
    }


def score(lesson: Lesson, outcomes: dict[str, list[str]]) -> Payload:
    """Count the items of a lesson: right at the first try, right in the end, answered, all."""
    tries = [outcomes.get(item.id, []) for item in lesson.items]
    return {
        "right_first": sum(1 for one in tries if one[:1] == ["right"]),
        "right": sum(1 for one in tries if "right" in one),
        "answered": sum(1 for one in tries if one),
        "items": len(tries),
    }
