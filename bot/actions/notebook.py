"""The notebook: reflections listed, read, changed and deleted, by button and by typing."""

from __future__ import annotations

from bot.actions.export import tell_notes_file, wants_notes_file
from bot.actions.notebook_view import (
    ask_delete,
    ask_new_text,
    say_which_note,
    tell_note,
    tell_note_outcome,
    tell_notes,
)
from bot.actions.turn import Event, Turn, TutorAction
from learning.note_words import NoteWish, is_about_a_note, read_note_wish
from learning.notebook import Note


class ActionShowNotes(TutorAction):
    """Show the reflections that the person wrote; do what they say should be done with one."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_show_notes"

    def tell(self, turn: Turn) -> list[Event]:
        """List, open, or ask about one."""
        if turn.is_button:
            named, page = _named(turn), turn.entity("page") or ""
            number = int(page) if page.isdecimal() else 0
            return tell_note(turn, named, number) if named else tell_notes(turn, number)
        if wants_notes_file(turn.text):
            return tell_notes_file(turn)
        return follow_wish(turn, read_note_wish(turn.text))


def follow_wish(turn: Turn, wish: NoteWish) -> list[Event]:
    """Do what was typed about notes; without a number it is about the one that was open last, or the only one."""
    notes = turn.parts.notebook.notes(turn.learner_id)
    if wish.wish == "list" or not notes:
        return tell_notes(turn, int(turn.slot("note_page") or 0) + wish.turn if wish.turn else 0)
    note = _numbered(notes, wish.number) if wish.number is not None else _meant(turn, notes)
    if note is None:
        return say_which_note(turn, notes, wish)
    return {"open": tell_note, "change": ask_new_text, "delete": ask_delete}[wish.wish](turn, note)


def take_note_wish(turn: Turn) -> list[Event] | None:
    """Take "delete that one" or "rewrite it" as a wish about the note that is open, if one is."""
    is_at_notes = turn.slot("step") in ("none", "note_edit", "note_delete") and not turn.is_button
    is_open = is_at_notes and str(turn.slot("note_id") or "").isdecimal()
    return follow_wish(turn, read_note_wish(turn.text)) if is_open and is_about_a_note(turn.text) else None


def _numbered(notes: list[Note], number: int) -> Note | None:
    if number == -1:
        return max(notes, key=lambda one: one.id)
    return notes[number - 1] if 1 <= number <= len(notes) else None


def _meant(turn: Turn, notes: list[Note]) -> Note | None:
    open_one = next((note for note in notes if str(note.id) == turn.slot("note_id")), None)
    return open_one or (notes[0] if len(notes) == 1 else None)


def _named(turn: Turn) -> Note | None:
    """Return the note that a button named."""
    named = turn.entity("note_id") or ""
    return turn.parts.notebook.find(turn.learner_id, int(named)) if named.isdecimal() else None


def _is_waiting(turn: Turn) -> bool:
    """Tell whether this very note was asked about just now: a "yes" that was left in the chat long ago asks again."""
    return turn.slot("step") == "note_delete" and turn.slot("note_id") == turn.entity("note_id")


class ActionEditNote(TutorAction):
    """Ask for the new text of a note."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_edit_note"

    def tell(self, turn: Turn) -> list[Event]:
        """Ask; a note that is gone is told kindly."""
        note = _named(turn)
        return ask_new_text(turn, note) if note else tell_note_outcome(turn, {"kind": "no_note"})


class ActionDeleteNote(TutorAction):
    """Delete a note, after asking once."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_delete_note"

    def tell(self, turn: Turn) -> list[Event]:
        """Ask, or delete what was asked about; a button says which, a typed yes is about the one just named."""
        before = turn.parts.store.outcome_of(turn.learner_id, turn.message_id)
        if before and before["kind"] == "note_deleted":  # the same message again
            return tell_note_outcome(turn, before)
        note, is_asked = _named(turn), turn.entity("confirmed") == "yes" and _is_waiting(turn)
        if not turn.is_button or (turn.intent == "affirm" and not note):
            waiting = str(turn.slot("note_id") or "")
            found = turn.parts.notebook.find(turn.learner_id, int(waiting)) if waiting.isdecimal() else None
            note, is_asked = found, turn.slot("step") == "note_delete"
        if note is None:
            return tell_note_outcome(turn, {"kind": "no_note"})
        if not is_asked:
            return ask_delete(turn, note)
        deleted = turn.parts.notebook.delete(turn.learner_id, turn.message_id, note.id)
        return tell_note_outcome(turn, deleted)
