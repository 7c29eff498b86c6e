"""Domain, rules and actions belong together: nothing said meets silence, and nothing is left over."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from bot.actions.rules import plain_rules
from knowledge.model import CardKind
from settings import ROOT
from tests.bot.actions.chat import rule_for, the_actions, the_domain, the_rules

STEPS = (
    *("none", "card", "reflect", "item", "item_done", "summary", "stage", "interview"),
    *("note_edit", "note_delete", "data_delete", "unlink"),
)
SPEAKING = [*sorted((ROOT / "bot" / "actions").glob("*.py")), *sorted((ROOT / "telling").glob("*.py"))]
CODE = "\n".join(path.read_text(encoding="utf-8") for path in SPEAKING)
BUTTONS_ONLY = {"ask_topic", "pick_option", "rate_reason", "edit_note", "delete_note", "stop_repetition"}
BUILT_IN = {"back", "restart", "session_start"}


@pytest.mark.parametrize("intent", sorted(set(the_domain().intents) - BUILT_IN))
def test_intent_has_a_rule_at_every_step(intent: str) -> None:
    """Whatever is understood, wherever the person is, one action or response of the domain follows."""
    answers = {rule_for(intent, step) for step in STEPS}

    assert answers <= {*the_actions(), *the_domain().responses}


@pytest.mark.parametrize("intent", sorted(set(the_domain().intents) - BUILT_IN - BUTTONS_ONLY))
def test_whatever_is_typed_at_an_open_question_may_be_its_answer(intent: str) -> None:
    """While a question about one's own work is open, one action judges every text; what else it means has a rule."""
    assert rule_for(intent, "interview") == "action_take_answer"
    assert intent in {"affirm", "deny"} or plain_rules()[intent] in {*the_actions(), *the_domain().responses}


def test_actions_of_domain_are_those_of_code() -> None:
    """The domain lists every action there is, and no other."""
    assert set(the_domain().user_actions) - set(the_domain().responses) == set(the_actions())


def test_rules_name_each_intent_once_a_step() -> None:
    """No two rules compete for one intent at one step."""
    rows = [(rule["steps"][0]["intent"], str(rule.get("condition"))) for rule in the_rules()]

    assert len(rows) == len(set(rows))


def test_responses_are_those_that_are_said() -> None:
    """Every response is said by a rule or an action, and every one that is said is there."""
    said = set(re.findall(r'"(utter_\w+)"', CODE))
    families = tuple(re.findall(r'f"(utter_\w+)\{', CODE))
    cards = {f"utter_{kind}{note}" for kind in get_args(CardKind) for note in ("", "_with_note")}
    ruled = {rule["steps"][1]["action"] for rule in the_rules()}
    responses = set(the_domain().responses)

    assert said | cards <= responses
    assert [name for name in responses - said - cards - ruled if not name.startswith(families)] == []


def test_buttons_of_domain_say_known_intents() -> None:
    """A button that stands in the domain says an intent that has a rule, in a form that Rasa reads."""
    payloads = [
        button["payload"]
        for variants in the_domain().responses.values()
        for variant in variants
        for button in variant.get("buttons", ())
    ]

    assert payloads
    for payload in payloads:
        match = re.fullmatch(r"/(\w+)(\{.*\})?", payload)
        assert match and match.group(1) in the_domain().intents
