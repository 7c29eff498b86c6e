"""Telling a step that is read: a card, a story or a reflection, whole within the limits of a bubble."""

from __future__ import annotations

from bot.actions.item_view import BACK, NEXT
from bot.actions.lesson_place import place_slots, progress
from bot.actions.turn import Event, Turn
from knowledge.model import Card, Lesson
from learning.store import Payload
from telling.cards import card_bubbles


def tell_card(turn: Turn, lesson: Lesson, outcome: Payload, card: Card) -> list[Event]:
    """Tell a card; its last text shows sources and picture, and the last bubble the ways on."""
    bubbles = card_bubbles(card)
    last_text = max(number for number, bubble in enumerate(bubbles) if "body" in bubble.values)
    ways_on = [NEXT, *([BACK] if outcome["place"]["number"] else [])]
    for number, bubble in enumerate(bubbles):
        buttons = ways_on if bubble is bubbles[-1] else []
        if number == last_text:
            shown = {"sources": card.body.sources, "image": card.body.image}
            turn.say(bubble.response, buttons, progress=progress(lesson, outcome), **shown, **bubble.values)
        else:
            turn.say(bubble.response, buttons, **bubble.values)
    return place_slots(lesson, "reflect" if card.kind == "reflect" else "card")
