"""What a question may mean after another one: whether it leans on what was told, and which topics are then near."""

from __future__ import annotations

import re

from knowledge.model import Knowledge

TOLD_PRIOR, NEXT_PRIOR, LESSON_PRIOR = 1.0, 0.8, 0.4
SHORT_WORDS = 6
_POINTS_BACK = re.compile(
    r"\b(it|its|they|them|their|that|this|these|those|there|he|she|his|her|one|ones|same|other|others|then|so|such"
    r"|him|else|both)\b",
    re.I,
)
_GOES_ON = re.compile(
    r"^\W*(and|but|so|ok|okay|or|then|why|how come|also|what about|how about|because|only|really|did they|did it"
    r"|was it|were they|is it|isnt|isn't)\b",
    re.I,
)
_SOMEBODY = re.compile(
    r"\b(i|i['’]?m|i['’]?ve|me|my|mine|myself|we|us|our|ours|he|him|his|she|her|hers|husband|wife|partner|boyfriend|girlfriend"
    r"|mum|mother|dad|father|son|daughter|brother|sister|baby|child|neighbou?r|friend|client|colleague|boss)\b",
    re.I,
)
_HOLDS_ELSEWHERE = re.compile(
    r"\b(true|so|holds?|appl(?:y|ies)|the same)\s+(?:also\s+)?(?:for|in|at|with|of|to)\b", re.I
)


def leans(question: str) -> bool:
    """Tell whether a question may need the one before it: it points back, goes on, or is very short.

    A question of this kind can be whole as well ("why is it called a compass?"), so what it says by itself still
    counts in the ranking.

    Example:
        >>> leans("and who paid for it?"), leans("How can our library find trusted people in the neighbourhood?")
        (True, False)
    """
    return len(question.split()) <= SHORT_WORDS or points_back(question)


def points_back(question: str) -> bool:
    """Tell whether a question goes on from what was said, or has a word for it, such as "it" or "there"."""
    return bool(_GOES_ON.search(question) or _POINTS_BACK.search(question))


def asks_whether_it_holds(question: str) -> bool:
    """Tell whether a question asks if what was told holds elsewhere, and not about the life of somebody known.

    Example:
        >>> asks_whether_it_holds("is that true for prisons too?"), asks_whether_it_holds("is my son ill too?")
        (True, False)
    """
    return bool(points_back(question) and _HOLDS_ELSEWHERE.search(question) and not _SOMEBODY.search(question))


def nearby(told: str, knowledge: Knowledge) -> dict[str, float]:
    """Return how near topics are to the one told last: itself 1, those it leads to 0.8, those of its lesson 0.4."""
    topics = knowledge.course.topics
    lesson = topics[told].lesson if told in topics else None
    found = {topic: LESSON_PRIOR for topic in topics if lesson and topics[topic].lesson == lesson}
    entry = knowledge.entries.get(told)
    found |= dict.fromkeys(entry.next if entry else (), NEXT_PRIOR)
    return {**found, told: TOLD_PRIOR}
