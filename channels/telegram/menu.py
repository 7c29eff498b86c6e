"""The commands that Telegram shows in its menu, and what each of them stands for."""

from __future__ import annotations

from channels.words import say

MENU = ("start", "lesson", "ask", "plan", "compare", "practise", "progress", "notes", "help", "privacy", "stop")
TYPED_AFTER = ("ask",)  # what follows is the question itself


def menu() -> list[dict[str, str]]:
    """Return the menu as the Bot API wants it."""
    return [{"command": name, "description": say(f"telegram_menu_{name}")} for name in MENU]


def words_of(command: str, rest: str) -> str | None:
    """Return what a command with words behind it says in words; None if it is a command and no more.

    Example:
        >>> words_of("ask", "who pays?"), words_of("lesson", "2"), words_of("lesson", "")
        ('who pays?', 'lesson 2', None)
    """
    if command not in MENU:
        return f"{command} {rest}".strip()
    if not rest or command == "start":
        return None
    return rest if command in TYPED_AFTER else f"{command} {rest}"
