"""False premises: which one a question may hold, and how much speaks for it."""

from __future__ import annotations

import re

import numpy as np

from knowledge.coverage import Boundary
from knowledge.model import Correction
from knowledge.nearest import NearRows

NUMERIC_SHARE = 0.75  # a premise is about a number when so many of its questions name one
_NUMBER = re.compile(
    r"\b(\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|fifty|hundred|thousand"
    r"|million|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|percent|half)\b",
    re.I,
)


def fits_premise(correction: Correction, text: str) -> bool:
    """Tell whether a question can hold a premise: one about a number needs a number.

    So "which phases are there?" is not taken for "what is the ninth phase?", which is nearly the same in meaning.
    """
    named = [bool(_NUMBER.search(question)) for question in correction.questions]
    return sum(named) < NUMERIC_SHARE * len(named) or bool(_NUMBER.search(text))


class Premises:
    """False premises, each known by questions that hold it.

    Args:
        ids: The correction of each row.
        vectors: A unit row for each question that holds a false premise.
        questions: A unit row for each question of a topic.
        boundary: The model between the two.
    """

    def __init__(self, ids: list[str], vectors: np.ndarray, questions: np.ndarray, boundary: Boundary) -> None:
        self._ids, self._vectors, self._questions, self._boundary = ids, vectors, NearRows(questions), boundary

    def weigh(
        self, vector: np.ndarray, *, without: int | None = None, boundary: float | None = None
    ) -> tuple[str, np.ndarray]:
        """Weigh a question.

        Args:
            vector: Its unit vector.
            without: One of the rows to leave out, for judging the rows themselves.
            boundary: A score of the boundary to use in place of the model's own, for the same.

        Returns:
            The id of the nearest correction, empty when there are none; and three numbers: the cosine to it, by how
            much it is nearer than the nearest question of a topic, and the score of the boundary.
        """
        if not self._ids:
            return "", np.array([-1.0, -1.0, -1.0])
        likenesses = self._vectors @ vector
        if without is not None:
            likenesses[without] = -1.0
        best = int(likenesses.argmax())
        lead = float(likenesses[best]) - float(self._questions.compare(vector)[1].max())
        score = self._boundary.score(vector) if boundary is None else boundary
        return self._ids[best], np.array([float(likenesses[best]), lead, score])
