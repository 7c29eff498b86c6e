"""A desk with everything on it, for tests that go through its pages: each page that can be opened, with real ids."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from playwright.sync_api import Page
from sqlalchemy.engine import Engine
from starlette.routing import Route

from benchmarks.desk_people import People, Size
from benchmarks.desk_rows import write_rows
from benchmarks.desk_team import Team, Work, read_questions
from database import now_utc, open_engine
from knowledge.loader import load_knowledge
from review.desk import create_app
from review.users import Users
from settings import CONTENT, Settings
from tests.browser.desk_visit import NAME, come_in, open_desk
from tests.review.talking import Said, talk
from tests.running import RunningTutor

KNOWLEDGE = load_knowledge()
LEARNERS = ("a" * 32, "b" * 32, "c" * 32)  # the newest in the list of conversations, the first one last
COLLEAGUE = "marie"
TURNS = (
    Said("hi", "greet", "utter_greet", reply="Hello! I am the **tutor**.\n\n- a lesson\n- a question"),
    Said("who pays people for a workshop", "ask_course", "action_answer", decision="abstain"),
    Said("write to anna@example.org", "ask_course", "action_answer", confidence=0.4, decision="choose"),
    Said("what is value", "ask_course", "action_answer", decision="answer", topics=("system.value", "system.trust")),
)
ANSWER = "answers/system/value.md"
ADDRESSES: dict[str, tuple[str, ...]] = {  # by route; several where a page has several faces
    "/login": ("/login",),
    "/": ("/",),
    "/questions": ("/questions?days=365", "/questions?done=variant", "/questions?topic=nothing"),
    "/conversations": (
        "/conversations",
        "/conversations?lesson=system.relational&days=365",
        "/conversations?words=xyzzy",
    ),
    "/conversations/{learner_id}": (f"/conversations/{LEARNERS[0]}", f"/conversations/{LEARNERS[2]}?state=open"),
    "/corrections": ("/corrections",),
    "/lessons": ("/lessons",),
    "/lessons/{lesson_id}": tuple(f"/lessons/{name}" for name in list(KNOWLEDGE.lessons)[:2]),
    "/content": ("/content",),
    "/content/file/{path:path}": (f"/content/file/{ANSWER}", "/content/file/lessons/system/01-phenomenon.md"),
    "/content/history": ("/content/history", f"/content/history?path={ANSWER}"),
    "/content/history/{number:int}": ("/content/history/1",),
    "/content/new": ("/content/new?question=who+pays",),
    "/training": ("/training", "/training?done=live"),
    "/training/{training_id}": ("/training/1", "/training/2"),
    "/certificates": ("/certificates", "/certificates?code=XYZ"),
    "/exports": ("/exports",),
    "/forgotten": ("/forgotten",),
    "/people": ("/people",),
}
GROUP = "/questions/group"  # its address is found on the page of questions
ASIDES = {"/healthz"}  # no page for people
NOWHERE = "/there/is/nothing/here"


class FilledDesk:
    """A desk that runs, over made-up people and what a team did; one login, of an owner.

    Args:
        folder: Where its database is.
    """

    def __init__(self, folder: Path) -> None:
        shutil.copytree(CONTENT, folder / "course")
        self.tutor = RunningTutor(folder, TUTOR_CONTENT=str(folder / "course"))
        self.engine = open_engine(self.tutor.settings.database_url)
        _fill(self.engine)
        self.url = open_desk(self.tutor, "owner")

    def open(self, page: Page) -> Page:
        """Come in."""
        come_in(page, self.url)
        return page

    def addresses(self, page: Page) -> list[str]:
        """Return the address of each page, as somebody who is in finds it."""
        page.goto(f"{self.url}/questions?days=365")
        group = page.get_by_role("link", name=re.compile("^Decide about")).first.get_attribute("href") or ""
        return [*(one for found in ADDRESSES.values() for one in found), group, NOWHERE]

    def stop(self) -> None:
        """End it."""
        self.tutor.stop()
        self.engine.dispose()


def routes(settings: Settings) -> set[str]:
    """Return everything at the desk that can be opened, from its own table of routes."""
    found = [one for one in create_app(settings, KNOWLEDGE).routes if isinstance(one, Route)]
    return {one.path for one in found if "GET" in (one.methods or ())} - ASIDES


def _fill(engine: Engine) -> None:
    write_rows(engine, People(KNOWLEDGE, Size(60, 900), 1, now_utc()).rows())
    work = Work(deeds=30, corrections=5, certificates=12, revisions=4, trainings=3, drafts=2)
    write_rows(engine, Team(read_questions(engine), work, 1, now_utc()).rows())
    for learner_id in LEARNERS:
        talk(engine, learner_id, TURNS)
    Users(engine).add(COLLEAGUE, "a password of nobody", "editor")


__all__ = ["COLLEAGUE", "GROUP", "LEARNERS", "NAME", "FilledDesk", "routes"]
