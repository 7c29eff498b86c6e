"""A browser for the tests of the page, and the console that it must keep quiet."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.chat import Chat
from tests.browser.filled_desk import FilledDesk
from tests.browser.stage import Stage
from tests.running import RunningTutor

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
OPTIONS = ["--no-sandbox", "--disable-background-networking"]
MISSING = "no chromium on this machine (on Debian: apt install chromium); the page is not tested"

OpenChat = Callable[..., Chat]


@pytest.fixture(scope="session", autouse=True)
def chromium() -> str:
    """Give the path of the browser, before anything is started for it. Without one: skip, but fail where CI is set."""
    path = shutil.which("chromium")
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    return path


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Give a browser; closed after each module, as its event loop would be in the way of other tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Give a maker of browsers' memories: each is somebody new, on a phone unless told otherwise."""
    contexts: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        contexts.append(browser.new_context(**({**PHONE, "reduced_motion": "reduce"} | options)))
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def new_chat(new_context: Callable[..., BrowserContext], tutor: RunningTutor) -> OpenChat:
    """Give a maker of chats that are not open yet, each of somebody new; with ``clock`` time can be moved on."""

    def make(*, clock: bool = False, **options: object) -> Chat:
        page = new_context(**options).new_page()
        if clock:
            page.clock.install()
        return Chat(page, tutor.url)

    return make


@pytest.fixture
def open_chat(new_chat: OpenChat) -> OpenChat:
    """Give a maker of open chats, each of somebody new who was greeted."""

    def open_it(**options: object) -> Chat:
        chat = new_chat(**options)
        chat.open()
        chat.await_reply()
        return chat

    return open_it


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Give the page with an assistant whose lines are known."""
    stage = Stage(tmp_path_factory.mktemp("stage"))
    stage.start()
    yield stage
    stage.stop()


@pytest.fixture
def open_stage(new_context: Callable[..., BrowserContext], stage: Stage) -> OpenChat:
    """Give a maker of open chats on the stage, each of somebody new who was greeted; ``clock`` as in ``new_chat``."""

    def open_it(*, clock: bool = False, **options: object) -> Chat:
        page = new_context(**options).new_page()
        if clock:
            page.clock.install()
        chat = Chat(page, stage.url)
        chat.open()
        chat.await_reply()
        return chat

    return open_it


@pytest.fixture(scope="session")
def filled_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FilledDesk]:
    """Give a desk with everything on it, the same to all that ask; what a test changes there, others may see."""
    desk = FilledDesk(tmp_path_factory.mktemp("desk"))
    yield desk
    desk.stop()
