"""Telling the notebook: a page of it, one note, and what happened to one."""

from __future__ import annotations

import re
from itertools import groupby

from rasa_sdk.events import SlotSet

from bot.actions.answer_view import is_at_own_work, way_to_interview, way_to_lesson
from bot.actions.plan_place import as_written
from bot.actions.turn import Button, Event, Turn, button
from learning.note_words import NoteWish
from learning.notebook import Note, excerpt, page_of
from learning.store import Payload
from telling.bubbles import TURN_LIMIT_BUBBLES, split_text

LINE_LIMIT_CHARS = 70
ASKED_LIMIT_CHARS = 200
TITLE_LIMIT_CHARS = 30
NOTE_LIMIT_WORDS = 70
_A_BUBBLE = re.compile(rf"(?:\S+\s*){{1,{NOTE_LIMIT_WORDS}}}")
NOTE_STEPS = ("none", "note_edit", "note_delete")  # of somebody who looks at notes
ALL_NOTES = button("All my notes", "show_notes")


def tell_notes(turn: Turn, page: int = 0) -> list[Event]:
    """List a page of notes under their lessons, each with a button that opens it."""
    notes = turn.parts.notebook.notes(turn.learner_id)
    if not notes:
        turn.say("utter_no_notes", _ways_on(turn) or [button("Take a lesson", "start_course")])
        return _slots()
    page, shown = page_of(notes, page)
    turn.say("utter_notes", _page_buttons(turn, notes, page, shown), count=len(notes), notes=_lines(turn, shown))
    return [*_slots(), SlotSet("note_page", str(page))]


def _lines(turn: Turn, shown: list[tuple[int, Note]]) -> str:
    titles = {plan.id: plan.title for plan in turn.parts.knowledge.course.lessons}
    parts = []
    for lesson_id, group in groupby(shown, key=lambda one: one[1].lesson_id):
        lines = [f"{number}\\. {excerpt(note.text, LINE_LIMIT_CHARS)}" for number, note in group]
        parts.append("\n\n".join([f"**{titles.get(lesson_id, lesson_id)}**", *lines]))
    return "\n\n".join(parts)


def _page_buttons(turn: Turn, notes: list[Note], page: int, shown: list[tuple[int, Note]]) -> list[Button]:
    buttons = [
        button(f"{number} · {excerpt(note.text, TITLE_LIMIT_CHARS)}", "show_notes", note_id=str(note.id))
        for number, note in shown
    ]
    if shown[-1][0] < len(notes):
        buttons.append(button("More notes", "show_notes", page=str(page + 1)))
    if page:
        buttons.append(button("Previous notes", "show_notes", page=str(page - 1)))
    return [*buttons, button("As a document", "export_plan", move="notes"), *_ways_on(turn)]


def _ways_on(turn: Turn) -> list[Button]:
    """Make the button that leads back to what is open: a question about the person's own work, or the lesson."""
    is_in_notes = turn.slot("step") in NOTE_STEPS
    kind = str(turn.slot("interview") or "reminder")
    if is_at_own_work(turn) or (is_in_notes and not kind.startswith("reminder")):
        return [way_to_interview(turn)]
    return way_to_lesson(turn)


def tell_note(turn: Turn, note: Note, part: int = 0) -> list[Event]:
    """Show one note, with its lesson and what can be done with it; a very long one in parts."""
    bubbles = _bubbles(note.text)
    part = min(part, (len(bubbles) - 1) // TURN_LIMIT_BUBBLES)
    end = (part + 1) * TURN_LIMIT_BUBBLES
    *first, last = bubbles[part * TURN_LIMIT_BUBBLES : end]
    for text in first:
        turn.say("utter_note_text", note=text)
    ways = [
        *([button("Read on", "show_notes", note_id=str(note.id), page=str(part + 1))] if end < len(bubbles) else []),
        button("Change it", "edit_note", note_id=str(note.id)),
        button("Delete it", "delete_note", note_id=str(note.id)),
        ALL_NOTES,
    ]
    titles = {plan.id: plan.title for plan in turn.parts.knowledge.course.lessons}
    turn.say("utter_own_note", [*ways, *_ways_on(turn)], note=last, lesson=titles.get(note.lesson_id, ""))
    return _slots(note)


def _bubbles(text: str) -> list[str]:
    """Write a note in bubbles, as a quotation with its own line ends."""
    pieces = [piece for bubble in split_text(text, NOTE_LIMIT_WORDS) for piece in _A_BUBBLE.findall(bubble)]
    return ["\n".join(f"> {as_written(line)}" for line in piece.strip().splitlines()) for piece in pieces]


def ask_new_text(turn: Turn, note: Note) -> list[Event]:
    """Ask for the text that takes the place of a note."""
    turn.say("utter_note_change", leave_note(turn, str(note.id)), note=excerpt(note.text, ASKED_LIMIT_CHARS))
    return [*_slots(note), SlotSet("step", "note_edit")]


def leave_note(turn: Turn, note_id: str) -> list[Button]:
    """Make the buttons that leave a note as it is, while its new text is asked for."""
    return [button("Leave it as it is", "show_notes", note_id=note_id), *_ways_on(turn)]


def ask_delete(turn: Turn, note: Note) -> list[Event]:
    """Ask once before a note is deleted."""
    ways = [
        button("Yes, delete it", "delete_note", note_id=str(note.id), confirmed="yes"),
        button("No, keep it", "show_notes", note_id=str(note.id)),
    ]
    turn.say("utter_note_delete", ways, note=excerpt(note.text, ASKED_LIMIT_CHARS))
    return [*_slots(note), SlotSet("step", "note_delete")]


def say_which_note(turn: Turn, notes: list[Note], wish: NoteWish) -> list[Event]:
    """Ask which note is meant, and show them."""
    page, shown = page_of(notes, 0)
    turn.say("utter_which_note", _page_buttons(turn, notes, page, shown), count=len(notes))
    return _slots()


def tell_note_outcome(turn: Turn, outcome: Payload) -> list[Event]:
    """Say that a note was changed, deleted, or is not there any more."""
    kind = outcome["kind"]
    note_id = [button("Read it", "show_notes", note_id=str(outcome["note_id"]))] if kind == "note_changed" else []
    responses = {"note_changed": "utter_note_changed", "note_deleted": "utter_note_deleted"}
    turn.say(responses.get(kind, "utter_no_note"), [*note_id, ALL_NOTES, *_ways_on(turn)])
    return _slots()


def _slots(note: Note | None = None) -> list[Event]:
    """Say which note is open; whoever looks at notes is not writing a reflection now."""
    return [
        SlotSet("step", "none"),
        SlotSet("note_id", str(note.id) if note else None),
        SlotSet("last_topic_id", None),
    ]
