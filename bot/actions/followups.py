"""After an answer or a card: more, simpler, an example, the sources."""

from __future__ import annotations

from bot.actions.answer_view import tell_entry, told_entry, topic_buttons, way_back
from bot.actions.lesson_view import tell_outcome
from bot.actions.notebook import take_note_wish
from bot.actions.turn import Button, Event, Turn, TutorAction, button
from knowledge.checks import count_words
from knowledge.model import Card, Entry, Lesson, Step
from learning.walk import Place, open_item, step_at
from telling.bubbles import BUBBLE_LIMIT_WORDS, TURN_LIMIT_BUBBLES
from telling.course_map import topic_title

TOPICS_OF_LESSON_OFFERED = 3
HEADING_LIMIT_WORDS = 3  # "This rests on:"
SOURCES_LIMIT_WORDS = BUBBLE_LIMIT_WORDS - HEADING_LIMIT_WORDS


class ActionTellMore(TutorAction):
    """Go deeper into what was said last."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_tell_more"

    def tell(self, turn: Turn) -> list[Event]:
        """Tell more."""
        return _tell_last(turn, "more")


class ActionTellSimpler(TutorAction):
    """Say it in simpler words."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_tell_simpler"

    def tell(self, turn: Turn) -> list[Event]:
        """Tell it simpler; "rewrite it" beside an open note is about the note."""
        about_note = take_note_wish(turn)
        return _tell_last(turn, "simpler") if about_note is None else about_note


class ActionTellExample(TutorAction):
    """Give an example from a pilot."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_tell_example"

    def tell(self, turn: Turn) -> list[Event]:
        """Give it."""
        return _tell_last(turn, "example")


def _tell_last(turn: Turn, length: str) -> list[Event]:
    entry = turn.parts.answerer.entry(turn.slot("last_topic_id") or "")
    if entry:
        is_new = length == "more" and not turn.slot("last_section")  # it was offered, and nothing of it told
        return tell_entry(turn, entry, "answer" if is_new else length)
    found = turn.parts.walk.where(turn.learner_id)
    if found:
        return _tell_of_lesson(turn, length, *found)
    turn.say("utter_about_what", [button("What can you do?", "ask_help")])
    return []


def _tell_of_lesson(turn: Turn, length: str, lesson: Lesson, place: Place) -> list[Event]:
    """Go deeper into what the present step is about: an item has a hint, a card belongs to a topic."""
    step = step_at(lesson, place)
    if length == "simpler" and open_item(lesson, place):
        return tell_outcome(turn, turn.parts.walk.hint(turn.learner_id, turn.message_id))
    topics = _topics_near(turn, lesson, step)
    entry = _entry_for(turn, step, topics, length) if isinstance(step, Card) and length != "more" else None
    if entry:
        turn.say("utter_card_is_about", topic=topic_title(turn.parts.knowledge.course.topics[entry.id]))
        return tell_entry(turn, entry, length)
    near = topic_buttons(turn, topics)[:TOPICS_OF_LESSON_OFFERED]
    turn.say("utter_more_on_lesson", [*way_back(turn), *near], lesson=lesson.title)
    return []


def _topics_near(turn: Turn, lesson: Lesson, step: Step | None) -> list[str]:
    """Order the topics of a lesson by how near they are to the present step."""
    text = f"{step.title}. {step.body.text}" if isinstance(step, Card) else step.stem.text if step else lesson.summary
    near = [one.topic for one in turn.parts.answerer.ask(text).ranked if one.topic in lesson.topics]
    return list(dict.fromkeys([*near, *lesson.topics]))


def _entry_for(turn: Turn, card: Card, topics: list[str], length: str) -> Entry | None:
    """Choose the entry whose simpler words or example fit a card; the simple words of a story are its pilot's."""
    candidates = [card.pilot, *topics] if card.pilot and length == "simpler" else topics
    entries = [turn.parts.answerer.entry(topic) for topic in candidates]
    return next((entry for entry in entries if entry and getattr(entry, length)), None)


class ActionTellSources(TutorAction):
    """Say where the last answer or card comes from."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_tell_sources"

    def tell(self, turn: Turn) -> list[Event]:
        """Name the sources."""
        entry = told_entry(turn)
        keys = _told_sources(turn, entry) if entry else _card_sources(turn)
        if not keys:
            turn.say("utter_sources_in_general", _ways_on(turn))
            return []
        *first, last = _titles(turn, keys)
        for number, titles in enumerate(first):
            turn.say("utter_sources_rest" if number else "utter_sources", titles=titles)
        turn.say("utter_sources_rest" if first else "utter_sources", _ways_on(turn), titles=last)
        return []


def _ways_on(turn: Turn) -> list[Button]:
    return way_back(turn) or [button("What can you do?", "ask_help")]


def _titles(turn: Turn, keys: tuple[str, ...]) -> list[str]:
    """Write sources as lists that fit into the bubbles of a turn; those beyond stand under what was told."""
    bubbles, words = [""], 0
    for one in turn.parts.knowledge.cited(keys):
        line = f"- [{one.title}]({one.url}), {one.author} {one.year}".rstrip()
        read = count_words(f"{one.title} {one.author} {one.year}")
        is_full = words + read > SOURCES_LIMIT_WORDS
        bubbles[-1:] = [bubbles[-1], line] if is_full else [f"{bubbles[-1]}\n{line}".strip()]
        words = read if is_full else words + read
    return bubbles[:TURN_LIMIT_BUBBLES]


def _told_sources(turn: Turn, entry: Entry) -> tuple[str, ...]:
    """Return what that rests on which was told last: a side of a pilot, or a section of an entry."""
    facet, pilot = turn.slot("last_facet"), turn.parts.knowledge.pilots.get(entry.id)
    if facet and pilot:
        return tuple(dict.fromkeys(key for fact in pilot.facts.get(facet, ()) for key in fact.sources))
    section = getattr(entry, turn.slot("last_section"), None) or entry.answer
    return tuple(section.sources)


def _card_sources(turn: Turn) -> tuple[str, ...]:
    found = turn.parts.walk.where(turn.learner_id)
    step = step_at(*found) if found else None
    if step is None:
        return ()
    return step.body.sources if isinstance(step, Card) else step.stem.sources
