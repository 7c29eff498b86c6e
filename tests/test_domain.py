"""Rasa's domain, rules and training data agree with the actions and with the contract about intents."""

from __future__ import annotations

import ast
import importlib
import inspect
import itertools
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from rasa_sdk import Action

import bot.actions
from bot.components.importer import question_examples
from knowledge.loader import load_knowledge
from knowledge.markup import parse_yaml
from knowledge.model import CardKind
from learning.grading import Outcome
from settings import ROOT

EXAMPLES_AT_LEAST = 20
FILLED_IN = {  # what stands in the braces of a response's name, by its source
    "section": ("more", "simpler", "example"),
    "card.kind": get_args(CardKind),
    "outcome['outcome']": get_args(Outcome),
}
ACTION_FILES = [*sorted((ROOT / "bot" / "actions").glob("*.py")), *sorted((ROOT / "telling").glob("*.py"))]


def read(name: str) -> Any:
    """Read one of the project's YAML files."""
    return parse_yaml((ROOT / name).read_text(encoding="utf-8"), name)


def read_all(folder: str, key: str) -> Iterator[Any]:
    """Yield what stands under one key in all YAML files of a folder."""
    for path in sorted((ROOT / folder).rglob("*.yml")):
        yield from parse_yaml(path.read_text(encoding="utf-8"), path.name).get(key) or []


DOMAIN = read("domain.yml")
RULES = list(read_all("bot/data/rules", "rules"))
STEPS = [step for rule in RULES for step in rule["steps"]]
CONTRACT = [intent for group in read("tests/intents.yml").values() for intent in group]
QUESTION_INTENTS = set(read("tests/intents.yml")["themes"]) - {"define_term"}


def examples_of_files() -> Iterator[tuple[str, str]]:
    """Yield the training examples that stand in files, each with its intent."""
    for row in read_all("bot/data/nlu", "nlu"):
        for line in str(row["examples"]).splitlines():
            if line.strip():
                yield line.removeprefix("- ").strip(), str(row["intent"])


def names_in(tree: ast.AST) -> Iterator[str]:
    """Yield the responses that a module names; a name with braces stands for each that it can become."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and re.fullmatch(r"utter_[a-z_]*[a-z]", str(node.value)):
            yield str(node.value)
        if isinstance(node, ast.JoinedStr) and ast.unparse(node)[2:].startswith("utter_"):
            yield from spell_out(node)


def spell_out(node: ast.JoinedStr) -> Iterator[str]:
    """Yield every name that an f-string can become; each of its braces is listed in ``FILLED_IN``."""
    parts = [
        (str(part.value),) if isinstance(part, ast.Constant) else FILLED_IN[ast.unparse(part.value)]  # type: ignore[attr-defined]
        for part in node.values
    ]
    yield from ("".join(choice) for choice in itertools.product(*parts))


def named_by_actions() -> set[str]:
    """Return the responses that the actions name."""
    return {name for path in ACTION_FILES for name in names_in(ast.parse(path.read_text(encoding="utf-8")))}


def action_names() -> dict[str, str]:
    """Return the name of each action class, with the class."""
    modules = [importlib.import_module(f"bot.actions.{one.name}") for one in pkgutil.iter_modules(bot.actions.__path__)]
    classes = {one for module in modules for _, one in inspect.getmembers(module, inspect.isclass)}
    return {
        one().name(): one.__name__
        for one in classes
        if issubclass(one, Action) and not inspect.isabstract(one) and one.__module__.startswith("bot.actions.")
    }


def test_responses_named_by_actions_are_in_domain() -> None:
    """No action says a response that is not there."""
    named = named_by_actions()

    assert {"utter_no_example", "utter_graded_partly", "utter_story"} <= named
    assert named - set(DOMAIN["responses"]) == set()


def test_responses_named_by_commands_are_in_domain() -> None:
    """The command line tells only what the chat can tell."""
    files = [*(ROOT / "commands").glob("*.py"), *(ROOT / "bot" / "components").glob("*.py")]

    named = {name for path in files for name in names_in(ast.parse(path.read_text(encoding="utf-8")))}

    assert named - {"utter_message"} - set(DOMAIN["responses"]) == set()


def test_responses_of_domain_are_all_used() -> None:
    """Each response is said by an action or by a rule."""
    used = named_by_actions() | {str(step.get("action")) for step in STEPS}

    assert set(DOMAIN["responses"]) - used == set()


def test_actions_written_are_in_domain_and_rules() -> None:
    """Each action class stands in the domain, and a rule leads to it; and the reverse."""
    written = set(action_names())
    ruled = {str(step["action"]) for step in STEPS if str(step.get("action", "")).startswith("action_")}

    assert written == set(DOMAIN["actions"])
    assert ruled == written


def test_action_names_follow_their_classes() -> None:
    """``ActionGradeAnswer`` is named ``action_grade_answer``."""
    for name, class_name in action_names().items():
        assert name == re.sub(r"(?<!^)([A-Z])", r"_\1", class_name).lower()


def test_rules_name_known_actions_and_intents() -> None:
    """A rule rests on intents of the domain and leads to actions or responses of the domain."""
    intents = {str(step["intent"]) for step in STEPS if "intent" in step}
    actions = {str(step["action"]) for step in STEPS if "action" in step}

    assert intents - set(DOMAIN["intents"]) - {"nlu_fallback"} == set()
    assert actions - set(DOMAIN["actions"]) - set(DOMAIN["responses"]) == set()


@pytest.fixture(scope="module")
def examples() -> Counter[str]:
    """Give the number of training examples of each intent, from files and from the answers' own questions."""
    return Counter(intent for _, intent in [*examples_of_files(), *question_examples(load_knowledge())])


@pytest.mark.parametrize("intent", CONTRACT)
def test_intent_of_contract_is_served(examples: Counter[str], intent: str) -> None:
    """Each intent that people are promised is in the domain, has enough examples, and has a rule."""
    assert intent in DOMAIN["intents"]
    assert examples[intent] >= EXAMPLES_AT_LEAST
    assert intent in {step.get("intent") for step in STEPS}


def test_intents_of_domain_have_rules() -> None:
    """No intent is understood and then met with silence."""
    ruled = {step.get("intent") for step in STEPS}

    assert set(DOMAIN["intents"]) - ruled == set()


def test_question_intents_have_no_examples_in_files() -> None:
    """The examples of questions stand with the answers, in one place only."""
    assert {intent for _, intent in examples_of_files()} & QUESTION_INTENTS == set()


def test_training_examples_stand_once() -> None:
    """No example of the files stands twice, and none is a question or a refusal of the content as well."""
    files = [" ".join(text.lower().split()) for text, _ in examples_of_files()]
    content = {" ".join(text.lower().split()) for text, _ in question_examples(load_knowledge())}

    assert [text for text, times in Counter(files).items() if times > 1] == []
    assert sorted(content & set(files)) == []


def test_buttons_say_known_intents() -> None:
    """Each button, in the domain and in the actions, says an intent that a rule serves."""
    payloads = [
        str(button["payload"])
        for rows in DOMAIN["responses"].values()
        for row in rows
        for button in row.get("buttons", [])
    ]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in ACTION_FILES]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and len(node.args) > 1]
    made = [
        str(call.args[1].value)
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "button" and isinstance(call.args[1], ast.Constant)
    ]
    said = {re.match(r"/(\w+)", payload).group(1) for payload in payloads} | set(made)  # type: ignore[union-attr]

    assert len(made) > 20
    assert said - {str(step.get("intent")) for step in STEPS} == set()
