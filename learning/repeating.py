"""What happens in a sitting of repetition beside what happens in any lesson: beginning it, stopping, what is due."""

from __future__ import annotations

from knowledge.model import Knowledge, Lesson
from learning import walk
from learning.lessons import LessonWalk
from learning.outcomes import leave_sitting, told
from learning.repetition import choose
from learning.repetition_records import RepetitionRecords
from learning.sitting import REPETITION, Sitting, due, is_current
from learning.store import LearningStore, Payload, Records


class Repeating:
    """Begins and stops sittings; in between a sitting is walked like a lesson."""

    def __init__(self, knowledge: Knowledge, store: LearningStore, lesson_walk: LessonWalk) -> None:
        self._knowledge = knowledge
        self._store = store
        self._walk = lesson_walk

    def start(self, learner_id: str, message_id: str) -> Payload:
        """Go on with the sitting of today, or begin one with what is due; says what left the list meanwhile."""

        def work(records: Records) -> Payload:
            if open_one := self._open_sitting(records):
                lesson, place = open_one
                records.keep_place(place)
                return {**told("step", lesson, place), "is_resumed": True}
            return self._begin(records)

        return self._store.once(learner_id, message_id, work)

    def stop(self, learner_id: str, message_id: str) -> Payload:
        """Leave the sitting; its place is kept for the rest of the day, and what is due stays due."""

        def work(records: Records) -> Payload:
            is_in = records.current_lesson() == REPETITION
            if is_in:
                leave_sitting(records)
            return {"kind": "stopped" if is_in else "not_practising", "due": len(self._due(records))}

        return self._store.once(learner_id, message_id, work)

    def count_due(self, learner_id: str) -> int:
        """Count the questions that are due today where the learner is."""
        return self._store.read(learner_id, lambda records: len(self._due(records)))

    def is_practising(self, learner_id: str) -> bool:
        """Tell whether the learner is in a sitting."""
        return self._store.read(learner_id, lambda records: records.current_lesson() == REPETITION)

    def _due(self, records: Records) -> list[str]:
        schedules = RepetitionRecords(records).schedules()
        return [one.item_id for one in due(self._knowledge, schedules, records.today())]

    def _begin(self, records: Records) -> Payload:
        repetitions = RepetitionRecords(records)
        schedules = repetitions.schedules()
        gone = [one for one in schedules if not is_current(self._knowledge, one)]
        for one in gone:
            repetitions.drop(one.item_id)
        waiting = due(self._knowledge, schedules, records.today())
        if not waiting:
            later = [one.due_on for one in schedules if one not in gone]
            return {"kind": "nothing_due", "next_on": str(min(later)) if later else "", "dropped": len(gone)}
        sitting = Sitting(tuple(choose(waiting)), records.now)
        repetitions.keep_sitting(sitting)
        lesson = self._walk.lesson(records, REPETITION)
        assert lesson is not None, "what is due stands in the course"
        place = walk.start(lesson)
        records.keep_place(place)
        return {**told("step", lesson, place), "is_opening": True, "due": len(waiting), "dropped": len(gone)}

    def _open_sitting(self, records: Records) -> tuple[Lesson, walk.Place] | None:
        """Return the sitting that was begun today and is not through."""
        sitting, place = RepetitionRecords(records).sitting(), records.place(REPETITION)
        lesson = self._walk.lesson(records, REPETITION)
        if not (sitting and place and lesson) or records.date_of(sitting.begun_at) != records.today():
            return None
        settled = walk.settle(lesson, place)
        return (lesson, settled) if walk.step_at(lesson, settled) else None
