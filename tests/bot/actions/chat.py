"""A person's chat with the actions: rules choose the action, Rasa's own code makes the bubbles, slots are kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from bot.actions.composition import Parts
from bot.actions.turn import TutorAction
from bot.components.turn_output import TurnOutput
from knowledge.markup import parse_yaml
from knowledge.model import Item
from learning.ordering import letters
from settings import ROOT

NUMBERS = count()
RULES = ROOT / "bot" / "data" / "rules"


@lru_cache(maxsize=1)
def the_domain() -> Domain:
    """Load ``domain.yml`` as Rasa does."""
    return Domain.load(str(ROOT / "domain.yml"))


@lru_cache(maxsize=1)
def the_actions() -> dict[str, type[TutorAction]]:
    """Find every action, as the action server does."""
    executor = ActionExecutor()
    executor.register_package("bot.actions")
    return {name: type(method.__self__) for name, method in executor.actions.items()}


@lru_cache(maxsize=1)
def the_rules() -> tuple[dict[str, Any], ...]:
    """Read every rule."""
    files = [parse_yaml(path.read_text(encoding="utf-8"), path.name) for path in sorted(RULES.glob("*.yml"))]
    return tuple(rule for file in files for rule in file["rules"])


def rule_for(intent: str, step: str) -> str:
    """Return the action or response that the rules give for an intent at a step."""
    for rule in sorted(the_rules(), key=lambda one: "condition" not in one):  # the closer one wins, as with Rasa
        slots = {
            name: value
            for one in rule.get("condition", ())
            for row in one["slot_was_set"]
            for name, value in row.items()
        }
        if rule["steps"][0]["intent"] == intent and slots.get("step", step) == step:
            return str(rule["steps"][1]["action"])
    raise LookupError(f"no rule for {intent} at {step}")


@dataclass(frozen=True)
class Bubble:
    """One bubble as it leaves the assistant."""

    name: str
    text: str
    buttons: list[dict[str, str]]
    sources: list[str]
    progress: dict[str, Any]
    image: dict[str, Any] | None
    files: list[dict[str, str]]
    values: dict[str, Any]
    order: str = ""


@dataclass(frozen=True)
class Reply:
    """All bubbles of one turn."""

    bubbles: list[Bubble]

    @property
    def names(self) -> list[str]:
        """Names of the responses."""
        return [bubble.name for bubble in self.bubbles]

    @property
    def text(self) -> str:
        """Everything said."""
        return "\n\n".join(bubble.text for bubble in self.bubbles)

    @property
    def files(self) -> list[dict[str, str]]:
        """Every file to take away, in order."""
        return [file for bubble in self.bubbles for file in bubble.files]

    @property
    def buttons(self) -> list[dict[str, str]]:
        """Every button, in order."""
        return [button for bubble in self.bubbles for button in bubble.buttons]

    def payloads(self, intent: str = "") -> list[str]:
        """Payloads of the buttons, or of those that say an intent."""
        return [one["payload"] for one in self.buttons if one["payload"].startswith(f"/{intent}")]

    def button(self, title: str) -> dict[str, str]:
        """Find a button by the beginning of its title."""
        return next(one for one in self.buttons if one["title"].startswith(title))


class Chat:
    """Somebody talks, from one message to the next.

    Args:
        parts: What the actions work with.
        name: Who talks.
        channel: Through which door.
        telegram_bot: User name of the bot, where that door is open.
    """

    def __init__(self, parts: Parts, name: str = "ann", channel: str = "web", telegram_bot: str = "") -> None:
        self.parts = parts
        self.name = name
        self.door = {"channel": channel, "telegram_bot": telegram_bot}
        self.slots: dict[str, Any] = {slot.name: slot.initial_value for slot in the_domain().slots}

    def press(self, button: dict[str, str] | str, message_id: str = "") -> Reply:
        """Press a button, or send a button's payload."""
        payload = button if isinstance(button, str) else button["payload"]
        intent, brace, entities = payload.removeprefix("/").partition("{")
        named = json.loads(brace + entities) if brace else {}
        return self._send(payload, intent, named, message_id)

    def type(
        self,
        text: str,
        intent: str = "nlu_fallback",
        message_id: str = "",
        ranking: dict[str, float] | None = None,
        distress: str = "none",
        **entities: str,
    ) -> Reply:
        """Type a text that was understood as an intent, with the ranking behind it, and entities found in it.

        ``distress`` is how likely the text tells of danger: "none", "likely" or "sure".
        """
        return self._send(text, intent, entities, message_id, ranking, distress)

    def _send(
        self,
        text: str,
        intent: str,
        entities: dict[str, str],
        message_id: str,
        ranking: dict[str, float] | None = None,
        distress: str = "none",
    ) -> Reply:
        action_name = rule_for(intent, self.slots["step"])
        dispatcher = CollectingDispatcher()
        if action_name in the_actions():
            action = the_actions()[action_name]()
            action.find_parts = lambda: self.parts
            tracker = self._tracker(text, intent, entities, message_id, ranking)
            tracker.latest_message["distress"] = distress
            self._apply(run_action(action, dispatcher, tracker))
        else:
            dispatcher.utter_message(response=action_name)
        return render(dispatcher.messages, self.slots)

    def _tracker(
        self,
        text: str,
        intent: str,
        entities: dict[str, str],
        message_id: str,
        ranking: dict[str, float] | None,
    ) -> Tracker:
        message = {
            "text": text,
            "intent": {"name": intent, "confidence": 1.0},
            "intent_ranking": [{"name": name, "confidence": share} for name, share in (ranking or {}).items()],
            "entities": [{"entity": name, "value": value} for name, value in entities.items()],
            "metadata": {"message_id": message_id or f"m{next(NUMBERS)}", **self.door},
        }
        return Tracker(self.name, dict(self.slots), message, [], False, None, {}, "action_listen")

    def _apply(self, events: Iterable[dict[str, Any]]) -> None:
        for event in events:
            assert event["event"] == "slot"
            self.slots[event["name"]] = event["value"]

    def stand_at(self, step_key: str) -> Reply:
        """Go to a step of any lesson by its key."""
        lesson = next(
            one for one in self.parts.knowledge.lessons.values() if step_key in [step.key for step in one.steps]
        )
        reply = self.press(f'/choose_lesson{{"lesson_id": "{lesson.id}"}}')
        for _ in lesson.steps:
            found = self.parts.walk.where(self.name)
            if found and found[1].key == step_key:
                break
            reply = self.press("/skip_step")
        return reply

    def open(self, kind: str) -> Item:
        """Go to the first item of a kind, and return it."""
        items = [item for lesson in self.parts.knowledge.lessons.values() for item in lesson.items]
        item = next(item for item in items if item.kind == kind)
        self.stand_at(item.key)
        return item


def run_action(action: TutorAction, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
    """Run an action as the action server does."""
    return list(asyncio.run(action.run(dispatcher, tracker, {})))


def render(messages: list[dict[str, Any]], slots: dict[str, Any]) -> Reply:
    """Make bubbles of what an action sent, by the code with which Rasa makes them."""
    domain = the_domain()
    tracker = DialogueStateTracker.from_dict("ann", [], domain.slots)
    for name, value in slots.items():
        tracker.slots[name].value = value
    generator = TemplatedNaturalLanguageGenerator(domain.responses)
    uttered = asyncio.run(RemoteAction._utter_responses(deepcopy(messages), TurnOutput(), generator, tracker))
    assert len(uttered) == len(messages), "a response is not in domain.yml"
    return Reply([_to_bubble(event.message(), message) for event, message in zip(uttered, messages, strict=True)])


def _to_bubble(said: dict[str, Any], message: dict[str, Any]) -> Bubble:
    custom = said.get("custom") or {}
    standard = {"text", "buttons", "elements", "custom", "template", "response", "image", "attachment"}
    values = {name: value for name, value in message.items() if name not in standard}
    return Bubble(
        name=message["response"],
        text=said["text"] or "",
        buttons=said.get("buttons") or [],
        sources=[source["key"] for source in custom.get("sources", [])],
        progress=custom.get("progress", {}),
        image=said.get("image"),
        files=custom.get("files", []),
        values=values,
        order=custom.get("order", ""),
    )


def letters_of(item: Item, keys: Iterable[str]) -> list[str]:
    """Return the letters under which options stand."""
    wanted = set(keys)
    return [letter for key, letter in letters(item).items() if key in wanted]


def wrong_keys(item: Item) -> list[str]:
    """Return the keys of the options that are not right."""
    return [option.key for option in item.options if not option.is_right]


def typed_order(item: Item, keys: Iterable[str]) -> str:
    """Write an order of steps as somebody types it."""
    return " ".join(letters(item)[key] for key in keys).lower()


def right_order(item: Item) -> list[str]:
    """Return the keys of an item's steps in the right order."""
    return [option.key for option in item.options]
