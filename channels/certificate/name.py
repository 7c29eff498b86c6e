"""The name for a certificate, as somebody typed it: made harmless, and readable with our fonts."""

from __future__ import annotations

from channels.errors import BadMessage, TooLarge
from channels.said import clean_text
from channels.words import say
from learning.certificate_paper import missing_letters

NAME_LIMIT_CHARS = 80


class NameUnusable(Exception):
    """The name cannot stand on a certificate; the text tells the person what to do, and does not quote all of it."""


def read_name(typed: str) -> str:
    """Read a name on one line.

    Raises:
        NameUnusable: Nothing is left, it is too long, or it has characters that no font of ours can show.
    """
    try:
        name = " ".join(clean_text(typed).split())
    except (BadMessage, TooLarge) as error:
        raise NameUnusable(say("certificate_no_name", limit=NAME_LIMIT_CHARS)) from error
    if len(name) > NAME_LIMIT_CHARS:
        raise NameUnusable(say("certificate_long_name", count=len(name), limit=NAME_LIMIT_CHARS))
    if missing := missing_letters(name):
        raise NameUnusable(say("certificate_strange_letters", letters=" ".join(missing[:10])))
    return name
