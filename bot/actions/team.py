"""How the course team is reached."""

from __future__ import annotations

from bot.actions.answer_view import way_back
from bot.actions.turn import Event, Turn, TutorAction, button


class ActionContactTeam(TutorAction):
    """Say where the course team can be reached, and what reaches it anyhow."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_contact_team"

    def tell(self, turn: Turn) -> list[Event]:
        """Say it, and lead back to where the person is."""
        contact = turn.parts.settings.team_contact
        buttons = [*way_back(turn), button("What do you store?", "ask_privacy"), button("What can you do?", "ask_help")]
        turn.say("utter_contact_team" if contact else "utter_contact_team_none", buttons, contact=_as_link(contact))
        return []


def _as_link(contact: str) -> str:
    """Make a web address one to press; a mail address is shown as it is."""
    return f"<{contact}>" if contact.startswith("http") else contact
