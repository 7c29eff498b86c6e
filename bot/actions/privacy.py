"""What is stored about a person: told, given as a file, deleted after asking once."""

from __future__ import annotations

import re

from rasa_sdk.events import SlotSet

from bot.actions.answer_view import way_back
from bot.actions.turn import Event, Turn, TutorAction, button
from learning.downloads import LIFE_HOURS, address
from learning.papers.library import DATA, DATA_NAME

COPY = button("Get a copy", "export_my_data")
DELETE = button("Delete everything", "delete_my_data")
HELP = button("What can you do?", "ask_help")
_YES = re.compile(r"\s*(?:yes|yep|yeah|sure|ok|okay|do it)\b", re.I)


class ActionTellPrivacy(TutorAction):
    """Say what is stored, why, how long, and who reads it."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_tell_privacy"

    def tell(self, turn: Turn) -> list[Event]:
        """Say it, with the ways to a copy and to being forgotten."""
        days = turn.parts.settings.retention_days
        turn.say(self._name_stored(turn))
        response = "utter_privacy_rights" if days else "utter_privacy_rights_no_limit"
        turn.say(response, [*way_back(turn), COPY, DELETE, HELP], days=days)
        return []

    def _name_stored(self, turn: Turn) -> str:
        """Name what is stored about somebody who comes through these doors."""
        doors = turn.parts.doors.channels(turn.learner_id) | {turn.channel}
        if "telegram" not in doors:
            return "utter_privacy"
        return "utter_privacy_both" if "web" in doors else "utter_privacy_telegram"


class ActionExportMyData(TutorAction):
    """Give all that is stored about the person as one file."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_export_my_data"

    def tell(self, turn: Turn) -> list[Event]:
        """Give a link to it; the file is made when it is fetched."""
        named = {"kind": DATA, "format": "zip", "channel": turn.channel}
        token = turn.parts.downloads.make(turn.learner_id, turn.message_id, **named)
        files = [{"url": address(token), "title": "All my data, as a ZIP file", "name": DATA_NAME}]
        response = "utter_data_file_telegram" if turn.gets_documents else "utter_data_file"
        turn.say(response, [*way_back(turn), DELETE, HELP], files=files, hours=LIFE_HOURS)
        return []


class ActionDeleteMyData(TutorAction):
    """Delete everything about the person, after asking once."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_delete_my_data"

    def tell(self, turn: Turn) -> list[Event]:
        """Ask; or leave it to the door, which does it when this turn is over and gives the receipt."""
        is_yes = turn.intent == "affirm" or turn.entity("confirmed") == "yes" or bool(_YES.match(turn.text))
        if is_yes and turn.slot("step") == "data_delete":
            turn.say("utter_data_deleting", order="erase")
            return [SlotSet("step", "none")]
        ways = [
            button("Yes, delete everything", "delete_my_data", confirmed="yes"),
            button("No, keep it", "deny"),
            button("Get a copy first", "export_my_data"),
        ]
        turn.say("utter_data_delete", ways)
        return [SlotSet("step", "data_delete")]


class ActionLeaveAsIs(TutorAction):
    """Change nothing, after a no."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_leave_as_is"

    def tell(self, turn: Turn) -> list[Event]:
        """Say so, with the ways on."""
        turn.say("utter_left_as_is", [*way_back(turn), button("Take a lesson", "start_course"), HELP])
        return [SlotSet("step", "none")]
