"""How fast the desk's pages come with a year's learners: ``python -m benchmarks.desk``.

Makes rows for 10,000 learners, 100,000 turns and a million events, on SQLite and, where it is installed, on
PostgreSQL; then asks for every page over HTTP, logged in. The result is kept in ``var/bench/desk.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import httpx

from benchmarks.desk_database import fresh_postgresql, fresh_sqlite, postgresql_program
from benchmarks.desk_decision import group_addresses, time_decisions
from benchmarks.desk_pages import Found, log_in, pages, routes_of, time_page, unmeasured
from benchmarks.desk_people import People, Size
from benchmarks.desk_rows import write_rows
from benchmarks.desk_team import Team, Work, read_questions
from benchmarks.processes import BenchmarkError, Group, free_ports
from benchmarks.progress import say, telling
from benchmarks.report import machine, p95
from database import now_utc, open_engine
from knowledge.loader import load_knowledge
from review.desk import create_app
from review.question_pages import DAYS
from review.users import Users
from settings import LOOPBACK, ROOT, Settings, load_settings

GOAL_MS = 1_000.0
NAME, PASSWORD = "bench", "a long password of nobody"
Times = dict[str, list[float]]
DATABASES = {"sqlite": fresh_sqlite, "postgresql": fresh_postgresql}


def main() -> int:
    """Measure, print and keep."""
    arguments = _parser().parse_args()
    settings, size = load_settings(), Size(arguments.learners, arguments.turns)
    chosen = [arguments.database] if arguments.database else [*DATABASES]
    found: dict[str, Times] = {}
    for name in chosen:
        if name == "postgresql" and not postgresql_program("initdb"):
            say("PostgreSQL is not installed here; it is left out")
            continue
        with DATABASES[name]() as url:
            found[name] = measure(settings, url, size, arguments.seed, arguments.wait_seconds)
    print(in_words(found))
    keep(found, size, settings.var / "bench" / "desk.json")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=Size.learners, help="how many learners")
    parser.add_argument("--turns", type=int, default=Size.turns, help="how many turns; each leaves ten events")
    parser.add_argument("--seed", type=int, default=1, help="of all that happens by chance")
    parser.add_argument(
        "--wait-seconds", type=int, default=1_800, help="how long the desk may read the log's questions"
    )
    parser.add_argument("--database", choices=[*DATABASES], help="only this one")
    return parser


def measure(settings: Settings, url: str, size: Size, seed: int, wait_seconds: float) -> Times:
    """Fill a fresh database, start a desk on it, and time every page; ms by page."""
    engine, knowledge = open_engine(url), load_knowledge()
    with telling(f"writing {size.turns:,} turns to {engine.dialect.name}"):
        written = write_rows(engine, People(knowledge, size, seed, now_utc()).rows())
        written += write_rows(engine, Team(read_questions(engine), Work(), seed, now_utc()).rows())
    say(", ".join(f"{count:,} {name}" for name, count in sorted(written.items())))
    Users(engine).add(NAME, PASSWORD, "owner")
    found = Found(_busiest(engine), [*knowledge.lessons], (), range(1, 21), range(1, 301, 15))
    engine.dispose()
    if left := unmeasured(routes_of(create_app(settings)), pages(found)):
        say(f"not measured: {', '.join(left)}")
    with telling("asking for pages"):
        return _ask(settings, url, found, wait_seconds)


def _busiest(engine: Any) -> list[str]:
    query = "SELECT learner_id FROM outbox GROUP BY learner_id ORDER BY count(*) DESC LIMIT 20"
    with engine.connect() as connection:
        return [row[0] for row in connection.exec_driver_sql(query)]


def _ask(settings: Settings, url: str, found: Found, wait_seconds: float) -> Times:
    (port,) = free_ports(1)
    command = [sys.executable, "-W", "ignore", "-m", "uvicorn", "--factory", "review.desk:create_app"]
    command += ["--host", LOOPBACK, "--port", str(port), "--no-access-log", "--ws", "none"]
    environment = {**os.environ, "DATABASE_URL": url}
    logs = settings.var / "bench" / "logs"
    with Group({"desk": command}, environment, ROOT, logs) as group:
        address = f"http://{LOOPBACK}:{port}"
        group.wait_until(lambda: _is_up(address))
        with telling("reading what was said, once for a desk, so that it can be searched"):
            _wait_for_search(url)
        with httpx.Client(base_url=address, timeout=120) as client:
            log_in(client, NAME, PASSWORD)
            times = {page.what: time_page(client, page) for page in pages(found) if page.addresses}
            groups = _groups(client)
            left = (page for page in pages(found._replace(groups=groups)) if page.what not in times)
            times |= {page.what: time_page(client, page) for page in left}
            return {**times, **time_decisions(client, groups[:10], wait_seconds)}


def _groups(client: httpx.Client) -> list[str]:
    """Find some groups of questions, of each time that can be chosen."""
    found = [group_addresses(client.get(f"/questions?days={days}").text)[:5] for days in DAYS]
    return [address for of_days in zip(*found, strict=False) for address in of_days]


def _wait_for_search(url: str) -> None:
    """Wait until the desk has read the whole log for its search, as it does when it is first started over one."""
    engine = open_engine(url)
    query = "SELECT (SELECT count(*) FROM outbox WHERE author = 'you') - (SELECT count(*) FROM desk_said)"
    try:
        while True:
            with engine.connect() as connection:
                if connection.exec_driver_sql(query).scalar_one() <= 0:
                    return
            time.sleep(1.0)
    finally:
        engine.dispose()


def _is_up(address: str) -> bool:
    try:
        return httpx.get(f"{address}/healthz").status_code == 200
    except httpx.TransportError:
        return False


def in_words(found: dict[str, Times]) -> str:
    """Make the table for the terminal, with what misses the goal marked."""
    lines = []
    for database, times in found.items():
        lines += ["", f"{f'Pages on {database} (ms)':<42}{'median':>9}{'p95':>9}{'worst':>9}"]
        for what, ms in times.items():
            missed = "  over the goal" if p95(ms) > GOAL_MS else ""
            lines.append(f"  {what:<40}{statistics.median(ms):9.0f}{p95(ms):9.0f}{max(ms):9.0f}{missed}")
    return "\n".join([*lines, f"Goal: every page at most {GOAL_MS:.0f} ms at the 95th percentile"])


def keep(found: dict[str, Times], size: Size, path: Path) -> None:
    """Write every single time, and the machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"machine": machine(), "size": vars(size), "goal_ms": GOAL_MS, "at": time.time(), "ms": found}
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BenchmarkError as error:
        sys.exit(f"bench: {error}")
