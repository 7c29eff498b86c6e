"""Buttons under a message in Telegram: laid out, cut to a phone's width, and marked once one was pressed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Button = dict[str, str]  # title, token and kind, as the outbox keeps them
Rows = list[list[dict[str, str]]]

DATA_LIMIT_BYTES = 64
TITLE_LIMIT_CHARS = 38  # about what a phone shows on one line; the rest would be hidden
HALF_LIMIT_CHARS = 17  # two such titles fit beside each other
CHOSEN = "✓ "


def is_sendable(button: Button) -> bool:
    """Tell whether Telegram takes the button: 1 to 64 bytes of data, and something to read."""
    return 0 < len(button["token"].encode()) <= DATA_LIMIT_BYTES and bool(button["title"].strip())


def lay_out(buttons: Sequence[Button]) -> Rows:
    """Arrange buttons in rows: answers under each other, ratings beside each other, the rest one or two a row."""
    rows: Rows = []
    room = ""  # kind of the buttons that the last row has room for
    for button in (one for one in buttons if is_sendable(one)):
        title = button["title"]
        key = {"text": cut_title(title), "callback_data": button["token"]}
        fits = button["kind"] != "option" and len(title) <= HALF_LIMIT_CHARS
        if fits and room == group_of(button):
            rows[-1].append(key)
            room = ""
        else:
            rows.append([key])
            room = group_of(button) if fits else ""
    return rows


def after_press(buttons: Sequence[Button], tokens: Sequence[str]) -> Rows:
    """Arrange what is left once buttons were pressed: those, marked; a rating leaves the other buttons, and they it."""
    pressed = [button for button in buttons if button["token"] in tokens]
    kinds = {group_of(button) for button in pressed}
    left = [button for button in buttons if button in pressed or group_of(button) not in kinds]
    marked = [{**button, "title": CHOSEN + button["title"]} if button in pressed else button for button in left]
    return lay_out(marked)


def group_of(button: Button) -> str:
    """Name the group of which one button can be pressed: ratings, or all the others."""
    return "rate" if button["kind"] == "rate" else "way"


def cut_title(title: str) -> str:
    """Cut a long title at the end of a word.

    Example:
        >>> cut_title("A. People who use the service also decide and carry out")
        'A. People who use the service also…'
    """
    title = " ".join(title.split())
    if len(title) <= TITLE_LIMIT_CHARS:
        return title
    kept = title[: TITLE_LIMIT_CHARS - 1]
    at_word = kept.rpartition(" ")[0] if not title[len(kept)].isspace() else kept
    return (at_word if len(at_word) > TITLE_LIMIT_CHARS // 2 else kept).rstrip(" ,;:–-") + "…"


def long_titles(buttons: Sequence[Button]) -> list[str]:
    """Return the titles of all answers to choose from if one would be cut, so that the message can name them."""
    titles = [button["title"] for button in buttons if button["kind"] == "option"]
    return titles if any(cut_title(title) != title for title in titles) else []


def markup(rows: Rows) -> dict[str, Any]:
    """Return rows as the Bot API wants them; no row takes the keyboard away."""
    return {"inline_keyboard": rows}
