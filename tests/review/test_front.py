"""What somebody waits for goes first: the rest of the background rests, and nobody rests for ever."""

from __future__ import annotations

import threading
from contextlib import ExitStack

from starlette.types import Message, Receive, Scope, Send

from review.front import Front, PagesFirst

SOON = 5.0


def rests(front: Front, work: object) -> threading.Event:
    """Have some work ask whether it may go on; return what is set when it may."""
    goes_on = threading.Event()

    def ask() -> None:
        front.rest(work)
        goes_on.set()

    threading.Thread(target=ask, daemon=True).start()
    return goes_on


def test_background_goes_on_while_nobody_waits() -> None:
    """It asks, and goes on at once."""
    assert rests(Front(), "work").wait(SOON)


def test_background_rests_until_the_last_one_is_served() -> None:
    """With two who wait, it goes on after both."""
    front = Front()
    with front.held():
        with front.held():
            goes_on = rests(front, "work")
        assert not goes_on.wait(0.05)

    assert goes_on.wait(SOON)


def test_work_that_is_waited_for_goes_on_also_when_it_rested_before() -> None:
    """Whoever comes to wait for it wakes it, and the other work goes on resting."""
    front, work, other = Front(), object(), object()
    with ExitStack() as first:
        first.enter_context(front.held())
        goes_on, other_goes_on = rests(front, work), rests(front, other)
        assert not goes_on.wait(0.05)

        with front.held(work):
            assert goes_on.wait(SOON)
            assert not other_goes_on.is_set()

    assert other_goes_on.wait(SOON)


def test_front_is_left_when_what_was_waited_for_fails() -> None:
    """A fault does not leave everything resting."""
    front = Front()
    try:
        with front.held():
            raise ValueError
    except ValueError:
        pass

    assert rests(front, "work").wait(SOON)


async def test_page_is_made_before_the_background_goes_on() -> None:
    """While a request is answered the background rests; what is no request keeps nobody waiting."""
    front, resting = Front(), []

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        resting.append(not rests(front, "work").wait(0.05))

    for kind in ("http", "lifespan"):
        await PagesFirst(page, front)({"type": kind}, no_message, ignore)

    assert resting == [True, False]
    assert rests(front, "work").wait(SOON)


async def test_slow_form_and_slow_reader_keep_nothing_waiting() -> None:
    """Neither who sends a form letter by letter, nor who reads an export page by page."""
    front, went_on = Front(), []

    async def look(message: Message | None = None) -> Message:
        went_on.append(rests(front, "work").wait(SOON))
        return message or {"type": "http.request"}

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        went_on.append(rests(front, "work").wait(0.05))
        await send({"type": "http.response.start"})
        went_on.append(rests(front, "work").wait(SOON))

    await PagesFirst(page, front)({"type": "http"}, look, look)  # type: ignore[arg-type]

    assert went_on == [True, False, True, True]


async def no_message() -> Message:
    """Bring nothing."""
    return {}


async def ignore(message: Message) -> None:
    """Send nothing."""
