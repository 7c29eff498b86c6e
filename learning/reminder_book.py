"""What a person does with their reminders: one transaction a message, and an outcome to tell."""

from __future__ import annotations

from datetime import datetime

from learning.local_time import to_local
from learning.reminder_store import ReminderRecords, to_payload
from learning.reminders import QuietHours, Wish, fit
from learning.store import LearningStore, Payload, Records


class ReminderBook:
    """Sets and stops reminders, and keeps where people are.

    Args:
        store: The learners' records.
        quiet: The hours in which nobody is written to, unless they named the hour.
    """

    def __init__(self, store: LearningStore, quiet: QuietHours) -> None:
        self._store = store
        self._quiet = quiet

    def set(self, learner_id: str, message_id: str, wish: Wish, channel: str, zone: str | None = None) -> Payload:
        """Keep a reminder, and with it where the person is, if they said so."""
        wish = fit(wish, self._quiet)

        def work(records: Records) -> Payload:
            reminders = self._reminders(records)
            if zone:
                reminders.move_to_zone(learner_id, zone)
            kept = reminders.keep(learner_id, message_id, wish, channel)
            if kept is None:
                return {"kind": "reminder_unclear"}
            told = _told(records, reminders, learner_id)
            marks = {"is_moved": kept != wish, "is_quiet": self._quiet.hold(kept.at)}
            return {"kind": "reminder_set", "wish": to_payload(kept), **marks, **told}

        return self._store.once(learner_id, message_id, work)

    def stop(self, learner_id: str, message_id: str) -> Payload:
        """Stop all reminders."""

        def work(records: Records) -> Payload:
            return {"kind": "reminders_stopped", "count": self._reminders(records).stop(learner_id)}

        return self._store.once(learner_id, message_id, work)

    def set_zone(self, learner_id: str, message_id: str, zone: str) -> Payload:
        """Keep where the person is; reminders follow the new clock."""

        def work(records: Records) -> Payload:
            reminders = self._reminders(records)
            reminders.move_to_zone(learner_id, zone)
            return {"kind": "reminder_zone_set", **_told(records, reminders, learner_id)}

        return self._store.once(learner_id, message_id, work)

    def look(self, learner_id: str) -> Payload:
        """Tell which reminders wait, and where the person is, without writing."""
        return self._store.read(learner_id, lambda records: _told(records, self._reminders(records), learner_id))

    def here(self, learner_id: str) -> tuple[datetime, str]:
        """Return the present moment in UTC, without a zone, and the time zone that the person is in."""
        return self._store.read(learner_id, lambda records: (records.now, records.zone()))

    def _reminders(self, records: Records) -> ReminderRecords:
        return ReminderRecords(records.connection, records.now, records.zone(), self._quiet)


def _told(records: Records, reminders: ReminderRecords, learner_id: str) -> Payload:
    """Say which reminders wait, and the zone; each day and hour, and the present one, as clocks there show it."""
    zone = records.zone()
    waiting = [
        {"wish": to_payload(one.wish), "due": to_local(one.due_at, zone).isoformat(timespec="minutes")}
        for one in reminders.waiting(learner_id)
    ]
    return {"waiting": waiting, "zone": zone, "now": to_local(records.now, zone).isoformat(timespec="minutes")}
