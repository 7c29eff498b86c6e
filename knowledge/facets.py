"""What a question about a pilot asks for: who took part, who paid, what went wrong."""

from __future__ import annotations

import re

import numpy as np

from knowledge.encoder import Encoder
from knowledge.model import Facet, Places

ASKS_AT_LEAST = 0.5  # below it, a question is about the pilot as a whole
BEST_QUESTIONS = 2
OVERVIEW = "overview"  # the pilot as a whole: no facet to tell


class FacetFinder:
    """Finds the facet that a question about a pilot asks for.

    Args:
        facets: The facets, with the questions that ask for each.
        places: Their names are taken out of questions: which pilot is meant says nothing about the facet.
        encoder: Encodes the questions, once.
    """

    def __init__(self, facets: tuple[Facet, ...], places: Places, encoder: Encoder) -> None:
        self._facets = facets
        self._encoder = encoder
        names = "|".join(map(re.escape, sorted(places.pilots, key=len, reverse=True))) or "(?!)"
        self._names = re.compile(  # "the pilot in Houten", "the Houten pilot" and "in Houten" are all "there"
            rf"\b(?:(?:in|at|from) )?(?:(?:the )?pilots? (?:in|of|at|from) )?(?:the )?(?:{names})(?: pilot)?\b", re.I
        )
        self._vectors = [encoder.encode(list(facet.questions)) for facet in facets]

    def find(self, question: str) -> Facet | None:
        """Find the facet; None when a question asks for the pilot as a whole."""
        if not self._facets:
            return None
        vector = self._encoder.encode([self._names.sub("there", question)])[0]
        scores = [float(np.sort(vectors @ vector)[-BEST_QUESTIONS:].mean()) for vectors in self._vectors]
        best = int(np.argmax(scores))
        return self.named(self._facets[best].key) if scores[best] >= ASKS_AT_LEAST else None

    def named(self, key: str) -> Facet | None:
        """Return the facet of a key, if there is one; the overview is none."""
        return next((facet for facet in self._facets if facet.key == key != OVERVIEW), None)
