"""What a question names: pilots by their places, and countries where there was no pilot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher

from knowledge.model import Places


@dataclass(frozen=True)
class Named:
    """Topics of the pilots that a text names, and the countries without a pilot, each in the order of the text."""

    pilots: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _english() -> Language:
    """Words of English text, for every finder: making it takes a tenth of a second."""
    return spacy.blank("en")


class PlaceFinder:
    """Finds the names of places in texts, whatever their capitals."""

    def __init__(self, places: Places) -> None:
        self._nlp = _english()
        self._pilots = {name.lower(): topics for name, topics in places.pilots.items()}
        self._elsewhere = {name.lower(): country for name, country in places.elsewhere.items()}
        self._matcher = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        self._matcher.add("place", [self._nlp.make_doc(name) for name in (*self._pilots, *self._elsewhere)])

    def find(self, text: str) -> Named:
        """Find what a text names.

        Example:
            >>> from knowledge.loader import load_knowledge
            >>> PlaceFinder(load_knowledge().places).find("was there a pilot in turku, or in Denmark?")
            Named(pilots=('pilot.finland',), elsewhere=('Denmark',))
        """
        doc = self._nlp(text)
        found = spacy.util.filter_spans([doc[start:end] for _, start, end in self._matcher(doc)])
        names = [span.text.lower() for span in found]
        pilots = [topic for name in names for topic in self._pilots.get(name, ())]
        elsewhere = [self._elsewhere[name] for name in names if name in self._elsewhere]
        return Named(tuple(dict.fromkeys(pilots)), tuple(dict.fromkeys(elsewhere)))
