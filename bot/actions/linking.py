"""Going on with one's course on another device: a code and a link to it, and taking a device out again."""

from __future__ import annotations

from typing import Any

import segno
from rasa_sdk.events import SlotSet

from bot.actions.answer_view import way_back
from bot.actions.turn import Event, Turn, TutorAction, button
from learning.link_codes import LIFE_MINUTES

QR_SCALE, QR_BORDER = 6, 4
PRIVACY = button("What do you store?", "ask_privacy")
HELP = button("What can you do?", "ask_help")


class ActionLinkChannel(TutorAction):
    """Give a code for another device, with a link to open there and its picture to scan."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_link_channel"

    def tell(self, turn: Turn) -> list[Event]:
        """Give it."""
        settings = turn.parts.settings
        code = turn.parts.link_codes.make(turn.learner_id)
        url, bot = f"{settings.public_url}/link/{code}", turn.telegram_bot
        response = "utter_link_code_telegram" if bot and turn.channel != "telegram" else "utter_link_code"
        unlink = [button("Unlink a device", "unlink_channel")] if turn.parts.doors.count(turn.learner_id) > 1 else []
        turn.say(
            response,
            [*way_back(turn), *unlink, PRIVACY, HELP],
            image=draw_code(url),
            code=code,
            minutes=LIFE_MINUTES,
            url=url,
            telegram=f"https://t.me/{bot}?start={code}",
        )
        return []


def draw_code(url: str) -> dict[str, Any]:
    """Draw the QR code of an address, as a picture that is its own address."""
    drawn = segno.make(url, error="m")
    width, height = drawn.symbol_size(QR_SCALE, QR_BORDER)
    picture = drawn.png_data_uri(scale=QR_SCALE, border=QR_BORDER)
    words = {"title": "Code to scan", "alt": f"QR code of the address {url}"}
    return {"url": picture, "width": width, "height": height, **words}


class ActionUnlinkChannel(TutorAction):
    """Close the other doors to one's course, or take this device out, after asking once."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_unlink_channel"

    def tell(self, turn: Turn) -> list[Event]:
        """Ask which, or leave it to the door: it knows which device this is."""
        count = turn.parts.doors.count(turn.learner_id)
        if count < 2:
            turn.say("utter_unlink_alone", [*way_back(turn), button("Go on on my phone", "link_channel"), HELP])
            return [SlotSet("step", "none")] if turn.slot("step") == "unlink" else []
        move = "others" if turn.intent == "affirm" else turn.entity("move")
        if turn.slot("step") == "unlink" and move in ("others", "this"):
            turn.say("utter_unlinking", order=f"unlink_{move}")
            return [SlotSet("step", "none")]
        ways = [
            button("Close the others", "unlink_channel", move="others"),
            button("Take this one out", "unlink_channel", move="this"),
            button("Leave it as it is", "deny"),
        ]
        turn.say("utter_unlink_ask", ways, count=count)
        return [SlotSet("step", "unlink")]
