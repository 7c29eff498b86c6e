"""The commands that Telegram shows in its menu, and what each of them stands for."""

from __future__ import annotations

from channels.words import say

MENU = {  # each command, and the sentence that describes it
    "start": "telegram_menu_start",
    "lesson": "telegram_menu_lesson",
    "ask": "telegram_menu_ask",
    "plan": "telegram_menu_plan",
    "compare": "telegram_menu_compare",
    "practise": "telegram_menu_practise",
    "progress": "telegram_menu_progress",
    "notes": "telegram_menu_notes",
    "help": "telegram_menu_help",
    "privacy": "telegram_menu_privacy",
    "stop": "telegram_menu_stop",
}
TYPED_AFTER = ("ask",)  # what follows is the question itself


def menu() -> list[dict[str, str]]:
    """Return the menu as the Bot API wants it."""
    return [{"command": name, "description": say(sentence)} for name, sentence in MENU.items()]


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
