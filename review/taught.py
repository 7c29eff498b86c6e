"""After a publication: what runs here takes it up, and a model learns the questions that are new in it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from knowledge.model import Knowledge
from review.publishing import Publisher
from review.trainings import Trainings

log = logging.getLogger(__name__)
TRAINING = "?training=yes"  # added to the address of a publication for which a model is trained
AfterPublishing = Callable[[int, str], bool]  # the revision's number, and by whom; whether a training was asked for


def after_publishing(
    knowledge: Knowledge, publisher: Publisher, trainings: Trainings, take_up: Callable[[], object]
) -> AfterPublishing:
    """Return what is done after each publication.

    Args:
        knowledge: The content before it.
        publisher: Knows the content after it.
        trainings: Are asked for one if the questions under answers, or those that are not covered, are others now.
        take_up: Has the desk take up at once what was just published.
    """

    def follow(number: int, by: str) -> bool:
        try:
            return train(number, by)
        except Exception:  # what is published is published: its page must come
            log.exception("after a publication")
            return False

    def train(number: int, by: str) -> bool:
        take_up()
        after, revision = publisher.read([])[0], publisher.revisions.find(number)
        if after is None or revision is None or taught(after) == taught(knowledge):
            return False
        trainings.ask(by, revision.why)
        return True

    return follow


def taught(knowledge: Knowledge) -> set[tuple[str, str]]:
    """Return the questions that a model learns, each with its topic or its kind of what is not covered."""
    asked = {(topic, text) for topic, entry in knowledge.entries.items() for text in entry.questions}
    return asked | {(kind, text) for kind, examples in knowledge.refusals.items() for text in examples}
