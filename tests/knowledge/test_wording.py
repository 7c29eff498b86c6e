"""All that people read is found, each text with its place; and so is all that cites a source."""

from __future__ import annotations

import re

from knowledge.loader import read_knowledge
from knowledge.wording import all_citations, all_wordings
from tests.knowledge.content_tree import FILES, ContentTree


def test_wordings_hold_every_text_that_people_read(tree: ContentTree) -> None:
    """A marker put into each text of the garden that people read comes out again."""
    edits = {
        "lessons/system/01-garden.md": [
            "nobody used",
            "brought a spade",
            "The mayor only",
            "Weeks of it",
            "one key for",
        ],
        "answers/system/sharing.md": ["each has a say", "each month in the yard", "All decide", "began with one spade"],
        "pilots/north.yml": ["took part at first", "A year later"],
        "glossary.yml": ["where plants grow"],
        "images/images.yml": ["beside the open door"],
        "comparison.yml": ["On a roof", "Where is your garden"],
        "corrections.yml": ["only came to look"],
        "facets.yml": ["Who took part", "not say who took part"],
        "roadmap/1-begin.yml": ["Walk around the block", "Bring soup", "stayed away", "where the first bed"],
        "course.yml": ["who cooks", "belong to all?"],
    }
    for name, texts in edits.items():
        for text in texts:
            tree.edit(name, text, f"{text} zebra")

    found = [wording for wording in all_wordings(tree.knowledge()) if "zebra" in wording.message]

    assert sum(wording.message.count("zebra") for wording in found) == sum(map(len, edits.values()))
    assert {wording.place.file for wording in found} == set(edits)


def test_questions_and_titles_of_sources_are_not_read(tree: ContentTree) -> None:
    """People ask in their own words, and a publication is called what it is called."""
    tree.edit("answers/system/sharing.md", "who waters the plants in summer", "do the elderly water the plants")
    tree.edit("sources.yml", "A year of beans", "Offenders and beans")
    tree.edit("planned.yml", "who cooks the soup", "who cooks for the homeless")
    tree.edit("glossary.yml", "[tool shed]", "[offender shed]")

    assert tree.problems() == []


def test_citations_name_every_source_key(tree: ContentTree) -> None:
    """Each place of the garden that names sources is found, with its file."""
    knowledge, _ = read_knowledge(tree.folder)
    assert knowledge is not None

    files = {place.file for keys, place in all_citations(knowledge) if keys}

    assert files == {name for name, text in FILES.items() if re.search(r"sources: \[?S\d", text)}
