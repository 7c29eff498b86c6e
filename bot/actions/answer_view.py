"""Telling answers: an entry in its lengths, a choice of topics, a definition, an honest no."""

from __future__ import annotations

from collections.abc import Iterable

from rasa_sdk.events import SlotSet

from bot.actions.bubbles import TURN_LIMIT_BUBBLES, split_text
from bot.actions.turn import Button, Event, Turn, button
from knowledge.answering import Finding
from knowledge.model import Entry, Item, Term, Topic
from learning.walk import open_item

OFFERED_TOPICS = 2
TOPICS_TO_TRY = ("system.not-consultation", "system.co-creation", "pilot.estonia")


def tell_entry(turn: Turn, entry: Entry, length: str = "answer") -> list[Event]:
    """Tell an entry: ``answer``, ``more``, ``simpler`` or ``example``, with its sources and what can come next."""
    passage = getattr(entry, length)
    if passage is None:
        turn.say(f"utter_no_{length}", _further(entry, length) + way_back(turn))
        return [SlotSet("last_topic_id", entry.id)]
    place = entry.example_pilot and turn.parts.knowledge.course.topics[entry.example_pilot].about
    response = "utter_example" if length == "example" and place else "utter_answer"
    noted = f"{passage.text}\n\n*{passage.note}*" if passage.note else passage.text
    *first, last = split_text(noted)
    for text in first:
        turn.say(response, passage=text, place=place or "")
    turn.say(
        response,
        _further(entry, length),
        sources=passage.sources,
        image=passage.image,
        passage=last,
        place=place or "",
    )
    if len(first) + 2 <= TURN_LIMIT_BUBBLES:
        _tell_what_next(turn, entry)
    return [SlotSet("last_topic_id", entry.id)]


def _further(entry: Entry, told: str) -> list[Button]:
    offers = {
        "more": ("Tell me more", "ask_more"),
        "simpler": ("Simpler", "ask_simpler"),
        "example": ("Example", "ask_example"),
    }
    buttons = [
        button(title, intent) for length, (title, intent) in offers.items() if length != told and getattr(entry, length)
    ]
    rating = [
        button("👍", "rate_helpful", "rate", topic_id=entry.id),
        button("👎", "rate_unhelpful", "rate", topic_id=entry.id),
    ]
    return buttons + rating


def _tell_what_next(turn: Turn, entry: Entry) -> None:
    back = way_back(turn)
    lesson = turn.parts.knowledge.lessons.get(entry.lesson or "")
    where = turn.parts.walk.where(turn.learner_id)
    if lesson and not (where and where[0].id == lesson.id):
        start = button("Start the lesson", "choose_lesson", lesson_id=lesson.id)
        turn.say("utter_part_of_lesson", [*back, start], lesson=lesson.title, minutes=lesson.minutes)
    elif back:
        turn.say("utter_back_to_lesson", back)
    else:
        near = [topic for topic in turn.parts.knowledge.entries if topic.split(".")[0] == entry.id.split(".")[0]]
        further = [topic for topic in [*entry.next, *near] if topic != entry.id]
        turn.say("utter_next_topics", topic_buttons(turn, dict.fromkeys(further))[:OFFERED_TOPICS])


def way_back(turn: Turn) -> list[Button]:
    """Make the button that leads back into the open lesson, if one is open."""
    found = turn.parts.walk.where(turn.learner_id)
    if not found or found[1].number >= len(found[0].steps):
        return []
    lesson, place = found
    item = open_item(lesson, place)
    if isinstance(item, Item):
        number = lesson.items.index(item) + 1
        return [button(f"Back to my question, {number} of {len(lesson.items)}", "repeat_card")]
    return [button(f"Back to my lesson, step {place.number + 1} of {len(lesson.steps)}", "repeat_card")]


def topic_buttons(turn: Turn, topics: Iterable[str]) -> list[Button]:
    """Make a button for each of the topics that has an answer."""
    knowledge = turn.parts.knowledge
    written = [topic for topic in topics if topic in knowledge.entries]
    return [button(topic_title(knowledge.course.topics[topic]), "ask_topic", topic_id=topic) for topic in written]


def topic_title(topic: Topic) -> str:
    """Name a topic on a button; a pilot with its place, which is how people know it."""
    return f"{topic.about.split(',')[0]}: {topic.title}" if topic.group == "pilot" else topic.title


def tell_choice(turn: Turn, finding: Finding) -> list[Event]:
    """Offer the two or three topics that a question may be about."""
    decision = finding.decision
    buttons = [*topic_buttons(turn, decision.choices), *way_back(turn)]
    if decision.planned:
        turn.say("utter_choose_or_coming", buttons, topic=turn.parts.knowledge.course.topics[decision.planned].title)
    else:
        turn.say("utter_choose_topic", buttons)
    return []


def tell_definition(turn: Turn, term: Term) -> list[Event]:
    """Tell what a word means, and where to learn more."""
    more = topic_buttons(turn, [term.topic] if term.topic else [])
    turn.say(
        "utter_definition", [*more, *way_back(turn)], sources=term.sources, term=term.term, definition=term.definition
    )
    return [SlotSet("last_topic_id", term.topic if more else None)]


def tell_abstention(turn: Turn, finding: Finding) -> list[Event]:
    """Say that the course does not cover a question, or not yet, and what it does cover nearby."""
    near = topic_buttons(turn, (one.topic for one in finding.ranked)) or topic_buttons(turn, TOPICS_TO_TRY)
    buttons = [*near[:OFFERED_TOPICS], *way_back(turn), button("What can you do?", "ask_help")]
    planned = finding.decision.planned
    if planned:
        topic = turn.parts.knowledge.course.topics[planned]
        turn.say("utter_topic_coming", buttons, topic=topic.title)
    else:
        turn.say("utter_not_covered", buttons)
    return [SlotSet("last_topic_id", None)]
