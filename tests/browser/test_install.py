"""The page on the device: it can be installed, opens without a connection, and keeps nothing that was said."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat import Chat
from tests.browser.conftest import OpenChat

WORKING = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller?.state ?? 'none')"
KEPT = """async () => {
  const paths = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) paths.push(new URL(request.url).pathname);
  }
  return paths;
}"""


def await_worker(page: Page) -> None:
    """Wait until the worker has the page on the device."""
    page.evaluate("navigator.serviceWorker.ready")
    for _ in range(100):
        if page.evaluate(WORKING) == "activated":
            return
        page.wait_for_timeout(50)
    pytest.fail("no service worker took the page")


def test_manifest_can_be_installed(open_stage: OpenChat) -> None:
    """The browser itself finds nothing that would hinder installing."""
    chat = open_stage()
    await_worker(chat.page)

    session = chat.page.context.new_cdp_session(chat.page)
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    manifest = session.send("Page.getAppManifest")

    assert manifest["errors"] == []
    assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []


def test_page_opens_without_connection(open_stage: OpenChat) -> None:
    """Offline the page is there, says so, and takes what is written; back online it is sent, once."""
    chat = open_stage()
    await_worker(chat.page)
    chat.page.context.set_offline(True)

    chat.page.goto(chat.url)
    expect(chat.connection).to_contain_text("Our conversation is kept, and will be here when you are back")
    expect(chat.page.locator("#typing")).to_be_hidden()
    chat.write("written underground")
    expect(chat.state).to_have_text(["Waiting to be sent"])
    chat.page.context.set_offline(False)

    expect(chat.newest_reply).to_contain_text("You said: written underground")
    expect(chat.own).to_have_text(["written underground"])
    chat.open()
    expect(chat.own).to_have_text(["written underground"])


@pytest.mark.parametrize("workers", ["allow", "block"])
def test_messages_written_offline_are_sent_once_after_restart(open_stage: OpenChat, workers: str) -> None:
    """With a service worker and without: what waited when the page closed is sent by the next one, in order, once."""
    chat = open_stage(service_workers=workers)
    chat.page.context.set_offline(True)
    chat.write("first")
    chat.write("second")
    expect(chat.state).to_have_text(["Waiting to be sent"] * 2)
    chat.page.close()
    chat.page.context.set_offline(False)

    one, other = (Chat(chat.page.context.new_page(), chat.url) for _ in range(2))
    one.open()
    other.open()

    for again in (one, other):
        expect(again.state).to_have_count(0)
        expect(again.newest_reply).to_contain_text("You said: second")
    one.open()
    assert one.conversation()[1:] == ["first", "You said: first", "second", "You said: second"]


def test_nothing_said_is_kept_by_worker(open_stage: OpenChat) -> None:
    """On the device are the page and its icons: no answer of the API, no picture of the course, no file."""
    chat = open_stage()
    await_worker(chat.page)
    chat.say("picture")
    chat.open()

    kept = chat.page.evaluate(KEPT)

    assert sorted(kept) == ["/", "/app.css", "/app.js", "/icon-192.png", "/icon.svg", "/look.js", "/offline"]


def test_plain_version_without_connection_tells_so(open_stage: OpenChat) -> None:
    """What needs the server has a page in its place that leads back."""
    chat = open_stage()
    await_worker(chat.page)
    chat.page.context.set_offline(True)

    chat.page.goto(f"{chat.url}/lite")

    expect(chat.page.get_by_role("heading", name="You are offline")).to_be_visible()
    chat.page.get_by_role("link", name="Back to the chat").click()
    expect(chat.field).to_be_visible()
