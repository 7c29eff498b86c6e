"""What the actions work with: the real content and index, and a database of each test's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.actions.composition import Parts, index_path
from database import open_engine
from knowledge.answering import Answerer
from knowledge.encoder import load_encoder
from knowledge.errors import IndexFileError
from knowledge.index_file import load_index, save_index
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from knowledge.trained import learn
from learning.lessons import LessonWalk
from learning.store import LearningStore
from settings import ROOT, Settings, load_settings
from tests.bot.actions.chat import Chat


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """Give the real content."""
    return load_knowledge()


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Settings:
    """Give settings whose folder holds an index of this content: the trained one if it is fresh, else a new one."""
    folder = tmp_path_factory.mktemp("var")
    settings = load_settings({"TUTOR_VAR": str(folder), "TUTOR_SECRET": "secret"})
    ready, wanted = ROOT / "var" / "models" / index_path(settings).name, index_path(settings)
    wanted.parent.mkdir()
    try:
        load_index(ready, knowledge)
        shutil.copy(ready, wanted)
    except IndexFileError:
        save_index(learn(knowledge, load_encoder()), wanted, knowledge.version)
    return settings


@pytest.fixture(scope="session")
def answerer(trained: Settings, knowledge: Knowledge) -> Answerer:
    """Give the real answerer, loaded once."""
    return Answerer(knowledge, load_index(index_path(trained), knowledge), load_encoder())


@pytest.fixture
def parts(database_url: str, knowledge: Knowledge, answerer: Answerer, trained: Settings) -> Iterator[Parts]:
    """Give all parts, on an empty database."""
    engine = open_engine(database_url)
    store = LearningStore(engine)
    yield Parts(knowledge, answerer, store, LessonWalk(knowledge, store), trained)
    engine.dispose()


@pytest.fixture
def chat(parts: Parts) -> Chat:
    """Give the chat of somebody new."""
    return Chat(parts)


@pytest.fixture
def database(database_url: str) -> Path:
    """Give the file behind the parts."""
    return Path(database_url.removeprefix("sqlite:///"))
