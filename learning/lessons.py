"""What happens to a learner's lesson at each move: one transaction a message, and an outcome to tell.

An outcome is plain data (it is stored, so that a repeated message hears the same): ``kind`` says what happened, and
the rest what the telling needs. The words are not here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge.model import Card, Item, Knowledge, Lesson
from learning import walk
from learning.grading import grade_answer, grade_order
from learning.ordering import is_whole
from learning.outcomes import find_place, plan_repetition, show, told, with_edit
from learning.repetition import lesson_of
from learning.repetition_records import RepetitionRecords
from learning.sitting import REPETITION, as_lesson
from learning.store import LearningStore, Payload, Records
from learning.sureness import Sureness, read_sureness
from learning.twice import came_twice
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
            lesson = self.lesson(records, lesson_id)
            if lesson is None:  # taken out of the course since
                return {"kind": "no_lesson"}
            known = records.place(lesson_id)
            settled, edit = find_place(records, lesson, known) if known else (None, None)
            if settled is None or walk.step_at(lesson, settled) is None:
                place = replace(walk.start(lesson), is_done=bool(known and known.is_done))
                return show(records, lesson, place, entered="new")
            return with_edit(show(records, lesson, settled, entered="again"), edit)

        return self._store.once(learner_id, message_id, work)

    def go_on(self, learner_id: str, message_id: str) -> Payload:
        """Take the next step; an open item waits for an answer first, but only for one."""

        def work(records: Records, lesson: Lesson, place: Place) -> Payload:
            if walk.open_item(lesson, place) and not place.tries:
                return told("how_sure" if place.answered else "answer_first", lesson, place)
            return show(records, lesson, walk.go_on(lesson, place))

        return self._move(learner_id, message_id, work)

    def resume(self, learner_id: str, message_id: str) -> Payload:
        """Show the present step once more."""
        return self._move(learner_id, message_id, lambda records, lesson, place: show(records, lesson, place))

    def go_back(self, learner_id: str, message_id: str) -> Payload:
        """Take one step back."""

        def work(records: Records, lesson: Lesson, place: Place) -> Payload:
            if place.number == 0:
                return told("first_step", lesson, place)
            return show(records, lesson, walk.go_back(lesson, place))

        return self._move(learner_id, message_id, work)

    def skip(self, learner_id: str, message_id: str) -> Payload:
        """Take the next step, past an open item too; an answer that waits is graded without saying how sure."""

        def work(records: Records, lesson: Lesson, place: Place) -> Payload:
            item = walk.open_item(lesson, place)
            if item and place.answered:
                return self._grade(records, lesson, place, item, place.answered)
            return show(records, lesson, walk.go_on(lesson, place))

        return self._move(learner_id, message_id, work)

    def go_to_quiz(self, learner_id: str, message_id: str) -> Payload:
        """Go to the next unanswered item."""

        def work(records: Records, lesson: Lesson, place: Place) -> Payload:
            outcomes = records.outcomes(lesson.id)
            answered = frozenset(item.key for item in lesson.items if item.id in outcomes)
            return show(records, lesson, walk.go_to_quiz(lesson, place, answered))

        return self._move(learner_id, message_id, work)

    def hint(self, learner_id: str, message_id: str) -> Payload:
        """Give the hint of the open item."""

        def work(records: Records, lesson: Lesson, place: Place) -> Payload:
            item = walk.open_item(lesson, place)
            if item is None:
                return told("no_item", lesson, place)
            if place.answered:  # who wants a hint is still thinking
                place = replace(place, answered=())
                records.keep_place(place)
            return {**told("hint", lesson, place), "tried": records.last_try(item.id)[0] if place.tries else ()}

        return self._move(learner_id, message_id, work)

    def answer(self, learner_id: str, message_id: str, keys: Sequence[str], item_id: str | None = None) -> Payload:
        """Grade an answer to the open item; a pressed button names the item it stood under.

        Without keys it was meant as an answer and fits no option: the item waits on. An item to put in order takes the
        keys of all its steps, in the order meant, and waits on for anything less. Where people are to say how sure they
        are, the answer is kept until they have.
        """

        def work(records: Records, lesson: Lesson, place: Place) -> Payload:
            item = walk.open_item(lesson, place)
            known = {option.key for option in item.options} if item else set()
            if item is None or (item_id and item_id != item.id) or not known.issuperset(keys):
                return told("stale", lesson, place)
            if item.kind == "put in order" and not is_whole(item, keys):
                return told("not_whole", lesson, place)
            if not keys:
                return told("answer_first", lesson, place)
            if walk.asks_sure(item, place):
                after = replace(place, answered=tuple(keys), picked=())
                records.keep_place(after)
                return told("how_sure", lesson, after)
            return self._grade(records, lesson, place, item, walk.with_kept(item, place, keys))

        return self._move(learner_id, message_id, work)

    def say_sure(
        self, learner_id: str, message_id: str, sureness: Sureness | None, item_id: str | None = None
    ) -> Payload:
        """Grade the answer that waits, now that the person has said how sure they are, or would rather not say."""

        def work(records: Records, lesson: Lesson, place: Place) -> Payload:
            item = walk.open_item(lesson, place)
            if item is None or not place.answered or (item_id and item_id != item.id):
                return told("stale", lesson, place)
            return self._grade(records, lesson, place, item, place.answered, sureness)

        return self._move(learner_id, message_id, work)

    def pick(self, learner_id: str, message_id: str, key: str, item_id: str) -> Payload:
        """Add one option to those picked of the open item, or take it away; of an order, the last step follows."""

        def work(records: Records, lesson: Lesson, place: Place) -> Payload:
            item = walk.open_item(lesson, place)
            if item is None or item.id != item_id or key not in {option.key for option in item.options}:
                return told("stale", lesson, place)
            keys = [option.key for option in item.options]
            after = walk.arrange(place, keys, key) if item.kind == "put in order" else walk.pick(place, key)
            records.keep_place(after)
            return told("picked", lesson, after)

        return self._move(learner_id, message_id, work)

    def pick_none(self, learner_id: str, message_id: str, item_id: str) -> Payload:
        """Take away everything that was picked of the open item."""

        def work(records: Records, lesson: Lesson, place: Place) -> Payload:
            item = walk.open_item(lesson, place)
            if item is None or item.id != item_id:
                return told("stale", lesson, place)
            after = replace(place, picked=(), answered=())
            records.keep_place(after)
            return told("picked", lesson, after)

        return self._move(learner_id, message_id, work)

    def keep_note(self, learner_id: str, message_id: str, text: str) -> Payload:
        """Keep a reflection written at a reflection card; one whose card an edit took away meanwhile is kept, too."""

        def work(records: Records) -> Payload:
            known = records.here()
            lesson = self.lesson(records, known.lesson_id) if known else None
            if lesson is None or known is None:
                return {"kind": "no_lesson"}
            place, edit = find_place(records, lesson, known)
            step = walk.step_at(lesson, place)
            keep_as = step.keep_as if isinstance(step, Card) else None
            if not keep_as and known.version == lesson.version:
                return told("stale", lesson, place)
            if edit:
                records.keep_place(place)
            records.add_note(lesson.id, keep_as or known.key, text)
            return with_edit(told("noted", lesson, place), edit)

        return self._store.once(learner_id, message_id, work)

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

    def meant_sureness(self, learner_id: str, text: str) -> Sureness | None:
        """Read a text as how sure a person is, if that is what they were asked."""
        found = self.where(learner_id)
        return read_sureness(text) if found and found[1].answered else None

    def where(self, learner_id: str) -> tuple[Lesson, Place] | None:
        """Return the current lesson, or the sitting of repetition, and the place in it."""
        return self._store.read(learner_id, self._here)

    def lesson(self, records: Records, lesson_id: str) -> Lesson | None:
        """Return a lesson, or the sitting of repetition as a lesson, as it is in the course now."""
        if lesson_id != REPETITION:
            return self._knowledge.lessons.get(lesson_id)
        sitting = RepetitionRecords(records).sitting()
        return as_lesson(self._knowledge, sitting.item_ids) if sitting else None

    def _here(self, records: Records) -> tuple[Lesson, Place] | None:
        place = records.here()
        lesson = self.lesson(records, place.lesson_id) if place else None
        return (lesson, find_place(records, lesson, place)[0]) if lesson and place else None

    def _move(self, learner_id: str, message_id: str, work: Callable[[Records, Lesson, Place], Payload]) -> Payload:
        """Do a move in the lesson as it is now; where an edit took the person's step away, show what is there first."""

        def guarded(records: Records) -> Payload:
            known = records.here()
            lesson = self.lesson(records, known.lesson_id) if known else None
            if lesson is None or known is None:
                return {"kind": "no_lesson"}
            place, edit = find_place(records, lesson, known)
            if edit:
                records.keep_place(place)
            if edit and edit.is_step_gone:
                return with_edit(show(records, lesson, place), edit)
            return with_edit(work(records, lesson, place), edit)

        return self._store.once(learner_id, message_id, guarded)

    def _grade(
        self,
        records: Records,
        lesson: Lesson,
        place: Place,
        item: Item,
        keys: Sequence[str],
        sureness: Sureness | None = None,
    ) -> Payload:
        grade = grade_order(item, keys) if item.kind == "put in order" else grade_answer(item, frozenset(keys))
        chosen = tuple(option.key for option in grade.chosen)
        is_short = item.kind == "several right" and grade.outcome == "partly" and set(chosen) <= item.right_keys
        graded = {"outcome": grade.outcome, "chosen": chosen, "missed": tuple(option.key for option in grade.missed)}
        before, tried_at = records.last_try(item.id) if place.tries else ((), records.now)
        if before == chosen and came_twice(tried_at, records.now):  # it took one try, and is told once more
            return {**told("graded", lesson, place), **graded, "sureness": sureness}
        after = walk.tried(item, place, is_right=grade.outcome == "right", kept=chosen if is_short else ())
        answered = replace(place, version=self._knowledge.lessons[lesson_of(item.id)].version)
        records.add_attempt(answered, item.id, chosen, grade.outcome, after.tries, sureness)
        if after.tries == 1:
            plan_repetition(records, item, grade.outcome, sureness)
        records.keep_place(after)
        return {**told("graded", lesson, after), **graded, "sureness": sureness}
