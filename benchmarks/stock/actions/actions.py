"""The stock assistant's one custom action: it says the response that belongs to what the person meant."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

RESPONSES = {
    "mood_great": ["utter_happy"],
    "mood_unhappy": ["utter_cheer_up", "utter_did_that_help"],
    "bot_challenge": ["utter_iamabot"],
    "goodbye": ["utter_goodbye"],
}


class ActionReply(Action):
    """Reply to a mood, a challenge or a goodbye."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_reply"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Reply."""
        for response in RESPONSES.get(tracker.latest_message["intent"]["name"], []):
            dispatcher.utter_message(response=response)
        return []
