"""A door that sends files itself gets papers, drawings of one's own and codes by their address, and nobody else's."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from channels.fetching import Fetching

PNG = b"\x89PNG something"


class Desk:
    """Has one paper and the drawings of one learner."""

    async def fetch(self, url: str) -> tuple[bytes, str] | None:
        """Give the paper."""
        return (b"paper", "plan.pdf") if url == "/files/token" else None

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
