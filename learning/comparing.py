"""The interview that compares a person's own setting with the pilots: one transaction a message, an outcome to tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace

from knowledge.model import Attribute, Knowledge
from learning.compare_store import CompareRecords, Comparison
from learning.nearness import nearest
from learning.store import LearningStore, Payload, Records
from learning.typed_values import read_values

Work = Callable[[CompareRecords, Comparison, int], Payload]


class CompareWalk:
    """Asks about a setting, attribute by attribute, and keeps what comes out."""

    def __init__(self, knowledge: Knowledge, store: LearningStore) -> None:
        self._attributes = knowledge.comparison
        self._pilots = knowledge.pilots
        self._keys = [attribute.key for attribute in knowledge.comparison]
        self._store = store

    def begin(self, learner_id: str, message_id: str, *, is_anew: bool = False) -> Payload:
        """Begin, go on where it was left, or tell the kept result; ``is_anew`` begins from the first question."""

        def work(records: Records) -> Payload:
            rows = CompareRecords(records)
            latest = rows.latest()
            if latest is None or is_anew:
                return self._told("compare_question", rows.begin(self._keys[0]), is_opening=True)
            if latest.attribute_key in self._keys:
                return self._told("compare_question", latest, is_resumed=True)
            return self._told("compare_result", latest, is_kept=True)

        return self._store.once(learner_id, message_id, work)

    def mark(self, learner_id: str, message_id: str, key: str, value: str) -> Payload:
        """Take what a button names: mark a value of several, or answer with the only one."""

        def work(rows: CompareRecords, here: Comparison, number: int) -> Payload:
            attribute = self._attributes[number]
            if attribute.key != key or value not in attribute.values:
                return self._told("compare_stale", here)
            if not attribute.several:
                return self._go_on(rows, _choose(here, attribute, [value]), number + 1)
            marked = here.chosen.get(key, [])
            kept = [one for one in marked if one != value] if value in marked else [*marked, value]
            after = _choose(here, attribute, kept)
            rows.keep(after)
            return self._told("compare_marked", after)

        return self._at_question(learner_id, message_id, work)

    def answer(self, learner_id: str, message_id: str, values: Sequence[str]) -> Payload:
        """Answer the question that is asked with values of it, and go on."""

        def work(rows: CompareRecords, here: Comparison, number: int) -> Payload:
            attribute = self._attributes[number]
            if not values or not set(values) <= set(attribute.values):
                return self._told("compare_stale", here)
            return self._go_on(rows, _choose(here, attribute, list(values)), number + 1)

        return self._at_question(learner_id, message_id, work)

    def go_on(self, learner_id: str, message_id: str, key: str | None = None, *, is_skipped: bool = False) -> Payload:
        """Take the next question, with what is marked or, when skipped, without; a button names where it stood."""

        def work(rows: CompareRecords, here: Comparison, number: int) -> Payload:
            if key and key != here.attribute_key:
                return self._told("compare_stale", here)
            after = _choose(here, self._attributes[number], []) if is_skipped else here
            return self._go_on(rows, after, number + 1)

        return self._at_question(learner_id, message_id, work)

    def go_back(self, learner_id: str, message_id: str, key: str | None = None) -> Payload:
        """Go to the question before; stays at the first."""

        def work(rows: CompareRecords, here: Comparison, number: int) -> Payload:
            if key and key != here.attribute_key:
                return self._told("compare_stale", here)
            return self._go_on(rows, here, max(number - 1, 0))

        return self._at_question(learner_id, message_id, work)

    def meant(self, learner_id: str, text: str) -> tuple[str, ...] | None:
        """Read a text as an answer to the question that is asked; None when it is not clearly one."""
        attribute = self.asked(learner_id)
        return read_values(attribute, text) if attribute else None

    def asked(self, learner_id: str) -> Attribute | None:
        """Return the attribute that is asked for now, if an interview is open."""
        latest = self._store.read(learner_id, lambda records: CompareRecords(records).latest())
        is_open = latest is not None and latest.attribute_key in self._keys
        return self._attributes[self._keys.index(latest.attribute_key)] if latest and is_open else None

    def has_marked(self, learner_id: str) -> bool:
        """Tell whether something is marked at the question that is asked."""
        latest = self._store.read(learner_id, lambda records: CompareRecords(records).latest())
        return latest is not None and bool(latest.chosen.get(latest.attribute_key))

    def _at_question(self, learner_id: str, message_id: str, work: Work) -> Payload:
        def guarded(records: Records) -> Payload:
            rows = CompareRecords(records)
            latest = rows.latest()
            if latest is None:
                return self._told("compare_question", rows.begin(self._keys[0]), is_opening=True)
            if latest.attribute_key not in self._keys:  # it is finished; the button is an old one
                return self._told("compare_stale", latest)
            return work(rows, latest, self._keys.index(latest.attribute_key))

        return self._store.once(learner_id, message_id, guarded)

    def _go_on(self, rows: CompareRecords, here: Comparison, number: int) -> Payload:
        if number < len(self._keys):
            after = replace(here, attribute_key=self._keys[number])
            rows.keep(after)
            return self._told("compare_question", after)
        found = [asdict(one) for one in nearest(self._attributes, self._pilots, here.chosen)]
        after = replace(here, attribute_key="", nearest=found)
        rows.keep(after)
        return self._told("compare_result", after)

    def _told(self, kind: str, comparison: Comparison, **told: bool) -> Payload:
        return {"kind": kind, **asdict(comparison), **told}


def _choose(here: Comparison, attribute: Attribute, values: list[str]) -> Comparison:
    return replace(here, chosen={**here.chosen, attribute.key: values})
