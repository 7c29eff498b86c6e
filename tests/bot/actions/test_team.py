"""Who wants to reach the course team is told where, or honestly that there is no address."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.actions.composition import Parts
from tests.bot.actions.chat import Chat


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("team@example.org", "here: team@example.org"),
        ("https://example.org/team", "here: <https://example.org/team>"),
        ("", "no address to give out"),
    ],
)
def test_contact_is_told_as_it_is_set(parts: Parts, contact: str, told: str) -> None:
    """A web address can be pressed."""
    chat = Chat(replace(parts, settings=replace(parts.settings, team_contact=contact)))

    assert told in chat.type("how do i reach the team", "contact_team").text


def test_contact_in_a_lesson_leads_back(chat: Chat) -> None:
    """The place in the lesson stays, and a button leads there."""
    chat.press("/start_course")

    assert chat.type("how do i reach the team", "contact_team").button("Back to my lesson")
