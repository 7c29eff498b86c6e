"""Check the action server's replies with a validator that is compiled once.

Rasa's ``RemoteAction`` has jsonschema check the *schema* at every reply before it checks the reply:
60 % of the time of a stock turn. See docs/decisions/0002-action-reply-check.md.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import jsonschema_rs
from rasa.core.actions.action import RemoteAction

_check_as_rasa = RemoteAction._validate_action_result


def install() -> None:
    """Replace Rasa's check by ours; twice is as good as once."""
    RemoteAction._validate_action_result = _check_reply


def _check_reply(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Pass a valid reply at once; leave an invalid one to Rasa, which finds and raises the best error.

    Raises:
        ValidationError: The reply does not fit the schema; the very error that Rasa raises.
    """
    return _validator().is_valid(result) or _check_as_rasa(self, result)


@lru_cache(maxsize=1)
def _validator() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(RemoteAction.action_response_format_spec())
