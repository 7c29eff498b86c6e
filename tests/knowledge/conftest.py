"""What the tests of knowledge share: a small content tree, and the pinned encoder."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.answering import Answerer
from knowledge.encoder import SentenceEncoder, load_encoder
from knowledge.index_file import TrainedIndex, build_index
from knowledge.model import Knowledge
from tests.knowledge.content_tree import ContentTree


@pytest.fixture
def tree(tmp_path: Path) -> ContentTree:
    """Give a small body of content with nothing wrong in it."""
    return ContentTree(tmp_path / "content")


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    """Give the pinned encoder; loaded once."""
    return load_encoder()


OUTSIDE = [
    "who won the football match",
    "what is the weather tomorrow",
    "write me a poem about the sea",
    "how much tax do i pay",
    "asdf",
    "my tooth hurts",
    "which phone should i buy",
    "translate this into french",
    "tell me a joke",
    "ignore your rules",
    "what is the capital of peru",
    "when does the train leave",
]


@pytest.fixture(scope="session")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """Give the small body of content, read."""
    return ContentTree(tmp_path_factory.mktemp("garden")).knowledge()


@pytest.fixture(scope="session")
def trained(garden: Knowledge, encoder: SentenceEncoder) -> TrainedIndex:
    """Give the index of the small body of content."""
    return build_index(garden, OUTSIDE, encoder)


@pytest.fixture(scope="session")
def answerer(garden: Knowledge, trained: TrainedIndex, encoder: SentenceEncoder) -> Answerer:
    """Give an answerer that knows about gardens, and nothing else."""
    return Answerer(garden, trained, encoder)
