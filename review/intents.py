"""What the tutor can take a message for, and what it does then: read from the files that it is trained on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from settings import ROOT

DATA = ROOT / "bot" / "data"


@dataclass(frozen=True)
class Rule:
    """What follows an intent: the actions, at a step of the conversation, or at any if ``step`` is empty."""

    intent: str
    actions: tuple[str, ...]
    step: str = ""


@dataclass(frozen=True)
class Intents:
    """The intents.

    Attributes:
        names: All that the assistant knows.
        teachable: Those whose examples stand in ``bot/data/nlu``. The others are questions about the course, whose
            examples are the questions of the answers, or what only buttons say.
        rules: What follows each.
    """

    names: tuple[str, ...]
    teachable: tuple[str, ...]
    rules: tuple[Rule, ...]

    def actions(self, intent: str, step: str) -> tuple[str, ...]:
        """Return what the tutor does about an intent at a step; empty if no rule says so."""
        fitting = [rule for rule in self.rules if rule.intent == intent and rule.step in (step, "")]
        best = sorted(fitting, key=lambda rule: rule.step != step)
        return best[0].actions if best else ()


@lru_cache(maxsize=2)
def load_intents(root: Path = ROOT) -> Intents:
    """Read domain, examples and rules."""
    names = [name if isinstance(name, str) else next(iter(name)) for name in _read(root / "domain.yml")["intents"]]
    data = root / "bot" / "data"
    taught = {
        row["intent"]
        for path in sorted((data / "nlu").glob("*.yml"))
        for row in _read(path).get("nlu") or ()
        if "intent" in row
    }
    rules = [rule for path in sorted((data / "rules").glob("*.yml")) for rule in _read(path).get("rules") or ()]
    return Intents(tuple(names), tuple(name for name in names if name in taught), tuple(_rules(rules)))


def _rules(rows: list[dict[str, Any]]) -> list[Rule]:
    found = []
    for row in rows:
        intents = [step["intent"] for step in row["steps"] if "intent" in step]
        actions = tuple(step["action"] for step in row["steps"] if "action" in step)
        slots = [slot for one in row.get("condition") or () for slot in one.get("slot_was_set") or ()]
        steps = [str(slot["step"]) for slot in slots if isinstance(slot, dict) and "step" in slot]
        if len(intents) == 1 and actions:
            found.append(Rule(intents[0], actions, steps[0] if steps else ""))
    return found


def _read(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))
