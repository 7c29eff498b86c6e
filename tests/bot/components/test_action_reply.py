"""Replies of the action server are checked as Rasa checks them, and a failing action ends its turn."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import ValidationError
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.components import action_failure, action_reply
from bot.components.action_failure import ActionFailed
from bot.components.turn_output import TurnOutput

SLOT = {"event": "slot", "name": "lesson", "value": "s1", "timestamp": None}
VALID: list[dict[str, Any]] = [
    {},
    {"events": [], "responses": []},
    {"events": [SLOT, {"event": "restart"}], "responses": [{"text": "Hello"}]},
]
INVALID: list[Any] = [
    {"events": None},
    {"events": [{"name": "no event"}]},
    {"events": [{"event": "unheard of"}]},
    {"events": [{"event": "slot", "name": "lesson"}]},
    {"events": [], "responses": ["Hello"]},
    "Hello",
]


@pytest.fixture(autouse=True)
def installed() -> None:
    """Install both replacements, once more than the import of the channel would."""
    action_reply.install()
    action_reply.install()
    action_failure.install()
    action_failure.install()


def error_of(check: Any, reply: Any) -> str | None:
    """Tell what a check says against a reply, or ``None`` if it passes."""
    try:
        assert check(RemoteAction("action_answer", None), reply) is True
    except ValidationError as error:
        return error.message
    return None


def test_check_of_remote_action_is_ours() -> None:
    """Rasa calls our check."""
    assert RemoteAction._validate_action_result is action_reply._check_reply
    assert action_reply._check_as_rasa.__module__ == "rasa.core.actions.action"


@pytest.mark.parametrize("reply", VALID)
def test_valid_reply_passes(reply: dict[str, Any]) -> None:
    """A reply that fits the schema is let through."""
    assert RemoteAction("action_answer", None)._validate_action_result(reply) is True


@pytest.mark.parametrize("reply", INVALID)
def test_invalid_reply_raises_as_rasa_does(reply: Any) -> None:
    """A reply that does not fit raises Rasa's error with Rasa's words."""
    with pytest.raises(ValidationError, match="Failed to validate Action server response") as raised:
        RemoteAction("action_answer", None)._validate_action_result(reply)

    assert raised.value.message == error_of(action_reply._check_as_rasa, reply)


def test_valid_reply_is_not_checked_by_rasa_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slow way is left out where it would say the same."""
    monkeypatch.setattr(action_reply, "_check_as_rasa", lambda *_: pytest.fail("the slow way was taken"))

    assert RemoteAction("action_answer", None)._validate_action_result(VALID[-1]) is True


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["event", "events", "responses", "name", "value"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(reply=st.fixed_dictionaries({}, optional={"events": anything, "responses": anything}))
@settings(max_examples=30, deadline=None)
def test_any_reply_gets_the_verdict_of_rasa(reply: dict[str, Any]) -> None:
    """Whatever the reply is, our check and Rasa's agree."""
    assert error_of(action_reply._check_reply, reply) == error_of(action_reply._check_as_rasa, reply)


class FailingActionServer(EndpointConfig):
    """An action server that fails in one way."""

    def __init__(self, trouble: Exception) -> None:
        super().__init__("http://actions.invalid")
        self._trouble = trouble

    async def request(self, *_: Any, **__: Any) -> Any:
        """Fail."""
        raise self._trouble


def run_action(trouble: Exception, output: OutputChannel) -> None:
    """Run an action on a failing server."""
    action = RemoteAction("action_answer", FailingActionServer(trouble))
    generator, tracker = TemplatedNaturalLanguageGenerator({}), DialogueStateTracker("ann", [])
    asyncio.run(action.run(output, generator, tracker, Domain.empty()))


def test_failed_action_ends_turn_without_quoting() -> None:
    """The failure passes by Rasa's catch of every exception, and tells the action's name only."""
    trouble = ClientResponseError(500, "Internal", "the whole request, with a secret")

    with pytest.raises(ActionFailed) as raised:
        run_action(trouble, TurnOutput())

    assert str(raised.value) == "action_answer: RasaException"
    assert not isinstance(raised.value, Exception)


def test_rejected_action_leaves_choice_to_rasa() -> None:
    """An action that declines has not failed: another policy may choose."""
    rejection = ClientResponseError(400, "Bad", '{"action_name": "action_answer", "error": "no"}')

    with pytest.raises(ActionExecutionRejection):
        run_action(rejection, TurnOutput())


def test_failed_action_of_other_channel_stays_with_rasa() -> None:
    """Only turns of our channel end this way: others have nobody who catches it."""
    with pytest.raises(RasaException):
        run_action(ClientResponseError(500, "Internal", ""), CollectingOutputChannel())
