"""Saying that an author changed a lesson since the person was last in it."""

from __future__ import annotations

from typing import Any

from bot.actions.turn import Turn


def tell_edit(turn: Turn, edit: dict[str, Any]) -> None:
    """Say kindly what changed, and where the person is now."""
    what = changes_in_words(edit)
    if edit["is_step_gone"]:
        turn.say("utter_lesson_edited_gone", changes=what)
    elif what:
        turn.say("utter_lesson_edited", changes=what)
    else:
        turn.say("utter_lesson_edited_somehow")


def changes_in_words(edit: dict[str, Any]) -> str:
    """List what changed.

    Example:
        "1 step is new, 2 are reworded and 1 is gone"
    """
    counts = {"new": edit["new"], "reworded": edit["reworded"], "gone": edit["gone"]}
    parts = [f"{count} {'is' if count == 1 else 'are'} {what}" for what, count in counts.items() if count]
    if not parts:
        return ""
    number, rest = parts[0].split(" ", 1)
    first = f"{number} {'step' if number == '1' else 'steps'} {rest}"
    return " and ".join([", ".join([first, *parts[1:-1]]), parts[-1]]) if len(parts) > 1 else first
