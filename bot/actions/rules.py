"""What the rules say: the action or response that an intent leads to when nothing special is open."""

from __future__ import annotations

from functools import lru_cache

from bot.actions.answer_view import way_back
from bot.actions.turn import Event, Turn, TutorAction
from knowledge.markup import parse_yaml
from settings import ROOT

RULES = ROOT / "bot" / "data" / "rules"
NO_COMMANDS = frozenset(
    "ask_system ask_ethics ask_catalysts ask_roadmap ask_pilots define_term out_of_scope nlu_fallback answer_item "
    "pick_option".split()
)


@lru_cache(maxsize=1)
def plain_rules() -> dict[str, str]:
    """Read the rules without a condition: the action or response of each intent."""
    files = [parse_yaml(path.read_text(encoding="utf-8"), path.name) for path in sorted(RULES.glob("*.yml"))]
    rules = [rule for file in files for rule in file["rules"] if not rule.get("condition")]
    return {str(rule["steps"][0]["intent"]): str(rule["steps"][1]["action"]) for rule in rules}


def obey(turn: Turn) -> list[Event]:
    """Do what an intent asks for, as its rule says; a response of the domain is said with a way back."""
    name = plain_rules().get(turn.intent, "")
    if name.startswith("utter_"):
        turn.say(name, way_back(turn))
        return []
    action = next(one for one in TutorAction.__subclasses__() if one().name() == name)
    return action().tell(turn)
