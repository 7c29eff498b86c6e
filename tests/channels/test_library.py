"""Papers are made when they are asked for: the course is loaded once, and a link is used up last."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy.engine import Engine

from channels.library import PaperDesk
from knowledge.model import Knowledge
from learning.downloads import Downloads
from learning.notebook import Notebook
from learning.store import LearningStore
from tests.learning.papers.samples import the_course


class Loader:
    """Loads the course, counts how often, and may fail."""

    def __init__(self) -> None:
        self.times = 0
        self.is_broken = False

    def __call__(self) -> Knowledge:
        """Load it."""
        self.times += 1
        if self.is_broken:
            raise OSError("the content cannot be read")
        return the_course()


def make(engine: Engine, kind: str = "notes", subject: str = "") -> str:
    """Make a link to Ann's notes."""
    return Downloads(engine).make("ann", "m1", kind=kind, subject=subject, format="md", channel="telegram")


async def test_course_is_asked_for_when_first_needed(engine: Engine) -> None:
    """Looking at a link does without it; each paper takes the course as it is then."""
    loader = Loader()
    desk = PaperDesk(engine, course=loader)
    token = make(engine)
    await desk.find(token)
    before = loader.times

    await asyncio.gather(desk.take(token), desk.draw("ann", "course"), desk.draw_png("ann", "course"))

    assert (before, loader.times) == (0, 3)


async def test_paper_is_handed_out_once(engine: Engine) -> None:
    """Of two that come together one gets it."""
    desk, token = PaperDesk(engine, course=the_course), make(engine)

    papers = await asyncio.gather(desk.take(token), desk.take(token))

    assert sum(paper is not None for paper in papers) == 1


async def test_link_whose_paper_failed_still_works(engine: Engine) -> None:
    """A fault of ours costs nobody a link."""
    loader, token = Loader(), make(engine)
    desk = PaperDesk(engine, course=loader)
    loader.is_broken = True
    with pytest.raises(OSError, match="content"):
        await desk.take(token)

    loader.is_broken = False

    assert await desk.take(token) is not None


async def test_copy_leaves_the_link_as_it_is_until_used_up(engine: Engine) -> None:
    """A door that sends files can make one again, before and after; everybody else finds the link used."""
    desk, token = PaperDesk(engine, course=the_course), make(engine)
    address = f"/files/{token}"
    first = await desk.copy(address)
    await desk.use_up(address)

    again, taken = await desk.copy(address), await desk.take(token)

    assert first is not None and again == first
    assert taken is None


async def test_copy_of_nothing_is_nothing(engine: Engine) -> None:
    """An unknown address, and a plan that is gone."""
    desk = PaperDesk(engine, course=the_course)

    assert [await desk.copy(f"/files/{token}") for token in ("guess", make(engine, "plan", "7"))] == [None, None]


async def test_link_to_a_plan_that_is_gone_gives_nothing(engine: Engine) -> None:
    """No error, and no empty paper."""
    assert await PaperDesk(engine, course=the_course).take(make(engine, "plan", "7")) is None


async def test_picture_is_drawn_in_both_kinds(engine: Engine) -> None:
    """As SVG for the page, as PNG for doors that show none; a plan that is not there is none."""
    desk = PaperDesk(engine, course=the_course)

    assert "<svg" in (await desk.draw("ann", "course") or "")
    assert (await desk.draw_png("ann", "course") or b"").startswith(b"\x89PNG")
    assert await desk.draw_png("ann", "plan", "7") is None
    assert Notebook(the_course().course, LearningStore(engine)).notes("ann") == []
