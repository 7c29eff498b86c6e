"""The fallback: a command runs only when it is sure; everything else is a question, and retrieval decides."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.components.importer import INTENT_OF_GROUP

QUESTION_INTENTS = frozenset({*INTENT_OF_GROUP.values(), "define_term", "out_of_scope"})
RANKING_KEPT = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CommandGate(GraphComponent, IntentClassifier):
    """Replace an unsure command by the fallback intent.

    Sure means two things: of all probability, at least ``commands_share`` lies with commands and not with questions (so
    that "Is there proof?" does not run as a request for sources), and the likeliest command has at least ``least``.
    Rasa's own FallbackClassifier looks at the likeliest intent alone.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings that ``config.yml`` may change; both are probabilities."""
        return {"commands_share": 0.86, "least": 0.2}

    def __init__(self, config: dict[str, Any]) -> None:
        self._commands_share: float = config["commands_share"]
        self._least: float = config["least"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CommandGate:
        """Make the component."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Judge each message by its full ranking, and keep the top of the ranking for the log."""
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY) or []
            kept = ranking[:RANKING_KEPT]
            if ranking and not self._is_settled(ranking):
                fallback = {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": ranking[0]["confidence"]}
                message.set(INTENT, fallback, add_to_output=True)
                kept = [fallback, *kept]
            message.set(INTENT_RANKING_KEY, kept, add_to_output=True)
        return messages

    def _is_settled(self, ranking: list[dict[str, Any]]) -> bool:
        best = ranking[0]
        if best["name"] in QUESTION_INTENTS:
            return True
        commands = sum(one["confidence"] for one in ranking if one["name"] not in QUESTION_INTENTS)
        return bool(commands >= self._commands_share and best["confidence"] >= self._least)
