"""The desk's pages as they are measured, and asking for them as somebody who is logged in.

A new page comes in by one line of ``PAGES``; a page of the desk that stands in none is named by ``unmeasured``.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import httpx
from starlette.applications import Starlette
from starlette.routing import Route

from benchmarks.processes import BenchmarkError

REQUESTS = 20
ASIDES = ("/login", "/healthz")
SEARCHES = ("council", "home care", "nobody answers", "xyzzy", "co-creation", "100%")


class Page(NamedTuple):
    """A page: its route, and the addresses that are asked in turn."""

    route: str
    what: str
    addresses: tuple[str, ...]


class Found(NamedTuple):
    """What there is to open: learners who wrote most, lessons, groups of questions by address, and numbers."""

    learner_ids: Sequence[str]
    lesson_ids: Sequence[str]
    groups: Sequence[str]
    trainings: Sequence[int]
    revisions: Sequence[int]


def pages(found: Found) -> list[Page]:
    """List what is measured, each with filters as the team uses them; groups last: they set the desk to work."""
    log = "/conversations?"
    lessons = tuple(f"{log}lesson={one}" for one in found.lesson_ids[:5])
    decisions = tuple(f"{log}decision={one}&days={days}" for one in ("answer", "abstain") for days in (7, 30, 365))
    states = tuple(f"{log}state={one}" for one in ("open", "reviewed", "flagged"))
    everything = f"{log}words=council&decision=abstain&feedback=unhelpful&days=365&state=open"
    return [
        Page("/", "today", ("/",)),
        Page("/lessons", "lessons", ("/lessons",)),
        Page("/lessons/{lesson_id}", "one lesson", _each("/lessons/", found.lesson_ids)),
        Page("/questions", "questions, by days", tuple(f"/questions?days={days}" for days in (7, 30, 90, 365))),
        Page("/conversations", "conversations, all", ("/conversations",)),
        Page("/conversations", "conversations, by days", tuple(f"{log}days={days}" for days in (1, 7, 30, 365))),
        Page("/conversations", "conversations, by state and tag", (*states, f"{log}tag=money")),
        Page("/conversations", "conversations, by decision", decisions),
        Page("/conversations", "conversations, by feedback", (f"{log}feedback=helpful", f"{log}feedback=unhelpful")),
        Page("/conversations", "conversations, by intent", (f"{log}intent=ask_course", f"{log}intent=rate")),
        Page("/conversations", "conversations, by lesson", lessons),
        Page("/conversations", "conversations, search", tuple(f"{log}words={one}" for one in SEARCHES)),
        Page("/conversations", "conversations, all filters", (everything,)),
        Page("/conversations/{learner_id}", "one conversation", _each("/conversations/", found.learner_ids)),
        Page("/content", "content", ("/content",)),
        Page(
            "/content/file/{path:path}",
            "one answer",
            ("/content/file/answers/system/top-support.md", "/content/file/glossary.yml"),
        ),
        Page("/content/history", "history of the content", ("/content/history",)),
        Page("/content/history/{number:int}", "one publication", _each("/content/history/", found.revisions)),
        Page("/content/new", "a new answer", ("/content/new",)),
        Page("/training", "training", ("/training",)),
        Page("/training/{training_id}", "one training", _each("/training/", found.trainings)),
        Page("/corrections", "corrections", ("/corrections",)),
        Page("/certificates", "certificates", ("/certificates",)),
        Page("/exports", "exports", ("/exports",)),
        Page("/forgotten", "after an erasure", ("/forgotten",)),
        Page("/people", "people", ("/people",)),
        Page("/questions/group", "a group of questions", tuple(found.groups)),
    ]


def _each(prefix: str, keys: Iterable[object]) -> tuple[str, ...]:
    return tuple(f"{prefix}{one}" for one in keys)


def routes_of(app: Starlette) -> list[str]:
    """List what may be opened at the desk, from its own table; its small answers and the way in aside."""
    found = (one for one in app.routes if isinstance(one, Route) and "GET" in (one.methods or ()))
    return [one.path for one in found if one.path not in ASIDES]


def unmeasured(routes: Iterable[str], measured: Iterable[Page]) -> list[str]:
    """Name the routes that no page stands for."""
    return sorted(set(routes) - {page.route for page in measured})


def log_in(client: httpx.Client, name: str, password: str) -> None:
    """Come in as somebody of the team."""
    answer = client.post("/login", data={"name": name, "password": password})
    if answer.status_code != 303:
        raise BenchmarkError(f"the desk did not let {name} in ({answer.status_code})")


def time_page(client: httpx.Client, page: Page, requests: int = REQUESTS) -> list[float]:
    """Ask for a page again and again; give the times in ms, the first one, which nobody asked before, included.

    Raises:
        BenchmarkError: It did not come, or is no page of the desk.
    """
    times_ms = []
    for number in range(requests):
        address = page.addresses[number % len(page.addresses)]
        begun = time.perf_counter()
        answer = client.get(address)
        times_ms.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 200 or not re.search("<h1", answer.text):
            raise BenchmarkError(f"{address} answered {answer.status_code}")
    return times_ms
