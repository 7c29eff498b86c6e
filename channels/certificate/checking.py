"""Checking certificates: a public page for each code, also for those who have only the paper.

Every answer goes the same way whether a code is known or not, and misses are counted by where they come from.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from channels.certificate.pages import RETRY_SECONDS, read_form, show
from channels.guessing import GuessLimit
from channels.words import say
from learning.certificate_code import CODE_CHARS, group, read_code
from learning.certificate_key import CertificateKey
from learning.certificate_seal import Seal
from learning.certificates_store import Certificate, Certificates
from learning.credential import KEY_PATH, Addresses, status_list

NAME_LIMIT_CHARS = 200
TYPED_LIMIT_CHARS = 80
FOR_ALL = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}  # programs on other sites check badges, too


class Checking:
    """Routes of the verify page, and of what programs ask.

    Args:
        engine: The database.
        key: The key of this installation.
        public_url: The tutor's own address.
        limit: Slows down who tries codes.
    """

    def __init__(self, engine: Engine, key: CertificateKey, public_url: str, limit: GuessLimit) -> None:
        self._certificates = Certificates(engine)
        self._key = key
        self._addresses = Addresses(public_url)
        self._limit = limit

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/verify", self.ask, methods=["GET"]),
            Route("/verify/{code}", self.show, methods=["GET"]),
            Route("/verify/{code}", self.compare, methods=["POST"]),
            Route("/verify/{code}/status", self.tell_status, methods=["GET"]),
            Route(KEY_PATH, self.tell_key, methods=["GET"]),
        ]

    async def ask(self, request: Request) -> Response:
        """Show where a code is typed, or lead to the page of the one that was."""
        typed = request.query_params.get("code", "").strip()[:TYPED_LIMIT_CHARS]
        if not typed:
            return show("ask.html", typed="", trouble="")
        if code := read_code(typed):
            return RedirectResponse(f"/verify/{group(code)}", 303)
        return show("ask.html", 400, typed=typed, trouble="unreadable", count=CODE_CHARS)

    async def show(self, request: Request) -> Response:
        """Show one certificate; with the name, if it comes sealed in the address."""
        sealed = request.query_params.get("n", "")
        name, seal = None, Seal(self._key)
        if sealed and (code := read_code(request.path_params["code"])):
            name = seal.open(sealed, code)
        return await self._answer(request, "" if not sealed else "holds" if name else "forged", name=name or "")

    async def compare(self, request: Request) -> Response:
        """Compare a name and the check letters, typed from a paper, with the certificate."""
        form = await read_form(request)
        name, letters = form.get("name", "")[:NAME_LIMIT_CHARS].strip(), form.get("letters", "")[:TYPED_LIMIT_CHARS]
        code = read_code(request.path_params["code"])
        is_named = bool(code and name) and Seal(self._key).is_named(name, letters, code or "")
        return await self._answer(request, "holds" if is_named else "unlike", name=name, letters=letters)

    async def tell_status(self, request: Request) -> Response:
        """Say for programs whether a certificate still holds."""
        if self._limit.is_over(request):
            return _error(429, "too_many", "slow_down")
        code = read_code(request.path_params["code"])
        certificate = await self._find(request, code)
        if certificate is None or code is None:
            return _error(404, "http_404", "certificate_unknown")
        return JSONResponse(status_list(certificate, code, self._addresses), headers=FOR_ALL)

    async def tell_key(self, request: Request) -> Response:
        """Show the public key that credentials are signed with."""
        return JSONResponse(self._key.public, headers=FOR_ALL, media_type="application/jwk+json")

    async def _answer(self, request: Request, proof: str, *, name: str, letters: str = "") -> Response:
        """Show what is known of a code and a name; the status says it, too, to whoever reads no page."""
        if self._limit.is_over(request):
            return show("slow.html", 429)
        typed = request.path_params["code"][:TYPED_LIMIT_CHARS]
        code = read_code(typed)
        certificate = await self._find(request, code)
        if certificate is None or code is None:
            trouble = "unknown" if code else "unreadable"
            return show("ask.html", 404 if code else 400, typed=typed, trouble=trouble, count=CODE_CHARS)
        if proof in ("forged", "unlike"):
            self._limit.add_miss(request)
        values: dict[str, Any] = {"proof": proof, "name": name, "letters": letters, "code": group(code)}
        return show("certificate.html", _status_of(certificate, proof), certificate=certificate, **values)

    async def _find(self, request: Request, code: str | None) -> Certificate | None:
        """Find a certificate, and count a miss; what is no code at all is looked up like a code."""
        found = await run_in_threadpool(self._certificates.find, code or "")
        if found is None:
            self._limit.add_miss(request)
        return found


def _error(status: int, code: str, sentence: str) -> Response:
    headers = {**FOR_ALL, **({"Retry-After": str(RETRY_SECONDS)} if status == 429 else {})}
    return JSONResponse({"error": {"code": code, "message": say(sentence)}}, status, headers)


def _status_of(certificate: Certificate, proof: str) -> int:
    if certificate.state != "valid":
        return 410
    return 400 if proof in ("forged", "unlike") else 200
