"""The whole way: a bad answer in the chat, found on the desk, mended there, right in the chat, and no restart."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from database import now_utc, open_engine
from knowledge.loader import load_knowledge
from review.models import INDEX, MODEL
from review.question_tables import desk_training
from settings import CONTENT
from tests.browser.chat import WIDE, Chat
from tests.browser.desk_visit import LIMIT_MS, come_in, open_desk
from tests.browser.test_accessibility import ACCESSIBLE
from tests.running import PROCESSES, RunningTutor

QUESTION = "who keeps the purple folder of our street"
TITLE = load_knowledge().course.topics["system.value"].title
TOLD = load_knowledge().entries["system.value"].answer.text.split(".")[0]
TRIES = 30
ALL = (*PROCESSES, "desk")


@pytest.fixture(scope="module")
def own_tutor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningTutor]:
    """Give a running tutor with content of its own, whose trainings wait for ever."""
    folder = tmp_path_factory.mktemp("mended")
    shutil.copytree(CONTENT, folder / "content")
    tutor = RunningTutor(folder, TUTOR_CONTENT=str(folder / "content"))
    lock = folder / "trainings" / "lock"
    lock.parent.mkdir()
    with lock.open("ab") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)  # nothing is trained here: it takes minutes
        tutor.start()
        yield tutor
        tutor.stop()
        engine = open_engine(tutor.settings.database_url)
        with engine.begin() as connection:
            connection.execute(desk_training.delete())  # what waited for the lock finds nothing to do, and ends
        engine.dispose()


@pytest.fixture(scope="module")
def desk_url(own_tutor: RunningTutor) -> str:
    """Give the address of its desk."""
    return open_desk(own_tutor)


@pytest.fixture
def chat(new_context: Callable[..., BrowserContext], own_tutor: RunningTutor) -> Chat:
    """Give an open chat of somebody new."""
    chat = Chat(new_context().new_page(), own_tutor.url)
    chat.open()
    chat.await_reply()
    return chat


@pytest.fixture
def page(new_context: Callable[..., BrowserContext], desk_url: str) -> Page:
    """Give the desk, open, in a window of its own; its complaints fail the test."""
    page = new_context(**WIDE).new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    come_in(page, desk_url)
    return page


def numbers(tutor: RunningTutor) -> list[int]:
    """Return the processes' numbers."""
    return [tutor._running[name].pid for name in ALL]


def say_until(chat: Chat, wanted: str) -> str:
    """Ask again until the answer is there: a change is taken up within seconds, and nobody is told when."""
    for _ in range(TRIES):
        if wanted in (reply := chat.say(QUESTION)):
            return reply
        chat.page.wait_for_timeout(1000)
    return reply


def test_bad_answer_is_mended_at_the_desk_without_a_restart(
    chat: Chat, page: Page, desk_url: str, own_tutor: RunningTutor
) -> None:
    """What the course did not know is asked, found, put under an answer, published, asked again, and answered."""
    before = numbers(own_tutor)
    assert TOLD not in chat.say(QUESTION)

    page.goto(f"{desk_url}/questions")
    group = page.locator("section", has=page.get_by_role("heading", name=QUESTION))
    group.get_by_role("link", name="Decide about this question").click()
    page.get_by_label("An answer is there already").check()
    page.get_by_label("Which answer?").select_option(label=TITLE)
    row = page.locator("#effects tbody tr", has_text=QUESTION)
    expect(row).to_contain_text(f"Answer: “{TITLE}”", timeout=LIMIT_MS)
    page.get_by_role("button", name="Publish 1 question").click()
    expect(page.get_by_role("status")).to_contain_text("Who asks so gets that answer from now on", timeout=LIMIT_MS)

    assert TOLD in say_until(chat, TOLD)
    assert numbers(own_tutor) == before
    assert all(own_tutor.is_running(name) for name in ALL)
    expect(page.get_by_role("heading", name=QUESTION)).to_have_count(0)


def test_model_changes_while_people_talk(chat: Chat, page: Page, desk_url: str, own_tutor: RunningTutor) -> None:
    """A fresh model goes live by a click and back by another; what is said meanwhile is answered, by one process."""
    number = add_training(own_tutor)
    before = numbers(own_tutor)

    page.goto(f"{desk_url}/training/{number}")
    page.get_by_role("button", name="Let the new model answer").click(no_wait_after=True)
    replies = [chat.say(text) for text in ("hi", "what is co-creation", "who pays for co-creation")]
    expect(page.get_by_role("status")).to_contain_text("The new model answers now", timeout=LIMIT_MS)
    page.get_by_role("button", name="Back to the model before").click(no_wait_after=True)
    replies += [chat.say(text) for text in ("what is value", "what is trust")]
    expect(page.get_by_role("status")).to_contain_text("The model before answers again", timeout=LIMIT_MS)

    assert all(replies) and not any("try again" in reply.lower() for reply in replies)
    assert numbers(own_tutor) == before
    loaded = (own_tutor.logs / "assistant.log").read_text(encoding="utf-8").count("tutor.tar.gz was loaded")
    assert loaded == 2


def add_training(tutor: RunningTutor) -> int:
    """Put a finished training there: the model that answers now, trained once more to the same."""
    engine = open_engine(tutor.settings.database_url)
    report = json.dumps({"figures": [{"group": "Practice questions", "before": 5, "after": 6, "of": 9}], "past": 0})
    row = {"state": "done", "why": "a test", "asked_by": "kim", "asked_at": now_utc(), "doing": "", "content": "c"}
    with engine.begin() as connection:
        insert = desk_training.insert().values(**row, report=report)
        number = connection.execute(insert).inserted_primary_key[0]
    engine.dispose()
    folder: Path = tutor.settings.var / "trainings" / str(number) / "models"
    folder.mkdir(parents=True)
    for name in (MODEL, INDEX):
        shutil.copy(tutor.settings.var / "models" / name, folder / name)
    return int(number)


@pytest.mark.parametrize("path", ["/training", "/questions"])
def test_pages_break_no_rule_of_accessibility(page: Page, desk_url: str, chat: Chat, path: str) -> None:
    """Neither the trainings, nor a group with what would change, nor the list that leads to it."""
    chat.say("who mends the bicycle shed of our street")
    page.goto(f"{desk_url}{path}")
    found = [Axe().run(page, options=ACCESSIBLE)]
    if path == "/questions":
        page.get_by_role("link", name="Decide about").first.click()
        expect(page.locator("#effects section")).to_be_visible(timeout=LIMIT_MS)
        found.append(Axe().run(page, options=ACCESSIBLE))

    assert [one.violations_count for one in found] == [0] * len(found)
