"""One turn of a conversation, as an action sees it, and the base of all actions."""

from __future__ import annotations

import json
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from bot.actions.composition import Parts, parts

log = logging.getLogger(__name__)
OWN_PAGE = "web"
NOTHING_DONE = {"data_delete": "utter_nothing_deleted", "unlink": "utter_nothing_unlinked"}
NAMES_ASKED = ("new_project", "rename")  # interviews that ask for the name of a project
NAME_LIMIT_WORDS = 4
Event = dict[str, Any]
Button = dict[str, str]


class Turn:
    """What was said, by whom, and a voice to answer with."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker, parts: Parts) -> None:
        message = tracker.latest_message or {}
        self._dispatcher = dispatcher
        self._slots = tracker.slots
        self.learner_id: str = tracker.sender_id
        self.message_id: str = _message_id(message)
        metadata = message.get("metadata") or {}
        self.channel: str = str(metadata.get("channel") or OWN_PAGE)
        self.telegram_bot: str = str(metadata.get("telegram_bot") or "")  # its user name, where that door is open
        self.intent: str = (message.get("intent") or {}).get("name") or ""
        ranking = message.get("intent_ranking") or []
        self.intent_ranking: list[tuple[str, float]] = [
            (str(one["name"]), float(one["confidence"])) for one in ranking if one["name"] != "nlu_fallback"
        ]
        self.distress: str = str(message.get("distress") or "none")  # "likely" or "sure": see the detector
        self.is_button: bool = str(message.get("text") or "").startswith("/")
        self.text: str = "" if self.is_button else str(message.get("text") or "")
        self._entities = {one["entity"]: one["value"] for one in message.get("entities") or []}
        self.parts = parts

    def slot(self, name: str) -> Any:
        """Return what a slot holds."""
        return self._slots.get(name)

    def follow(self, events: list[Event]) -> list[Event]:
        """Take over slots that this turn sets, for what comes after in it; gives the events back."""
        self._slots = {**self._slots, **{event["name"]: event["value"] for event in events}}
        return events

    def entity(self, name: str) -> str | None:
        """Return what a button named, or None. What a person types never counts as one of a button's names."""
        value = self._entities.get(name)
        return str(value) if self.is_button and value is not None else None

    def say(
        self,
        response: str,
        buttons: list[Button] | None = None,
        *,
        sources: tuple[str, ...] = (),
        progress: dict[str, Any] | None = None,
        image: str | dict[str, Any] | None = None,
        files: Sequence[dict[str, str]] = (),
        order: str = "",
        **values: Any,
    ) -> None:
        """Say one bubble: a response of ``domain.yml``, filled with values.

        Args:
            response: Name of the response.
            buttons: What may be pressed under it.
            sources: Keys of the sources that it rests on.
            progress: Where it stands in a lesson.
            image: Name of the picture that it shows; one that is not there is left out, and the log says so. Or a
                picture of the person's own, as ``learning.gallery`` describes it.
            files: What can be taken away: each has a ``url`` at the door, a ``title`` to press and a file ``name``.
            order: What the door is to do once this turn is over; the bubble is then replaced by what came of it.
            values: What the response's braces are filled with.
        """
        custom: dict[str, Any] = {}
        if sources:
            custom["sources"] = [_source(source) for source in self.parts.knowledge.cited(sources)]
        if progress:
            custom["progress"] = progress
        if files:
            custom["files"] = list(files)
        if order:
            custom["order"] = order
        picture = self._picture(image) if isinstance(image, str) else image
        self._dispatcher.utter_message(
            response=response, buttons=buttons or [], image=picture, json_message=custom or None, **values
        )

    def offer(self, button: Button) -> None:
        """Put one more button before those of the last bubble."""
        if said := self._dispatcher.messages:
            said[-1]["buttons"] = [button, *(said[-1].get("buttons") or [])]

    def mention_kept(self) -> None:
        """Say before all else that nothing was done of what was asked about, when the turn was about something else."""
        response = NOTHING_DONE.get(str(self.slot("step")))
        if response:
            self.say(response)
            self._dispatcher.messages.insert(0, self._dispatcher.messages.pop())

    def mention_help(self) -> None:
        """Where distress is likely and not sure, name people who can help, before all else that is said.

        It comes first: the last bubble keeps its buttons, and who is in need reads no further.
        """
        said = self._dispatcher.messages
        if self.distress != "likely" or self._is_name() or any(one.get("response") == "utter_distress" for one in said):
            return
        self.say("utter_distress_likely")
        said.insert(0, said.pop())

    def _is_name(self) -> bool:
        """Tell a few words where a project's name is asked for: too few to judge, and "Night bus" is no despair."""
        return self.slot("interview") in NAMES_ASKED and len(self.text.split()) <= NAME_LIMIT_WORDS

    def _picture(self, name: str) -> dict[str, Any] | None:
        picture = self.parts.knowledge.pictures.get(name)
        if picture is None:
            log.warning("picture '%s' is not shown: images.yml does not list it", name)
            return None
        width, height = picture.size
        return {"name": name, "title": picture.title, "alt": picture.alt, "width": width, "height": height}


def _message_id(message: dict[str, Any]) -> str:
    """Read the id that the door gave a message, or Rasa's own; one without any is never taken for a repeat."""
    given = (message.get("metadata") or {}).get("message_id") or message.get("message_id")
    return str(given or uuid4())


def _let_go_of_note(turn: Turn, events: list[Event]) -> list[Event]:
    """End the asking for a note's new text, or whether to delete or unlink, when the turn was about something else."""
    is_asked = turn.slot("step") in ("note_edit", "note_delete", "data_delete", "unlink")
    is_moved = any(event.get("name") == "step" for event in events)
    if is_asked and not is_moved and not turn.is_button:  # a button says itself what it does
        turn.mention_kept()
    return [*events, SlotSet("step", "none")] if is_asked and not is_moved else events


def _source(source: Any) -> dict[str, str]:
    return {"key": source.key, "title": source.title, "author": source.author, "year": source.year, "url": source.url}


def button(title: str, intent: str, kind: str = "action", **entities: str) -> Button:
    """Make a button that says an intent, with what it names."""
    named = json.dumps(entities, ensure_ascii=False) if entities else ""
    return {"title": title, "payload": f"/{intent}{named}", "kind": kind}


class TutorAction(Action, ABC):
    """An action that always answers: on a fault of ours it says so, and the place is kept.

    A fault of the database is not swallowed: the turn fails, the person is told, and the same message can come again.
    """

    find_parts: Callable[[], Parts] = staticmethod(parts)

    @abstractmethod
    def tell(self, turn: Turn) -> list[Event]:
        """Say what there is to say, and return events."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Event]:
        """Run the action for Rasa."""
        turn = Turn(dispatcher, tracker, self.find_parts())
        try:
            events = _let_go_of_note(turn, self.tell(turn))
            turn.mention_help()
            return events
        except SQLAlchemyError:
            log.exception("%s: the database failed in message %s", self.name(), turn.message_id)
            raise
        except Exception:
            log.exception("%s failed in message %s", self.name(), turn.message_id)
            dispatcher.messages.clear()
            turn.say(
                "utter_trouble", [button("Show me where I am", "repeat_card"), button("What can you do?", "ask_help")]
            )
            return []
