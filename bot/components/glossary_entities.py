"""The glossary's terms in a message, as entities, by spaCy's entity ruler."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language

from bot.components.live_content import live_content
from knowledge.text import find_terms


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class GlossaryEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Find terms, their synonyms and misspellings; the value is the glossary's own word."""

    def __init__(self, find_nlp: Callable[[], Language]) -> None:
        self._find_nlp = find_nlp

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GlossaryEntityExtractor:
        """Make the component from the glossary as it stands; it follows when that changes."""
        live = live_content()
        live()
        return cls(lambda: live().glossary)

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that Rasa checks for."""
        return ["spacy"]

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the terms found to each message."""
        nlp = self._find_nlp()
        for message in messages:
            found = [
                {
                    ENTITY_ATTRIBUTE_TYPE: "term",
                    ENTITY_ATTRIBUTE_VALUE: term,
                    ENTITY_ATTRIBUTE_START: start,
                    ENTITY_ATTRIBUTE_END: end,
                }
                for term, start, end in find_terms(nlp(message.get(TEXT) or ""))
            ]
            entities = message.get(ENTITIES, []) + self.add_extractor_name(found)
            message.set(ENTITIES, entities, add_to_output=True)
        return messages
