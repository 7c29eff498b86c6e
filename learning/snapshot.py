"""All that a learner has done, read at one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learning.store import Records


class Snapshot:
    """Where a learner is, read at one moment."""

    def __init__(self, records: Records) -> None:
        self.lesson_id = records.current_lesson()
        self.place = records.here()
        self.places = records.places()
        self.touched_at = records.touched_at()
        outcomes = records.all_outcomes()
        self.outcomes = {place.lesson_id: outcomes.get(place.lesson_id, {}) for place in self.places}
        self.notes = records.notes()
