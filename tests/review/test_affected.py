"""Nothing that a change alters is left out of what is asked again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from knowledge.answering import Answerer
from knowledge.encoder import RememberingEncoder, load_encoder
from knowledge.model import Knowledge
from knowledge.trained import Trained, learn
from review.affected import NO_ROW, Stand, bound, find_affected
from review.known import Tutor
from review.new_topics import with_new_topics
from review.outcomes import outcome_of
from review.proposals import NEW_TOPIC, Proposal, change_of
from tests.knowledge.content_tree import ContentTree

ASKED = (
    "who may borrow the tools|can i share my plot|what grows in the north|how is the weather|who pays for the shed|"
    "is there water|what did the east build|how do i apply for money|may my aunt help|what is sharing|"
    "best football team|why share|when do you meet|are there bees|what was hard in the north|who wrote this"
).split("|")


@pytest.fixture(scope="module")
def tutor(tmp_path_factory: pytest.TempPathFactory) -> Tutor:
    """Give a tutor that knows about gardens."""
    knowledge = ContentTree(tmp_path_factory.mktemp("garden")).knowledge()
    encoder = RememberingEncoder(load_encoder())
    trained = Trained(knowledge, learn(knowledge, encoder))
    return Tutor(knowledge, trained, Answerer(knowledge, trained, encoder), encoder)


def asked_under(topic: str, *questions: str) -> Callable[[Knowledge], Knowledge]:
    """Return how to put questions under an answer."""

    def change(knowledge: Knowledge) -> Knowledge:
        entry = knowledge.entries[topic]
        entries = {**knowledge.entries, topic: replace(entry, questions=(*entry.questions, *questions))}
        return replace(knowledge, entries=entries, version="other")

    return change


def refused(kind: str, *texts: str) -> Callable[[Knowledge], Knowledge]:
    """Return how to refuse more questions."""

    def change(knowledge: Knowledge) -> Knowledge:
        return replace(
            knowledge, refusals={**knowledge.refusals, kind: (*knowledge.refusals[kind], *texts)}, version="other"
        )

    return change


def reach(tutor: Tutor, after: Tutor) -> np.ndarray:
    """Return which of the questions are to be asked again."""
    vectors = tutor.encoder.encode(list(ASKED))
    ranked = [tutor.answerer.ask(text).ranked for text in ASKED]
    thirds = np.array([one[2].score if len(one) > 2 else NO_ROW for one in ranked])
    bounds = bound(vectors, thirds, tutor.stand())
    return find_affected(vectors, bounds, tutor.stand(), after.stand())


@examples(max_examples=25)
@given(
    st.sampled_from(["system.sharing", "system.tools", "pilot.north"]),
    st.lists(st.sampled_from([*ASKED, "zeppelins", "tools for my aunt", "money for a shed"]), min_size=1, max_size=3),
    st.booleans(),
)
def test_what_changes_is_always_asked_again(tutor: Tutor, topic: str, texts: list[str], is_taken_away: bool) -> None:
    """Whatever is put under an answer, or taken away from there, each question that gets something else is reached."""
    fuller = tutor.changed_to(asked_under(topic, *texts)(tutor.knowledge))
    before, after = (fuller, tutor) if is_taken_away else (tutor, fuller)

    reached = reach(before, after)

    changed = [outcome_of(before.answerer.ask(text)) != outcome_of(after.answerer.ask(text)) for text in ASKED]
    assert not (np.array(changed) & ~reached).any()


def test_refusal_reaches_the_question_itself_and_not_all(tutor: Tutor) -> None:
    """The same text is reached; what lies far away need not be asked again."""
    kind = next(iter(tutor.knowledge.refusals))
    reached = reach(tutor, tutor.changed_to(refused(kind, "best football team")(tutor.knowledge)))

    assert reached[ASKED.index("best football team")]


def test_same_content_reaches_nothing(tutor: Tutor) -> None:
    """Where nothing changes, nothing is asked."""
    assert not reach(tutor, tutor).any()


def test_nothing_asked_is_nothing_reached() -> None:
    """An empty log is no fault."""
    stand = Stand([], _EMPTY)  # type: ignore[arg-type]

    assert len(find_affected(np.zeros((0, 384)), bound(np.zeros((0, 384)), np.zeros(0), stand), stand, stand)) == 0


class _EMPTY:
    """Nothing learnt."""

    vectors = outside = premises = np.zeros((0, 384), dtype=np.float32)


def test_new_topic_is_taken_for_its_neighbours_without_fitting(tutor: Tutor) -> None:
    """The model has a row for it, the other topics keep theirs, and a question of its own is found by it."""
    changed = change_of(Proposal("entry", ("zeppelin moorings, who pays", "where do zeppelins moor")))(tutor.knowledge)
    quick = tutor.changed_to(changed, is_quick=True)
    before, after = tutor.trained.learnt, quick.trained.learnt

    assert set(after.topics) - set(before.topics) == {NEW_TOPIC}
    for row, topic in enumerate(before.topics):
        assert np.array_equal(after.model.weights[after.topics.index(topic)], before.model.weights[row])
    assert quick.answerer.ask("zeppelin moorings, who pays").decision.topics[0] == NEW_TOPIC
    assert with_new_topics(before, tutor.knowledge, tutor.encoder) is before
