"""Asking what a decision about questions would change: while the desk still reads the log, then over all of it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from html import unescape

import httpx

from benchmarks.processes import BenchmarkError
from benchmarks.progress import say

REQUESTS = 20
PAUSE_SECONDS = 2.0
LOADING, READING = "being loaded", re.compile(r"So far (\d+) of (\d+)")
REFUSED = "This cannot be done yet"
HIDDEN = ("csrf", "of", "days")


def group_addresses(page: str) -> list[str]:
    """Return where the page of questions leads to: one address a group."""
    return [unescape(found) for found in re.findall(r'href="(/questions/group\?[^"]+)"', page)]


def read_decision(page: str) -> dict[str, str]:
    """Fill the form of a group's page in as it is offered: another way to ask for an answer that is there.

    Raises:
        BenchmarkError: There is no such form.
    """
    fields = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in HIDDEN}
    texts = re.search(r'<textarea id="texts"[^>]*>(.*?)</textarea>', page, re.S)
    answers = re.search(r'<select id="topic".*?</select>', page, re.S)
    topics = re.findall(r'<option value="([^"]+)"( selected)?', answers[0]) if answers else []
    if texts is None or not topics:
        raise BenchmarkError("a group of questions has no form to decide about it")
    topic = next((name for name, is_offered in topics if is_offered), topics[0][0])
    told = {name: found[1] for name, found in fields.items() if found}
    return {**told, "deed": "variant", "topic": topic, "texts": unescape(texts[1]), "part": "yes"}


def time_decisions(client: httpx.Client, addresses: Sequence[str], wait_seconds: float) -> dict[str, list[float]]:
    """Time what a decision would change, in ms: while the log is read, and when it is read, or the wait is over."""
    offered = [read_decision(client.get(address).text) for address in addresses]
    forms = [form for form in offered if REFUSED not in _ask(client, form)]
    if not forms:
        raise BenchmarkError("none of the groups of questions can be decided about as it is offered")
    _wait(client, forms[0], lambda told: is_whole(told) or has_begun(told), wait_seconds)
    found = {"decision, while the log is read": _time(client, forms)}
    told = _wait(client, forms[0], is_whole, wait_seconds)
    if not is_whole(told):
        so_far = READING.search(told)
        say(f"the wait is over; the desk has read {so_far[0].lower() if so_far else 'no'} different questions")
        return found
    return {**found, "decision, over the whole log": _time(client, forms)}


def has_begun(told: str) -> bool:
    """Tell whether the desk knew some of the log, and not all of it."""
    so_far = READING.search(told)
    return so_far is not None and int(so_far[1]) > 0


def is_whole(told: str) -> bool:
    """Tell whether the desk had read the whole log when it said what would change."""
    return LOADING not in told and not READING.search(told)


def _wait(client: httpx.Client, form: dict[str, str], is_over: Callable[[str], bool], seconds: float) -> str:
    limit = time.monotonic() + seconds
    while True:
        told = _ask(client, form)
        if is_over(told) or time.monotonic() > limit:
            return told
        time.sleep(PAUSE_SECONDS)


def _time(client: httpx.Client, forms: Sequence[dict[str, str]]) -> list[float]:
    times_ms = []
    for number in range(REQUESTS):
        begun = time.perf_counter()
        _ask(client, forms[number % len(forms)])
        times_ms.append((time.perf_counter() - begun) * 1000)
    return times_ms


def _ask(client: httpx.Client, form: dict[str, str]) -> str:
    answer = client.post("/questions/effects", data=form)
    if answer.status_code != 200 or "What would change" not in answer.text:
        raise BenchmarkError(f"/questions/effects answered {answer.status_code}")
    return answer.text
