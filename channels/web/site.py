"""What people open in a browser: the chat page with its files, and the plain version."""

from __future__ import annotations

from starlette.routing import BaseRoute

from channels.mailroom import Mailroom
from channels.porter import Porter
from channels.turns import Turns
from channels.web.lite import Lite
from channels.web.page import Page
from channels.web.ticket import Tickets
from channels.web.visitors import Visitors
from channels.web.words import languages, load_words
from settings import Settings, SettingsError


def make_site(
    settings: Settings, visitors: Visitors, mailroom: Mailroom, turns: Turns, porter: Porter
) -> list[BaseRoute]:
    """Make the routes of both.

    Raises:
        SettingsError: The page does not speak the language of the settings.
    """
    known = languages()
    if settings.page_language not in known:
        raise SettingsError(f"PAGE_LANGUAGE is {settings.page_language!r}; the page speaks {', '.join(known)}")
    words = load_words(settings.page_language)
    page = Page(words)
    lite = Lite(visitors, mailroom, turns, porter, Tickets(settings.secret), words, page.version)
    return [*lite.routes(), *page.routes()]
