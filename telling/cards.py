"""The bubbles of what is read: which response each one is, and what it is filled with."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.model import Card, Passage
from knowledge.readability import count_words
from telling.bubbles import BUBBLE_LIMIT_WORDS, split_text

HEADING_LIMIT_WORDS = 2  # "Your turn"


@dataclass(frozen=True)
class Bubble:
    """One bubble: the name of a response of ``domain.yml``, and its values."""

    response: str
    values: dict[str, str]


def card_bubbles(card: Card) -> list[Bubble]:
    """Split a card into bubbles; what does not fit beside its title stands in one of its own, at last the note."""
    room = BUBBLE_LIMIT_WORDS - count_words(card.title) - HEADING_LIMIT_WORDS
    *first, last = split_text(card.body.text, room)
    has_room = count_words(f"{last} {card.note}") < (BUBBLE_LIMIT_WORDS if first else room)
    bubbles = [
        Bubble("utter_card_rest" if number else f"utter_{card.kind}", {"title": card.title, "body": body})
        for number, body in enumerate(first)
    ]
    if card.note and has_room:
        name = "utter_card_rest_with_note" if first else f"utter_{card.kind}_with_note"
    else:
        name = "utter_card_rest" if first else f"utter_{card.kind}"
    bubbles.append(Bubble(name, {"title": card.title, "body": last, "note": card.note or ""}))
    return bubbles if not card.note or has_room else [*bubbles, Bubble("utter_note", {"note": card.note})]


def passage_texts(passage: Passage) -> list[str]:
    """Split a section of an answer into the texts of its bubbles, with its note at the end."""
    return split_text(f"{passage.text}\n\n*Note: {passage.note}*" if passage.note else passage.text)
