"""End a turn at once when an action fails.

Rasa logs the failure, loses the action's events, and goes on: it saves half a turn and says
nothing, or half of what it should. A repeat of the message would then start from changed slots.
We let the failure through, past the saving, so that a turn is either whole or has not happened.
"""

from __future__ import annotations

from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.components.turn_output import TurnOutput

_run_as_rasa = RemoteAction.run


class ActionFailed(BaseException):
    """An action failed; the text names it and the kind of trouble, and no word of the person.

    A ``BaseException``, because Rasa catches every ``Exception`` of an action and goes on.
    Raised in turns of our own channel only, where ``TutorInput`` catches it.
    """


def install() -> None:
    """Replace Rasa's call of an action by ours; twice is as good as once."""
    RemoteAction.run = _run_or_fail


async def _run_or_fail(
    self: RemoteAction,
    output_channel: OutputChannel,
    nlg: NaturalLanguageGenerator,
    tracker: DialogueStateTracker,
    domain: Domain,
) -> list[Event]:
    """Run the action.

    Raises:
        ActionExecutionRejection: The action declined; Rasa chooses another one.
        ActionFailed: The server is down, too slow, or answered with nonsense.
    """
    try:
        return await _run_as_rasa(self, output_channel, nlg, tracker, domain)
    except ActionExecutionRejection:
        raise
    except Exception as error:
        if not isinstance(output_channel, TurnOutput):
            raise
        raise ActionFailed(f"{self.name()}: {type(error).__name__}") from None
