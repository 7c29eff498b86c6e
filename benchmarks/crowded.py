"""A course of very many topics, made up: real words, random vectors, nothing trained."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from knowledge.course_map import Topic
from knowledge.encoder import WIDTH
from knowledge.model import Entry, Knowledge, Passage, Place
from knowledge.retrieval import TopicModel, passages_of
from knowledge.trained import Learnt, Trained

QUESTIONS_EACH = 4  # with title, brief, answer and more, these are eight passages
PASSAGES_EACH = QUESTIONS_EACH + 4
QUESTION_WORDS, TEXT_WORDS = 7, 12
PLACE = Place("made-up.md", 1)
ROWS_AT_ONCE = 10_000


def crowd(knowledge: Knowledge, learnt: Learnt, n_topics: int) -> tuple[Knowledge, Trained]:
    """Make a course of so many topics from the words of a real one.

    What else answering rests on (examples of what is not covered, false premises, places, calibration) stays real.
    """
    chance = np.random.default_rng(n_topics)
    words = _words_of(knowledge)
    topics = {f"made.{number:05}": _make_topic(f"made.{number:05}", words, chance) for number in range(n_topics)}
    entries = {topic: _make_entry(topic, words, chance) for topic in topics}
    course = replace(knowledge.course, topics=topics, stages=())
    made = replace(knowledge, course=course, entries=entries, pilots={}, planned={})
    model = TopicModel(_random_rows(n_topics, chance), np.zeros(n_topics, dtype=np.float32))
    vectors = _random_rows(n_topics * PASSAGES_EACH, chance)
    return made, Trained(made, replace(learnt, vectors=vectors, model=model))


def _words_of(knowledge: Knowledge) -> list[str]:
    """List the words of the course, each as often as it stands there."""
    return " ".join(passage.text for passage in passages_of(knowledge)).split()


def _random_rows(n_rows: int, chance: np.random.Generator) -> np.ndarray:
    """Make unit vectors, shape (n_rows, 384), in small parts: half a gigabyte at once is too much."""
    rows = np.empty((n_rows, WIDTH), dtype=np.float32)
    for start in range(0, n_rows, ROWS_AT_ONCE):
        part = chance.standard_normal((min(ROWS_AT_ONCE, n_rows - start), WIDTH), dtype=np.float32)
        rows[start : start + len(part)] = part / np.linalg.norm(part, axis=1, keepdims=True)
    return rows


def _make_topic(topic: str, words: list[str], chance: np.random.Generator) -> Topic:
    return Topic(topic, _say(3, words, chance), _say(TEXT_WORDS, words, chance), "system", None)


def _make_entry(topic: str, words: list[str], chance: np.random.Generator) -> Entry:
    answer, more = (Passage(_say(TEXT_WORDS, words, chance), (), PLACE) for _ in range(2))
    return Entry(
        id=topic,
        title=topic,
        lesson=None,
        sources=(),
        next=(),
        questions=tuple(_say(QUESTION_WORDS, words, chance) for _ in range(QUESTIONS_EACH)),
        answer=answer,
        more=more,
        simpler=None,
        example=None,
        example_pilot=None,
        place=PLACE,
    )


def _say(n_words: int, words: list[str], chance: np.random.Generator) -> str:
    return " ".join(words[number] for number in chance.integers(0, len(words), n_words))
