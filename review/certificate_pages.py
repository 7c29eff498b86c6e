"""Certificates on the desk: looked up by their code, revoked with a reason, and restored."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from learning.certificate_code import TYPED_LIMIT_CHARS, group
from learning.certificates_store import REASON_LIMIT_CHARS, Certificate, Certificates, CertificateUnknown
from review.audit import Audit
from review.door import Way, text_of
from review.pages import render
from review.sessions import Session

REASON_LEAST_CHARS = 10


class CertificatePages:
    """Lists certificates, finds one, and takes it back. No certificate holds a name."""

    def __init__(self, engine: Engine, audit: Audit) -> None:
        self._certificates = Certificates(engine)
        self._audit = audit

    def ways(self) -> list[Way]:
        """Return the pages."""
        return [
            Way("/certificates", "reader", self.listed),
            Way("/certificates/revoke", "owner", self.revoke, "POST"),
            Way("/certificates/restore", "owner", self.restore, "POST"),
        ]

    async def listed(self, request: Request, session: Session, form: FormData) -> Response:
        """Show the newest certificates, or those whose code begins as it was typed."""
        code = text_of(request.query_params, "code", TYPED_LIMIT_CHARS)
        found = await run_in_threadpool(self._find, code)
        rows = [(group(one.start), one) for one in found]
        return render("certificates.html", session, rows=rows, code=code)

    def _find(self, code: str) -> Sequence[Certificate]:
        return self._certificates.look_up(code) if code else self._certificates.list()

    async def revoke(self, request: Request, session: Session, form: FormData) -> Response:
        """Take a certificate back, for a reason that stays with the team."""
        code, reason = text_of(form, "code", TYPED_LIMIT_CHARS), text_of(form, "reason", REASON_LIMIT_CHARS)
        if len(reason) < REASON_LEAST_CHARS:
            raise HTTPException(400, f"Please give a reason of at least {REASON_LEAST_CHARS} characters; it is kept.")
        return await self._change(session, "revoked", code, reason)

    async def restore(self, request: Request, session: Session, form: FormData) -> Response:
        """Let a certificate hold again."""
        return await self._change(session, "restored", text_of(form, "code", TYPED_LIMIT_CHARS), "")

    async def _change(self, session: Session, deed: str, code: str, reason: str) -> Response:
        try:
            if deed == "revoked":
                changed = await run_in_threadpool(self._certificates.revoke, code, reason)
            else:
                changed = await run_in_threadpool(self._certificates.restore, code)
        except CertificateUnknown as error:
            raise HTTPException(400, f"This cannot be done: {error}.") from error
        await run_in_threadpool(self._audit.add, session.user.name, f"{deed} a certificate", changed.start, reason)
        return RedirectResponse(f"/certificates?code={changed.start}", status_code=303)
