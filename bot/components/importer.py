"""Training examples of the free-question intents, taken from the knowledge base's own questions."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from settings import load_settings

INTENT_OF_GROUP = {
    "system": "ask_system",
    "ethics": "ask_ethics",
    "catalysts": "ask_catalysts",
    "roadmap": "ask_roadmap",
    "pilot": "ask_pilots",
}
INTENT_OF_REFUSAL = {
    "personal": "out_of_scope",
    "off": "out_of_scope",
    "noise": "out_of_scope",
    "inject": "out_of_scope",
    "rude": "out_of_scope",
    "distress": "tell_distress",
}


def question_examples(knowledge: Knowledge) -> list[tuple[str, str]]:
    """List every question that the knowledge base holds and what it does not cover, with the intent of each."""
    refused = [
        (text, INTENT_OF_REFUSAL[kind])
        for kind, texts in knowledge.refusals.items()
        if kind in INTENT_OF_REFUSAL  # what is near to the course, or a false premise about it, is a question
        for text in texts
    ]
    written = {topic: entry.questions for topic, entry in knowledge.entries.items()}
    topics = knowledge.course.topics
    sides = [(question, "ask_pilots") for facet in knowledge.facets for question in facet.questions]
    return (
        refused
        + sides
        + [
            (question, INTENT_OF_GROUP[topics[topic].group])
            for topic, questions in {**knowledge.planned, **written}.items()
            for question in questions
            if topics[topic].group in INTENT_OF_GROUP  # what people ask about the tutor itself, some ask as a command
        ]
    )


class KnowledgeImporter(TrainingDataImporter):
    """Give Rasa the questions of answers and of planned topics as examples; an author writes them once."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
    ) -> None:
        """Take the arguments that Rasa gives every importer; the settings say where the content is."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return the questions as examples; Rasa asks several times."""
        return self._examples

    @cached_property
    def _examples(self) -> TrainingData:
        examples = question_examples(load_knowledge(load_settings().content_dir))
        return TrainingData([Message({TEXT: text, INTENT: intent}) for text, intent in examples])

    def get_domain(self) -> Domain:
        """Nothing: the domain is ``domain.yml``."""
        return Domain.empty()

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Nothing: stories and rules are files."""
        return StoryGraph([])

    def get_conversation_tests(self) -> StoryGraph:
        """Nothing: conversation tests are files."""
        return StoryGraph([])

    def get_config(self) -> dict[str, Any]:
        """Nothing: the configuration is ``config.yml``."""
        return {}

    def get_config_file_for_auto_config(self) -> str | None:
        """Nothing is configured automatically."""
        return None
