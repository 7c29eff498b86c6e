"""Small lessons to test with. An option's key is its letter, so that a test reads as it is played."""

from __future__ import annotations

from dataclasses import MISSING, fields

from knowledge.model import Card, Course, Item, ItemKind, Knowledge, Lesson, Option, Passage, Place, Step

NOWHERE = Place("sample.md", 1)


def a_passage(text: str = "Some words.") -> Passage:
    """Make a passage without sources."""
    return Passage(text, (), NOWHERE)


def a_card(key: str, *, keep_as: str | None = None) -> Card:
    """Make a card; with ``keep_as`` it is a reflection."""
    return Card(key, "reflect" if keep_as else "card", key.title(), a_passage(), keep_as=keep_as)


def an_item(key: str = "quiz", right: str = "b", kind: ItemKind = "one right", texts: tuple[str, ...] = ()) -> Item:
    """Make an item; ``right`` lists the letters of its right options."""
    texts = texts or ("The kitchen.", "The tables.", "The delivery record.", "The price of each meal.")
    options = tuple(
        Option(letter, text, letter in right, a_passage(f"Feedback on {letter}."), None)
        for letter, text in zip("abcdef", texts, strict=False)
    )
    return Item(f"sample.{key}", key, kind, False, a_passage("Where?"), options, "Think of a guest.")


def an_order(key: str = "order", count: int = 4) -> Item:
    """Make an item to put in order; the keys of its steps in the right order are a, b, c, d ..."""
    texts = (
        "Ask the people concerned.",
        "Agree on one problem, and write it down.",
        "Collect many ideas.",
        "Try one for a month.",
        "Show it to everyone.",
        "Decide what stays.",
    )
    return an_item(key, "abcdef"[:count], "put in order", texts[:count])


def a_lesson(*steps: Step, version: str = "v1", lesson_id: str = "sample") -> Lesson:
    """Make a lesson of the steps, or of a card, an item, a reflection and a second item."""
    steps = steps or (
        a_card("opening"),
        an_item("where"),
        a_card("yours", keep_as="own"),
        an_item("who", "ac", "several right"),
    )
    return Lesson(lesson_id, "A sample", "See how it works.", 5, (), (), steps, "That was it.", version, NOWHERE)


def a_knowledge(*lessons: Lesson) -> Knowledge:
    """Make a body of knowledge of lessons only: all that it must hold besides is empty."""
    needed = (one.name for one in fields(Knowledge) if one.default is MISSING and one.default_factory is MISSING)
    course = Course("A course", "", "", (), {})
    told = {"course": course, "lessons": {lesson.id: lesson for lesson in lessons}, "version": "v1"}
    return Knowledge(**{**dict.fromkeys(needed, ()), **told})  # type: ignore[arg-type]
