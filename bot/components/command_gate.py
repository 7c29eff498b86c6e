"""The fallback: a command runs only when it is sure; everything else is a question, and retrieval decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.distress_detector import DISTRESS_INTENT, LEVEL
from bot.components.importer import INTENT_OF_GROUP
from bot.components.live_content import live_content

QUESTION_INTENTS = frozenset({*INTENT_OF_GROUP.values(), "define_term", "out_of_scope"})
RANKING_KEPT = 10
ANSWER_INTENT = "answer_item"
STAGE_INTENT = "choose_stage"
_ASKS = re.compile(r"\b(what|why|how|who)\b", re.I)
RATINGS = frozenset({"rate_helpful", "rate_unhelpful"})
_ASKS_FIRST = re.compile(r"\W*(what(?! an?\b)|which|who|where|when)\b", re.I)  # "what a help" judges, and asks nothing
YES_AND_NO = frozenset({"affirm", "deny"})
ORDER_MARKS = (frozenset("abcdef"), frozenset("123456"))
ORDER_LEAST_MARKS = 3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CommandGate(GraphComponent, IntentClassifier):
    """Replace an unsure command by the fallback intent.

    Sure means two things: of all probability, at least ``commands_share`` lies with commands and not with questions (so
    that "Is there proof?" does not run as a request for sources), and the likeliest command has at least ``least``.
    Rasa's own FallbackClassifier looks at the likeliest intent alone.

    What the detector before it is sure to be distress is that, whatever the classifier makes of it. Where it is only
    likely, no command runs unless it has at least ``clear``: "I see no reason to wake up tomorrow" sets no reminder,
    and "help" shows the menu.

    A row of letters or numbers, each once ("badc", "2, 1, 3"), is an order of steps and no other command, whatever the
    classifier makes of so few letters; one letter alone ("t" of true) is an answer, yes or no. And no question is a
    yes or a no ("when better not?"), a judgement of an answer ("what did not work with that"), nor a wish to go to the
    stage of the plan that it names ("what happens at co-evaluate").

    Nor is a command what an answer lists as a question, word for word: it is found from the moment on when it was
    published, also before the classifier has learnt it.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings that ``config.yml`` may change; all are probabilities."""
        return {"commands_share": 0.86, "least": 0.35, "clear": 0.8}

    def __init__(self, config: dict[str, Any], is_listed: Callable[[str], bool] = lambda _: False) -> None:
        self._is_listed = is_listed
        self._commands_share: float = config["commands_share"]
        self._least: float = config["least"]
        self._clear: float = config["clear"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CommandGate:
        """Make the component; it follows the content."""
        live = live_content()
        return cls(config, lambda text: live().questions.find(text) is not None)

    def process(self, messages: list[Message]) -> list[Message]:
        """Judge each message by its full ranking, and keep the top of the ranking for the log."""
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY) or []
            kept = ranking[:RANKING_KEPT]
            level = message.get(LEVEL)
            if level == "sure":
                kept = [one for one in kept if one["name"] != DISTRESS_INTENT]
                kept = [_set_intent(message, DISTRESS_INTENT, 1.0), *kept]
            elif ranking and not self._is_settled(ranking, message.get(TEXT) or "", level == "likely"):
                kept = [_set_intent(message, DEFAULT_NLU_FALLBACK_INTENT_NAME, ranking[0]["confidence"]), *kept]
            message.set(INTENT_RANKING_KEY, kept, add_to_output=True)
        return messages

    def _is_settled(self, ranking: list[dict[str, Any]], text: str, may_be_distress: bool) -> bool:
        best = ranking[0]
        if best["name"] in QUESTION_INTENTS:
            return True
        if self._is_listed(text):
            return False
        if _is_order(text):
            return bool(best["name"] == ANSWER_INTENT)
        if len(text.strip()) == 1 and text.strip().isalpha():
            return best["name"] in YES_AND_NO | {ANSWER_INTENT}
        if best["name"] in YES_AND_NO and text.rstrip().endswith("?"):
            return False
        if best["name"] in RATINGS and _ASKS_FIRST.match(text):
            return False
        if best["name"] == STAGE_INTENT and _ASKS.search(text):
            return False
        if best["name"] == DISTRESS_INTENT or (may_be_distress and best["confidence"] < self._clear):
            return False
        commands = sum(one["confidence"] for one in ranking if one["name"] not in QUESTION_INTENTS)
        return bool(commands >= self._commands_share and best["confidence"] >= self._least)


def _set_intent(message: Message, name: str, confidence: float) -> dict[str, Any]:
    intent = {"name": name, "confidence": confidence}
    message.set(INTENT, intent, add_to_output=True)
    return intent


def _is_order(text: str) -> bool:
    """Tell a row of letters or numbers, each once; whether it fits the open item is for others to say."""
    marks = re.sub(r"\W", "", text).lower()
    is_row = ORDER_LEAST_MARKS <= len(marks) == len(set(marks))
    return is_row and any(set(marks) <= known for known in ORDER_MARKS)
