"""Before a Bot API that can hardly do anything the tutor still talks, once each, and never asks in a tight loop."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from channels.telegram.polling import IDLE_SECONDS
from tests.channels.telegram.bare_bot_api import BareBotApi
from tests.channels.telegram.chat import wait_until
from tests.channels.telegram.conftest import Served

OPTIONAL = {"getMe", "deleteWebhook", "setMyCommands", "answerCallbackQuery", "editMessageReplyMarkup", "sendPhoto"}
TEXTS = [{"update_id": "8", "message": {"chat": {"id": "71"}, "text": "hello"}}, {"update_id": 9}, "junk", None, 7]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BareBotApi]:
    """Give the Bot API, with a gateway that asks it."""
    api = BareBotApi()
    served = Served(tmp_path_factory.mktemp("bare"), api)
    try:
        served.start()
        yield api
    finally:
        served.kill()
        api.close()


def texts(bare: BareBotApi) -> list[str]:
    """Return what was sent."""
    return [fields["text"] for fields in bare.sent]


def test_bare_bot_api_is_enough_to_talk(bare: BareBotApi) -> None:
    """Text, a press without a message, a picture in words: each update counts once, though it comes again and again."""
    bare.updates = list(TEXTS)
    wait_until(lambda: len(bare.sent) >= 1)
    key = json.loads(bare.sent[0]["reply_markup"])["inline_keyboard"][0][0]["callback_data"]
    bare.updates.append({"update_id": 10, "callback_query": {"from": {"id": 71}, "data": key}})
    wait_until(lambda: len(bare.sent) >= 2)
    bare.updates.append({"update_id": 11, "message": {"from": {"id": 71}, "text": "show picture"}})
    wait_until(lambda: len(bare.sent) >= 3)
    asked = len(bare.asked_at)
    wait_until(lambda: len(bare.asked_at) > asked + 2)

    assert texts(bare)[:2] == ["You said: hello", "You said: /continue_lesson"]
    assert "Look at the <b>ladder</b>." in texts(bare)[2]
    assert len(bare.sent) == 3
    assert bare.missing >= OPTIONAL


@pytest.mark.parametrize("updates", [[], TEXTS, {"not": "a list"}], ids=["nothing", "the same", "something else"])
def test_bot_api_that_does_not_wait_is_asked_calmly(bare: BareBotApi, updates: Any) -> None:
    """With nothing new between two askings there is a pause, whatever comes back."""
    bare.updates = updates
    asked = len(bare.asked_at) + 1  # one may be on its way

    wait_until(lambda: len(bare.asked_at) > asked + 4)

    times = bare.asked_at[asked : asked + 5]
    assert times[-1] - times[0] >= 4 * IDLE_SECONDS * 0.9
