"""The owner's page: who has a login, and who read and changed what."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from review.audit import Audit
from review.conversation_pages import LEARNER_ID
from review.door import Way, text_of
from review.pages import render
from review.sessions import Session
from review.users import NAME_LIMIT_CHARS, UserError, Users


class PeoplePages:
    """Logins and the trail; logins are made on the command line."""

    def __init__(self, users: Users, audit: Audit) -> None:
        self._users = users
        self._audit = audit

    def ways(self) -> list[Way]:
        """Return the pages."""
        return [Way("/people", "owner", self.all), Way("/people/disable", "owner", self.disable, "POST")]

    async def all(self, request: Request, session: Session, form: FormData) -> Response:
        """Show every login and the newest deeds."""
        users = await run_in_threadpool(self._users.all)
        deeds = await run_in_threadpool(self._audit.latest)
        about = {one.target for one in deeds if LEARNER_ID.fullmatch(one.target)}
        return render("people.html", session, users=users, deeds=deeds, about=about)

    async def disable(self, request: Request, session: Session, form: FormData) -> Response:
        """Close a login, not one's own."""
        name = text_of(form, "name", NAME_LIMIT_CHARS)
        if name == session.user.name:
            raise HTTPException(400, "Your own login stays open; ask another owner.")
        try:
            await run_in_threadpool(self._users.disable, name)
        except UserError as error:
            raise HTTPException(400, f"This cannot be done: {error}.") from error
        await run_in_threadpool(self._audit.add, session.user.name, "disabled", name)
        return RedirectResponse("/people", status_code=303)
