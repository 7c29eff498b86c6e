"""Rules about the questions in which people ask: none stands twice, or nearly so under another topic."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil

from knowledge.errors import Problem
from knowledge.model import Knowledge, Place
from knowledge.readability import words_of
from knowledge.rules import problem

NEARLY_THE_SAME = Fraction(9, 10)  # shared words of all words of two questions
KEPT_TEXTS = 20_000  # of which the words are kept: the desk checks all of them anew as somebody types
# Words that carry no meaning alone. Not so: who, what, how, why, when, where, not.
STOP_WORDS = frozenset(
    "a an the is are was were be been do does did has have had can could will would should shall may might must "
    "i you he she it we they me us them my your his her its our their "
    "of in on at to for from with by about into and or so if as please just also really some any".split()
)


@dataclass(frozen=True)
class Asked:
    """A question, what it is asked about, where it stands, and its words without the empty ones."""

    text: str
    about: str
    place: Place

    @property
    def form(self) -> str:
        """The question's words in their order, in lower case."""
        return _form_of(self.text)

    @property
    def words(self) -> frozenset[str]:
        """The words that carry meaning; all words if none does."""
        return _words_of(self.text)


@lru_cache(KEPT_TEXTS)
def _form_of(text: str) -> str:
    return " ".join(words_of(text.lower()))


@lru_cache(KEPT_TEXTS)
def _words_of(text: str) -> frozenset[str]:
    words = frozenset(_form_of(text).replace("-", " ").split())
    return words - STOP_WORDS or words


def check_all_questions(knowledge: Knowledge) -> Iterator[Problem]:
    """Check the questions of entries, of planned topics and of corrections against each other."""
    seen: dict[str, Asked] = {}
    for asked in _all_asked(knowledge):
        other = seen.setdefault(asked.form, asked)
        if other is not asked:
            told = f"question '{asked.text}' of {asked.about} stands under {other.about} too; keep it in one"
            yield problem(asked.place, told)
    for asked, other in find_near_twins(seen.values()):
        told = f"question '{asked.text}' of {asked.about} is nearly '{other.text}' of {other.about}"
        yield problem(asked.place, f"{told}; keep it where it fits better, or say what only {asked.about} answers")


def _all_asked(knowledge: Knowledge) -> Iterator[Asked]:
    for entry in knowledge.entries.values():
        for question, place in zip(entry.questions, entry.question_places, strict=True):
            yield Asked(question, entry.id, place)
    for topic, questions in knowledge.planned.items():
        yield from (Asked(question, topic, knowledge.planned_places[topic]) for question in questions)
    for one in knowledge.corrections:
        yield from (Asked(question, f"correction {one.id}", one.place) for question in one.questions)


def find_near_twins(questions: Iterable[Asked]) -> Iterator[tuple[Asked, Asked]]:
    """Find questions about different things that have nearly the same words; each with the earlier one.

    Two sets that share nine words in ten have one of their rarest words in common: only questions that do are compared,
    which makes thousands of questions a matter of a moment.

    Source:
        Chaudhuri, Ganti & Kaushik 2006, A primitive operator for similarity joins (prefix filtering).
    """
    asked = [(one, one.words) for one in questions]
    uses = Counter(word for _, words in asked for word in words)
    by_rare_word: dict[str, list[tuple[Asked, frozenset[str]]]] = defaultdict(list)
    for one, words in asked:
        rare = sorted(words, key=lambda word: (uses[word], word))[: len(words) - ceil(NEARLY_THE_SAME * len(words)) + 1]
        near = {id(other): (other, known) for word in rare for other, known in by_rare_word[word]}
        for other, known in near.values():
            if other.about != one.about and len(words & known) >= NEARLY_THE_SAME * len(words | known):
                yield one, other
        for word in rare:
            by_rare_word[word].append((one, words))
