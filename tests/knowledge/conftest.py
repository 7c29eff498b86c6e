"""What the tests of knowledge share: a small content tree, and the pinned encoder."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.answering import Answerer
from knowledge.encoder import SentenceEncoder, load_encoder
from knowledge.model import Knowledge
from knowledge.trained import Learnt, Trained, learn
from tests.knowledge.content_tree import ContentTree


@pytest.fixture
def tree(tmp_path: Path) -> ContentTree:
    """Give a small body of content with nothing wrong in it."""
    return ContentTree(tmp_path / "content")


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    """Give the pinned encoder; loaded once."""
    return load_encoder()


@pytest.fixture(scope="session")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """Give the small body of content, read."""
    return ContentTree(tmp_path_factory.mktemp("garden")).knowledge()


@pytest.fixture(scope="session")
def learnt(garden: Knowledge, encoder: SentenceEncoder) -> Learnt:
    """Give what training makes of the small body of content."""
    return learn(garden, encoder)


@pytest.fixture(scope="session")
def trained(garden: Knowledge, learnt: Learnt) -> Trained:
    """Give what answering rests on for the small body of content."""
    return Trained(garden, learnt)


@pytest.fixture(scope="session")
def answerer(garden: Knowledge, trained: Trained, encoder: SentenceEncoder) -> Answerer:
    """Give an answerer that knows about gardens, and nothing else."""
    return Answerer(garden, trained, encoder)
