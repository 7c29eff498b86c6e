"""Nobody who takes the whole course reads the same words twice."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from knowledge.loader import load_knowledge

RUN_WORDS = 11


def runs(text: str) -> set[str]:
    """Return every run of words of a text."""
    words = re.findall(r"[a-z0-9']+", text.lower())
    return {" ".join(words[at : at + RUN_WORDS]) for at in range(len(words) - RUN_WORDS + 1)}


def repeated(texts: dict[str, str]) -> dict[str, list[str]]:
    """Return each run of words that several texts share, with their names."""
    where = defaultdict(list)
    for name, text in texts.items():
        for run in runs(text):
            where[run].append(name)
    return {run: names for run, names in where.items() if len(names) > 1}


@pytest.mark.parametrize("text", ["a story of eleven words that stands in two lessons at once"])
def test_repeated_words_are_found(text: str) -> None:
    """The same words in two places are found, whatever stands around them."""
    found = repeated({"one": f"Once, {text}.", "two": f"{text.upper()}, they said", "three": "something else"})

    assert next(iter(found.values())) == ["one", "two"]


def test_lessons_share_no_run_of_words() -> None:
    """No lesson tells with the same words what another has told; how a reflection is asked for may be the same."""
    told = {
        lesson.id: [card.body.text for card in lesson.cards if card.kind != "reflect"]
        for lesson in load_knowledge().lessons.values()
    }
    texts = {lesson_id: "\n".join(cards) for lesson_id, cards in told.items()}

    assert sum(len(runs(text)) for text in texts.values()) > 10_000
    assert repeated(texts) == {}
