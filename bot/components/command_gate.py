"""The fallback: a command runs only when it is sure; everything else is a question, and retrieval decides."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.importer import INTENT_OF_GROUP

QUESTION_INTENTS = frozenset({*INTENT_OF_GROUP.values(), "define_term", "out_of_scope"})
RANKING_KEPT = 10
ANSWER_INTENT = "answer_item"
DISTRESS_INTENT = "tell_distress"
STAGE_INTENT = "choose_stage"
_ASKS = re.compile(r"\b(what|why|how|who)\b", re.I)
YES_AND_NO = frozenset({"affirm", "deny"})
ORDER_MARKS = (frozenset("abcdef"), frozenset("123456"))
ORDER_LEAST_MARKS = 3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CommandGate(GraphComponent, IntentClassifier):
    """Replace an unsure command by the fallback intent.

    Sure means two things: of all probability, at least ``commands_share`` lies with commands and not with questions (so
    that "Is there proof?" does not run as a request for sources), and the likeliest command has at least ``least``.
    Rasa's own FallbackClassifier looks at the likeliest intent alone. And no command runs where somebody may be in
    distress, with a probability of ``distress``: "I see no reason to wake up tomorrow" sets no reminder.

    A row of letters or numbers, each once ("badc", "2, 1, 3"), is an order of steps and no other command, whatever the
    classifier makes of so few letters. And no question is a yes or a no ("when better not?"), nor a wish to go to the
    stage of the plan that it names ("what happens at co-evaluate").
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings that ``config.yml`` may change; all are probabilities."""
        return {"commands_share": 0.86, "least": 0.35, "distress": 0.15}

    def __init__(self, config: dict[str, Any]) -> None:
        self._commands_share: float = config["commands_share"]
        self._least: float = config["least"]
        self._distress: float = config["distress"]

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
            if ranking and not self._is_settled(ranking, message.get(TEXT) or ""):
                fallback = {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": ranking[0]["confidence"]}
                message.set(INTENT, fallback, add_to_output=True)
                kept = [fallback, *kept]
            message.set(INTENT_RANKING_KEY, kept, add_to_output=True)
        return messages

    def _is_settled(self, ranking: list[dict[str, Any]], text: str) -> bool:
        best = ranking[0]
        if best["name"] in QUESTION_INTENTS:
            return True
        if _is_order(text):
            return bool(best["name"] == ANSWER_INTENT)
        if best["name"] in YES_AND_NO and text.rstrip().endswith("?"):
            return False
        if best["name"] == STAGE_INTENT and _ASKS.search(text):
            return False
        distress = sum(one["confidence"] for one in ranking if one["name"] == DISTRESS_INTENT)
        if best["name"] != DISTRESS_INTENT and distress >= self._distress:
            return False
        commands = sum(one["confidence"] for one in ranking if one["name"] not in QUESTION_INTENTS)
        return bool(commands >= self._commands_share and best["confidence"] >= self._least)


def _is_order(text: str) -> bool:
    """Tell a row of letters or numbers, each once; whether it fits the open item is for others to say."""
    marks = re.sub(r"\W", "", text).lower()
    is_row = ORDER_LEAST_MARKS <= len(marks) == len(set(marks))
    return is_row and any(set(marks) <= known for known in ORDER_MARKS)
