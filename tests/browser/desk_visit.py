"""The desk as somebody of the course team uses it, in a browser."""

from __future__ import annotations

import time

import httpx
from argon2 import PasswordHasher
from playwright.sync_api import Page, expect

from database import open_engine
from review.users import Users
from settings import LOOPBACK
from tests.running import POLL_SECONDS, RunningTutor

NAME, PASSWORD = "kim", "twelve characters"
LIMIT_MS = 90_000


def open_desk(tutor: RunningTutor, role: str = "editor") -> str:
    """Start the desk beside a running tutor, with one login; return its address once it answers."""
    engine = open_engine(tutor.settings.database_url)
    Users(engine, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)).add(NAME, PASSWORD, role)
    engine.dispose()
    tutor.start("desk", is_awaited=False)
    url = f"http://{LOOPBACK}:{tutor.settings.review_port}"
    while not _answers(url):
        if not tutor.is_running("desk"):
            raise RuntimeError((tutor.logs / "desk.log").read_text(encoding="utf-8"))
        time.sleep(POLL_SECONDS)
    return url


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def come_in(page: Page, url: str) -> None:
    """Fill in the login."""
    page.goto(f"{url}/login")
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Come in").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible(timeout=LIMIT_MS)
