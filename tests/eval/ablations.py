"""What each part of answering is good for: taken away and measured. Run it: ``python -m tests.eval.ablations``.

Some minutes. The figures that a decision rests on stand in docs/decisions/0007-deciding-what-to-say.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from commands.train import index_path, train
from knowledge.answering import Answerer
from knowledge.calibration import Judges, calibrate, fit_boundary
from knowledge.decision import Calibration
from knowledge.encoder import SentenceEncoder, load_encoder
from knowledge.index_file import load_index
from knowledge.model import Knowledge
from knowledge.naming import PlaceFinder
from knowledge.premises import Premises
from knowledge.retrieval import Index, IndexedPassage, Scores
from knowledge.topic_model import fit_topic_model
from knowledge.trained import Learnt, Trained
from settings import load_settings
from tests.eval.asking import Measured, ask_all
from tests.eval.baselines import OURS
from tests.eval.bootstrap import lead
from tests.eval.figures import count_lines
from tests.eval.measure import be_quiet

if TYPE_CHECKING:
    from commands.ask import Questions

PRIOR_WEIGHTS = (0.02, 0.05, 0.1)
LINES = {
    "right_first": "first",
    "right_among_three": "three",
    "right_offered": "offered",
    "answered_wrong": "wrong",
    "abstained": "refused",
    "refused_far_off": "far off",
    "refused_close_by": "close by",
    "followups_right_first": "follow-ups",
    "practice_followups_right_first": "(practice)",
    "practice_right_first": "practice",
}
MakeIndex = Callable[[list[IndexedPassage], Learnt], Index]


class Variation(NamedTuple):
    """One part taken away or put in."""

    make_index: MakeIndex
    is_mending: bool = True
    is_correcting: bool = True


class WordlessIndex(Index):
    """Ranks without shared words."""

    def score(self, text: str, vector: np.ndarray, **options: Any) -> Scores:
        """Score by all but words."""
        return super().score("", vector, **options)


class NamelessIndex(Index):
    """Ranks without the names of places."""

    def score(self, text: str, vector: np.ndarray, **options: Any) -> Scores:
        """Score by all but names."""
        return super().score(text, vector, **{**options, "named": ()})


class PriorIndex(Index):
    """Ranks with the probability of a topic's group as well, as an intent of Rasa would give it."""

    def __init__(
        self, passages: list[IndexedPassage], learnt: Learnt, weight: float, group_of: Callable[[str], str]
    ) -> None:
        super().__init__(passages, learnt.vectors, learnt.model)
        groups = [group_of(passage.topic) for passage in passages]
        self._groups, names = fit_topic_model(groups, learnt.vectors), sorted(set(groups))
        self._columns = [names.index(group_of(topic)) for topic in self.topics]
        self._weight = weight

    def score(self, text: str, vector: np.ndarray, **options: Any) -> Scores:
        """Score by all, and by the group."""
        scores = super().score(text, vector, **options)
        prior = self._groups.log_probabilities(vector)[self._columns]
        return Scores(**{**vars(scores), "total": scores.total + self._weight * prior})


class NoMending:
    """Stands in for the speller and mends nothing."""

    def mend(self, text: str) -> str:
        """Return the text as it is."""
        return text


def variations(knowledge: Knowledge) -> dict[str, Variation]:
    """Name all variations."""

    def of_kind(kind: type[Index], passages: list[IndexedPassage], learnt: Learnt) -> Index:
        return kind(passages, learnt.vectors, learnt.model)

    def with_prior(weight: float, passages: list[IndexedPassage], learnt: Learnt) -> Index:
        return PriorIndex(passages, learnt, weight, lambda topic: knowledge.course.topics[topic].group)

    return {
        "as it is": Variation(partial(of_kind, Index)),
        "without spelling": Variation(partial(of_kind, Index), is_mending=False),
        "without topic model": Variation(lambda passages, learnt: Index(passages, learnt.vectors)),
        "without words (BM25)": Variation(partial(of_kind, WordlessIndex)),
        "without names": Variation(partial(of_kind, NamelessIndex)),
        "without corrections": Variation(partial(of_kind, Index), is_correcting=False),
        **{f"theme prior {weight}": Variation(partial(with_prior, weight)) for weight in PRIOR_WEIGHTS},
    }


@dataclass(frozen=True)
class Workshop:
    """What every variation is made from."""

    knowledge: Knowledge
    encoder: SentenceEncoder
    learnt: Learnt

    def make(self, variation: Variation) -> Answerer:
        """Make a variation, with thresholds of its own."""
        trained = Trained(self.knowledge, self.learnt)
        trained.index = variation.make_index(trained.index.passages, self.learnt)
        if not variation.is_mending:
            trained.speller = NoMending()
        trained.calibration = self._calibrate(trained)
        if not variation.is_correcting:
            trained.premises = Premises([], self.learnt.premises, self.learnt.vectors, self.learnt.premise_boundary)
        return Answerer(self.knowledge, trained, self.encoder)

    def _calibrate(self, trained: Trained) -> Calibration:
        mend, knowledge, finder = trained.speller.mend, self.knowledge, PlaceFinder(self.knowledge.places)
        examples = [mend(text) for texts in knowledge.refusals.values() for text in texts]
        practised = [mend(text) for text, _ in knowledge.practice]
        outside = self.encoder.encode(examples)
        questions = self.learnt.vectors[[passage.kind == "question" for passage in trained.index.passages]]
        scores = fit_boundary(questions, outside)[1][len(questions) :]
        held = fit_boundary(self.learnt.premises, questions)[1][: len(self.learnt.premises)]
        return calibrate(
            Judges(trained.index, trained.scales, trained.premises, lambda text: finder.find(text).pilots),
            practice=[
                (text, vector, topics)
                for text, vector, (_, topics) in zip(
                    practised, self.encoder.encode(practised), knowledge.practice, strict=True
                )
            ],
            outside=list(zip(examples, outside, scores, strict=True)),
            held=list(zip(self.learnt.premises, held, strict=True)),
        )


def measure(questions: Questions, workshop: Workshop) -> Iterator[tuple[str, Measured]]:
    """Measure each variation, as the chat would answer with it."""
    for name, variation in variations(workshop.knowledge).items():
        questions.answerer = workshop.make(variation)
        yield name, ask_all(questions)


def main() -> None:
    """Measure and print one line a variation, with its lead in finding topics over what is in use."""
    be_quiet()
    from commands.ask import Questions  # slow to import: Rasa

    settings = load_settings()
    train(settings, print)
    questions = Questions(settings)
    knowledge = questions.answerer.knowledge
    learnt = load_index(index_path(settings), knowledge).learnt
    workshop = Workshop(knowledge, load_encoder(settings.encoder_dir), learnt)
    print(f"{'percent':22}" + "".join(f"{label:>11}" for label in LINES.values()) + "   lead in first, points")
    base: list[bool] = []
    for name, measured in measure(questions, workshop):
        flags = [one.is_right_first for one in (*measured.questions, *measured.practice)]
        base = base or flags
        ahead, lines = lead(flags, base), count_lines(measured)
        cells = "".join(f"{100 * lines[line][OURS].value:11.1f}" for line in LINES)
        print(f"{name:22}{cells}   {100 * ahead.value:+.1f} ({100 * ahead.low:+.1f} to {100 * ahead.high:+.1f})")


if __name__ == "__main__":
    main()
