"""Telling a step that is read: a card, a story or a reflection, whole within the limits of a bubble."""

from __future__ import annotations

from bot.actions.bubbles import BUBBLE_LIMIT_WORDS, split_text
from bot.actions.item_view import BACK, NEXT
from bot.actions.lesson_place import place_slots, progress
from bot.actions.turn import Event, Turn
from knowledge.checks import count_words
from knowledge.model import Card, Lesson
from learning.store import Payload

HEADING_LIMIT_WORDS = 2  # "Your turn"


def tell_card(turn: Turn, lesson: Lesson, outcome: Payload, card: Card) -> list[Event]:
    """Tell a card; what does not fit beside its title stands in a bubble of its own."""
    room = BUBBLE_LIMIT_WORDS - count_words(card.title) - HEADING_LIMIT_WORDS
    *first, last = split_text(card.body.text, room)
    has_room = count_words(f"{last} {card.note}") < (BUBBLE_LIMIT_WORDS if first else room)
    for number, body in enumerate(first):
        turn.say("utter_card_rest" if number else f"utter_{card.kind}", title=card.title, body=body)
    if card.note and has_room:
        response = "utter_card_rest_with_note" if first else f"utter_{card.kind}_with_note"
    else:
        response = "utter_card_rest" if first else f"utter_{card.kind}"
    is_noted_later = bool(card.note) and not has_room
    ways_on = [NEXT, *([BACK] if outcome["place"]["number"] else [])]
    turn.say(
        response,
        [] if is_noted_later else ways_on,
        sources=card.body.sources,
        progress=progress(lesson, outcome),
        image=card.body.image,
        title=card.title,
        body=last,
        note=card.note or "",
    )
    if is_noted_later:
        turn.say("utter_note", ways_on, note=card.note)
    return place_slots(lesson, "reflect" if card.kind == "reflect" else "card")
