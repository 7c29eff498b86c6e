"""Whichever method of the Bot API is at fault, and in whatever way: the tutor stays up, asks calmly, loses nothing."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from channels.telegram.chats import GONE
from learning.papers.library import DATA_NAME
from tests.channels.telegram.chat import wait_until
from tests.channels.telegram.conftest import Served
from tests.channels.telegram.hostile_bot_api import FAULTS, HostileBotApi

NUMBERS = itertools.count(7_600_001)
SMALL = ("getMe", "setMyCommands", "deleteWebhook", "sendChatAction", "answerCallbackQuery", "editMessageReplyMarkup")
UPLOADS = {"sendPhoto": "show picture", "sendDocument": "show paper"}
LOUD = [kind for kind in FAULTS if kind != "null"]  # "null" says that it was sent, and no more
ILL_SECONDS = 1.5  # long enough for several tries, and for a tight loop to show
CALM_AT_FIRST, CALM_PER_SECOND = 4, 4  # three forms of one message, then pauses; a tight loop makes hundreds


class Person:
    """Somebody who types and presses."""

    def __init__(self, api: HostileBotApi, chat_id: int) -> None:
        self.api = api
        self.chat_id = chat_id

    def say(self, text: str) -> None:
        """Type something."""
        self._do(message={"message_id": 1, "date": 0, "from": self._who(), "chat": self._chat(), "text": text})

    def press(self, title: str) -> None:
        """Press the newest button with a title."""
        data = next(key["callback_data"] for key in reversed(self.api.buttons(self.chat_id)) if key["text"] == title)
        hung_under = {"message_id": 1, "date": 0, "chat": self._chat()}
        query = {"id": f"q{next(NUMBERS)}", "from": self._who(), "message": hung_under, "chat_instance": "1"}
        self._do(callback_query={**query, "data": data})

    def got(self) -> list[str]:
        """Return what came."""
        return self.api.sent(self.chat_id)

    def awaits(self, count: int, seconds: float = 20.0) -> list[str]:
        """Wait until so much came."""
        wait_until(lambda: len(self.got()) >= count, seconds)
        return self.got()

    def _do(self, **fields: Any) -> None:
        self.api.updates.append({"update_id": next(NUMBERS), **fields})

    def _who(self) -> dict[str, Any]:
        return {"id": self.chat_id, "is_bot": False, "first_name": "Ada"}

    def _chat(self) -> dict[str, Any]:
        return {"id": self.chat_id, "type": "private"}


@pytest.fixture(scope="module")
def api() -> Iterator[HostileBotApi]:
    """Give the Bot API."""
    api = HostileBotApi()
    yield api
    api.close()


@pytest.fixture(scope="module")
def gateway(api: HostileBotApi, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give one gateway that lives through all of it."""
    served = Served(tmp_path_factory.mktemp("hostile"), api)
    try:
        served.start()
        yield served
    finally:
        served.kill()


@pytest.fixture
def person(api: HostileBotApi, gateway: Served) -> Iterator[Person]:
    """Give somebody new, and health at the end."""
    yield Person(api, next(NUMBERS))
    api.heal()
    assert gateway.is_up()


def assert_calm(api: HostileBotApi, method: str, begun: float) -> None:
    """Hold the tries since a moment against what is calm."""
    tries = [at for at in api.tries(method) if at >= begun]
    assert len(tries) <= CALM_AT_FIRST + CALM_PER_SECOND * (time.monotonic() - begun)


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("method", SMALL)
def test_small_method_at_fault_disturbs_no_talk(api: HostileBotApi, person: Person, method: str, kind: str) -> None:
    """A text and a press are answered while it lasts, each once."""
    api.fall_ill(method, kind)

    person.say("hello")
    person.awaits(1)
    person.press("Go on")

    assert person.awaits(2) == ["You said: hello", "You said: /continue_lesson"]


@pytest.mark.parametrize("kind", LOUD)
def test_message_waits_for_send_message(api: HostileBotApi, person: Person, kind: str) -> None:
    """What was taken while nothing could be sent is answered once it can, in order, each once."""
    api.fall_ill("sendMessage", kind)
    begun = time.monotonic()
    person.say("one")
    person.say("two")
    time.sleep(ILL_SECONDS)
    assert_calm(api, "sendMessage", begun)
    tried = api.tries("sendMessage")

    api.heal()

    assert person.awaits(2) == ["You said: one", "You said: two"]
    assert [at for at in tried if at >= begun]


@pytest.mark.parametrize("kind", FAULTS)
def test_updates_at_fault_are_asked_for_calmly(api: HostileBotApi, person: Person, kind: str) -> None:
    """Asking goes on with pauses, and what people wrote meanwhile is answered afterwards."""
    api.fall_ill("getUpdates", kind)
    begun = time.monotonic()
    person.say("hello")
    time.sleep(ILL_SECONDS)
    assert_calm(api, "getUpdates", begun)

    api.heal()

    assert person.awaits(1, seconds=30.0) == ["You said: hello"]


@pytest.mark.parametrize(
    ("method", "kind"),
    [*(("sendDocument", kind) for kind in LOUD), *(("sendPhoto", kind) for kind in ("429", "HTML", "hang up"))],
)
def test_upload_at_fault_for_good_becomes_words(
    api: HostileBotApi, person: Person, gateway: Served, method: str, kind: str
) -> None:
    """A picture is told, a paper becomes a link that works, what comes after is answered, and no chat is lost."""
    api.fall_ill(method, kind)
    begun = time.monotonic()
    person.say(UPLOADS[method])
    person.say("afterwards")
    expected = {"sendPhoto": 2, "sendDocument": 3}[method]

    got = person.awaits(expected, seconds=40.0)

    assert_calm(api, method, begun)
    assert got[-1] == "You said: afterwards"
    assert ("Rungs from low to high." if method == "sendPhoto" else "/files/") in got[-2]
    assert gateway.read("SELECT 1 FROM telegram_chat WHERE chat_id = ? AND state = ?", person.chat_id, GONE) == []


def test_paper_is_a_document_where_all_is_well(person: Person) -> None:
    """The same paper comes as a file."""
    person.say("show paper")

    assert person.awaits(2) == ["Here.", DATA_NAME]


@pytest.mark.parametrize("kind", ["404", "hang up"])
def test_web_hook_that_is_not_taken_is_told_again_calmly(tmp_path: Path, kind: str) -> None:
    """The web is open all the while; once the method is back, Telegram knows where to post."""
    api = HostileBotApi()
    api.fall_ill("setWebhook", kind)
    served = Served(tmp_path, api, {"mode": "hook"})
    try:
        served.start()
        wait_until(lambda: len(api.tries("setWebhook")) >= 2)
        assert_calm(api, "setWebhook", api.tries("setWebhook")[0])
        api.heal()

        wait_until(lambda: any(method == "setWebhook" and not is_ill for method, is_ill, _, _ in api.calls))
    finally:
        served.kill()
        api.close()
