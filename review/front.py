"""What somebody waits for goes before what goes on in the background."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from starlette.types import ASGIApp, Message, Receive, Scope, Send

REST_AT_MOST_SECONDS = 5.0  # whoever waits so long for a page waits for something else


class Front:
    """While somebody waits, what goes on in the background rests between its steps, but for what is waited for."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waited_for: list[object] = []

    @contextmanager
    def held(self, work: object = None) -> Iterator[None]:
        """Wait at the front: for some work that goes on in the background, or for something else."""
        with self._changed:
            self._waited_for.append(work)
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._waited_for.remove(work)
                self._changed.notify_all()

    def rest(self, work: object) -> None:
        """Rest before a step: until nobody waits, or somebody waits for this work, or for long enough."""
        with self._changed:
            self._changed.wait_for(
                lambda: not self._waited_for or any(work is one for one in self._waited_for), REST_AT_MOST_SECONDS
            )


def settle() -> None:
    """Take what was loaded so far for lasting: no search for garbage goes through it again, half a second at a time."""
    gc.collect()
    gc.freeze()


class PagesFirst:
    """Lets the background rest while a page is made: not while a form comes in, and not while the answer goes out."""

    def __init__(self, app: ASGIApp, front: Front) -> None:
        self._app = app
        self._front = front

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        held, has_begun = ExitStack(), False

        async def receive_behind() -> Message:
            held.close()
            message = await receive()
            if not has_begun:
                held.enter_context(self._front.held())
            return message

        async def send_behind(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            held.close()
            await send(message)

        with held:
            held.enter_context(self._front.held())
            await self._app(scope, receive_behind, send_behind)
