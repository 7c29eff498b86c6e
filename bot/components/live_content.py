"""What Rasa's components take from the content, as it is now; read once for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from spacy.language import Language

from bot.components.importer import INTENT_OF_GROUP
from knowledge.listed import ListedQuestions
from knowledge.live import Live
from knowledge.model import Knowledge
from knowledge.text import glossary_language
from settings import load_settings


@dataclass(frozen=True)
class ComponentContent:
    """The glossary's terms, and the questions that are surely no commands: those that answers list as their own."""

    glossary: Language
    questions: ListedQuestions


def make_content(knowledge: Knowledge) -> ComponentContent:
    """Take it from the content. What people ask about the tutor itself is left out: some ask it as a command."""
    topics = knowledge.course.topics
    entries = {
        topic: entry
        for topic, entry in knowledge.entries.items()
        if topic in topics and topics[topic].group in INTENT_OF_GROUP
    }
    return ComponentContent(glossary_language(knowledge.glossary), ListedQuestions(entries, knowledge.corrections))


def live_content() -> Live[ComponentContent]:
    """Return it for the content that the settings name; it follows when that changes."""
    settings = load_settings()
    return _live_content(settings.content_dir, settings.kept_content)


@lru_cache(maxsize=2)
def _live_content(folder: Path, kept: Path) -> Live[ComponentContent]:
    return Live(make_content, folder, kept=kept)
