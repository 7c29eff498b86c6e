"""What the tests of knowledge share: a small content tree, and the pinned encoder."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.encoder import SentenceEncoder, load_encoder
from tests.knowledge.content_tree import ContentTree


@pytest.fixture
def tree(tmp_path: Path) -> ContentTree:
    """Give a small body of content with nothing wrong in it."""
    return ContentTree(tmp_path / "content")


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    """Give the pinned encoder; loaded once."""
    return load_encoder()
