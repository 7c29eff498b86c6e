"""Telling answers: an entry in its lengths, a choice of topics, a definition, an honest no."""

from __future__ import annotations

from collections.abc import Iterable

from rasa_sdk.events import SlotSet

from bot.actions.turn import Button, Event, Turn, button
from bot.actions.unclear import LIKELY_AT_LEAST, unclear_commands
from knowledge.answering import Finding
from knowledge.model import Entry, Facet, Item, Term
from learning.walk import open_item
from telling.bubbles import TURN_LIMIT_BUBBLES
from telling.cards import passage_texts
from telling.course_map import topic_title
from telling.pilots import facet_bubble

OFFERED_TOPICS = 2
TOPICS_TO_TRY = ("system.not-consultation", "system.co-creation", "pilot.estonia")


def tell_entry(turn: Turn, entry: Entry, section: str = "answer", *, is_doubtful: bool = False) -> list[Event]:
    """Tell a section of an entry: ``answer``, ``more``, ``simpler`` or ``example``, and what can come next.

    ``is_doubtful`` says first that it may not be what was asked.
    """
    passage = getattr(entry, section)
    if passage is None:
        turn.say(f"utter_no_{section}", _further(entry, section) + way_back(turn))
        return []
    place = entry.example_pilot and turn.parts.knowledge.course.topics[entry.example_pilot].about
    response = "utter_example" if section == "example" and place else "utter_answer"
    *first, last = passage_texts(passage)
    if is_doubtful:
        turn.say("utter_perhaps")
    for text in first:
        turn.say(response, passage=text, place=place or "")
    turn.say(
        response,
        _further(entry, section),
        sources=passage.sources,
        image=passage.image,
        passage=last,
        place=place or "",
    )
    if len(first) + 2 + is_doubtful <= TURN_LIMIT_BUBBLES:
        _tell_what_next(turn, entry)
    return told_slots(entry.id, section)


def tell_facet(turn: Turn, entry: Entry, facet: Facet) -> list[Event]:
    """Tell what the sources say of one side of a pilot, or that they do not say."""
    knowledge = turn.parts.knowledge
    bubble, sources = facet_bubble(knowledge.pilots[entry.id], facet, knowledge.course.topics[entry.id].about)
    whole = [button("The whole pilot", "ask_topic", topic_id=entry.id), *_rating(entry.id)]
    turn.say(bubble.response, whole, sources=sources, **bubble.values)
    _tell_what_next(turn, entry)
    return [*told_slots(entry.id, "answer"), SlotSet("last_facet", facet.key)]


def told_slots(topic_id: str | None, section: str) -> list[Event]:
    """Set what was told last; no section when a topic was only offered or touched."""
    return [SlotSet("last_topic_id", topic_id), SlotSet("last_section", section), SlotSet("last_facet", None)]


def told_entry(turn: Turn) -> Entry | None:
    """Return the entry that was told last; None when its topic was only offered, or something else was told since."""
    return turn.parts.answerer.entry(turn.slot("last_topic_id") or "") if turn.slot("last_section") else None


def _further(entry: Entry, told: str) -> list[Button]:
    offers = {
        "more": ("Tell me more", "ask_more"),
        "simpler": ("Simpler", "ask_simpler"),
        "example": ("Example", "ask_example"),
    }
    buttons = [
        button(title, intent) for length, (title, intent) in offers.items() if length != told and getattr(entry, length)
    ]
    return buttons + _rating(entry.id)


def _rating(topic_id: str) -> list[Button]:
    return [
        button("👍", "rate_helpful", "rate", topic_id=topic_id),
        button("👎", "rate_unhelpful", "rate", topic_id=topic_id),
    ]


def _tell_what_next(turn: Turn, entry: Entry) -> None:
    """Offer the way back into an open lesson, the lesson that the entry belongs to, and two questions to go on with."""
    back, further = way_back(turn), topic_buttons(turn, entry.next)[:OFFERED_TOPICS]
    lesson = turn.parts.knowledge.lessons.get(entry.lesson or "")
    where = turn.parts.walk.where(turn.learner_id)
    if lesson and not (where and where[0].id == lesson.id):
        start = button("Start the lesson", "choose_lesson", lesson_id=lesson.id)
        turn.say("utter_part_of_lesson", [*back, start, *further], lesson=lesson.title, minutes=lesson.minutes)
    elif back:
        turn.say("utter_back_to_lesson", [*back, *further])
    else:
        turn.say("utter_next_topics", further)


def way_back(turn: Turn) -> list[Button]:
    """Make the buttons that lead back to the open question about one's own work, to an open note, into the lesson."""
    if is_at_own_work(turn):
        return [way_to_interview(turn)]
    return [*_way_to_note(turn), *way_to_lesson(turn)]


def is_at_own_work(turn: Turn) -> bool:
    """Tell whether a question about the person's own work is open; one about a reminder is none."""
    return turn.slot("step") == "interview" and not str(turn.slot("interview")).startswith("reminder")


def _way_to_note(turn: Turn) -> list[Button]:
    note_id, step = turn.slot("note_id"), turn.slot("step")
    if not note_id or step not in ("none", "note_edit", "note_delete"):
        return []
    return [button("Back to my note", "edit_note" if step == "note_edit" else "show_notes", note_id=note_id)]


def way_to_lesson(turn: Turn) -> list[Button]:
    """Make the button that leads back into the open lesson or sitting, if one is open."""
    found = turn.parts.walk.where(turn.learner_id)
    if not found or found[1].number >= len(found[0].steps):
        return []
    lesson, place = found
    item = open_item(lesson, place)
    if isinstance(item, Item):
        number = lesson.items.index(item) + 1
        return [button(f"Back to my question, {number} of {len(lesson.items)}", "repeat_card")]
    return [button(f"Back to my lesson, step {place.number + 1} of {len(lesson.steps)}", "repeat_card")]


def way_to_interview(turn: Turn) -> Button:
    """Make the button that leads back to the question about the person's own work."""
    kind = turn.slot("interview")
    if kind == "compare":
        return button("Back to the comparison", "compare_setting")
    if kind == "rename":
        return button("Back to the name", "edit_plan", move="rename")
    if kind == "new_project":
        return button("Back to the name", "start_roadmap", move="new")
    return button("Back to my plan", "start_roadmap")


def topic_buttons(turn: Turn, topics: Iterable[str]) -> list[Button]:
    """Make a button for each of the topics that has an answer."""
    knowledge = turn.parts.knowledge
    written = [topic for topic in topics if topic in knowledge.entries]
    return [button(topic_title(knowledge.course.topics[topic]), "ask_topic", topic_id=topic) for topic in written]


def tell_choice(turn: Turn, finding: Finding) -> list[Event]:
    """Offer the two or three topics that a question may be about, and the command that it may have meant."""
    decision = finding.decision
    meant = unclear_commands(turn, LIKELY_AT_LEAST)[:1]
    buttons = [*meant, *topic_buttons(turn, decision.choices), *way_back(turn)]
    if decision.planned:
        turn.say("utter_choose_or_coming", buttons, topic=turn.parts.knowledge.course.topics[decision.planned].title)
    else:
        turn.say("utter_choose_perhaps" if decision.is_doubtful else "utter_choose_topic", buttons)
    is_told = turn.slot("last_topic_id") == decision.topics[0]
    return [] if is_told else told_slots(decision.topics[0], "")


def tell_definition(turn: Turn, term: Term) -> list[Event]:
    """Tell what a word means, and where to learn more."""
    more = topic_buttons(turn, [term.topic] if term.topic else [])
    turn.say(
        "utter_definition", [*more, *way_back(turn)], sources=term.sources, term=term.term, definition=term.definition
    )
    return told_slots(term.topic if more else None, "")
