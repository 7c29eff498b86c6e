"""A door that sends files itself gets papers, drawings of one's own and codes by their address, and nobody else's."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from channels.fetching import Fetching

PNG = b"\x89PNG something"


class Desk:
    """Has one paper and the drawings of one learner."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.trouble = trouble
        self.used: list[str] = []

    async def copy(self, url: str) -> tuple[bytes, str] | None:
        """Give the paper."""
        return (b"paper", "plan.pdf") if url == "/files/token" else None

    async def use_up(self, url: str) -> None:
        """Note which link is used up, or fail."""
        if self.trouble:
            raise self.trouble
        self.used.append(url)

    async def draw_png(self, learner_id: str, **wanted: Any) -> bytes | None:
        """Draw for the owner alone."""
        return PNG if learner_id == "owner" and wanted["kind"] in ("plan", "course") else None


@pytest.mark.parametrize(
    ("url", "fetched"),
    [
        ("/files/token", (b"paper", "plan.pdf")),
        ("/files/other", None),
        ("/pictures/plan/7.svg?at=12", (PNG, "plan.png")),
        ("/pictures/course.svg", (PNG, "course.png")),
        (f"data:image/png;base64,{base64.b64encode(PNG).decode()}", (PNG, "code.png")),
        ("data:image/png;base64,***", None),
        ("https://elsewhere.example/x.png", None),
    ],
)
async def test_address_is_fetched_for_its_owner(url: str, fetched: tuple[bytes, str] | None) -> None:
    """Each kind comes with a name; what is not ours is not fetched."""
    assert await Fetching(Desk()).fetch(url, "owner") == fetched  # type: ignore[arg-type]


async def test_drawing_of_somebody_else_is_not_fetched() -> None:
    """A drawing is for its owner."""
    assert await Fetching(Desk()).fetch("/pictures/plan/7.svg", "stranger") is None  # type: ignore[arg-type]


async def test_only_links_to_papers_are_used_up() -> None:
    """A picture's address goes on working."""
    desk = Desk()
    fetching = Fetching(desk)  # type: ignore[arg-type]

    for url in ("/files/token", "/pictures/course.svg", "data:image/png;base64,AAAA"):
        await fetching.sent(url)

    assert desk.used == ["/files/token"]


async def test_locked_database_does_not_undo_what_was_sent() -> None:
    """That a link could not be used up is no reason to send its paper again."""
    desk = Desk(OperationalError("UPDATE", {}, Exception("database is locked")))

    await Fetching(desk).sent("/files/token")  # type: ignore[arg-type]

    assert desk.used == []
