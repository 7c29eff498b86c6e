"""Giving out certificates: the page where a name is typed, and the papers that are made with it.

The name comes with the form, is sealed into the address of the papers, and is kept nowhere.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from channels.certificate.handing import ChatDoor, HandingOver
from channels.certificate.name import NAME_LIMIT_CHARS, NameUnusable, read_name
from channels.certificate.pages import read_form, show
from channels.guessing import GuessLimit
from database import now_utc
from knowledge.model import Knowledge
from learning.certificate import Standing, standing
from learning.certificate_code import group
from learning.certificate_key import CertificateKey
from learning.certificate_paper import CertificatePaper
from learning.certificate_seal import Seal
from learning.certificates_store import Certificate, Certificates, CertificateWithheld
from learning.credential import Addresses, make_credential
from learning.downloads import Downloads, Link
from learning.store import LearningStore

log = logging.getLogger(__name__)
KIND = "certificate"
AGAIN_SECONDS = 120  # a used link still answers for so long: a double tap, or a connection that broke
PAPER_HOURS = 1
CHAT_BOX = "chat"  # the box that is ticked to have the paper sent into the chat
FindLearner = Callable[[Request], Awaitable[str | None]]
Paper = tuple[Certificate, str, str, Seal]  # the certificate, the name, the code, and what seals them


class Giving:
    """Routes of the form and of the papers.

    Args:
        engine: The database.
        key: The key of this installation.
        public_url: The tutor's own address.
        knowledge: Gives the course as it is now.
        find_learner: Tells who shows a cookie.
        limit: Slows down who tries addresses.
        chat_door: Takes a certificate into its owner's chat, where there is such a door.
    """

    def __init__(
        self,
        engine: Engine,
        key: CertificateKey,
        public_url: str,
        knowledge: Callable[[], Knowledge],
        find_learner: FindLearner,
        limit: GuessLimit,
        chat_door: ChatDoor | None = None,
    ) -> None:
        self._downloads = Downloads(engine)
        self._certificates = Certificates(engine)
        self._store = LearningStore(engine)
        self._key = key
        self._addresses = Addresses(public_url)
        self._knowledge = knowledge
        self._find_learner = find_learner
        self._limit = limit
        self._handing = HandingOver(self._certificates, chat_door)

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/certificate/{token}", self.ask, methods=["GET"]),
            Route("/certificate/{token}", self.give, methods=["POST"]),
            Route("/certificate/ready/{sealed}", self.offer, methods=["GET"]),
            Route("/certificate/ready/{sealed}/chat", self.hand_over, methods=["POST"]),
            Route("/certificate/ready/{sealed}/certificate.pdf", self.draw, methods=["GET"]),
            Route("/certificate/ready/{sealed}/badge.jwt", self.sign, methods=["GET"]),
        ]

    async def ask(self, request: Request) -> Response:
        """Show the form."""
        link = await self._find_link(request)
        return link if isinstance(link, Response) else _form(has_chat=await self._is_sent_to_chat(link))

    async def give(self, request: Request) -> Response:
        """Take the name, give out the certificate, send it into the chat if that is wanted, and lead to its papers."""
        link = await self._find_link(request)
        if isinstance(link, Response):
            return link
        form = await read_form(request)
        typed, is_for_chat = form.get("name", ""), CHAT_BOX in form
        try:
            name = await run_in_threadpool(read_name, typed)
        except NameUnusable as error:
            has_chat = await self._is_sent_to_chat(link)
            return _form(400, typed[: NAME_LIMIT_CHARS * 2], str(error), has_chat=has_chat, is_for_chat=is_for_chat)
        token = request.path_params["token"]
        if not (sealed := await run_in_threadpool(self._issue, token, link, name)):
            return show("withheld.html", 403)
        if is_for_chat and await self._is_sent_to_chat(link):
            return await self._send_to_chat(sealed)
        return _lead_to(sealed)

    async def hand_over(self, request: Request) -> Response:
        """Send the certificate into its owner's chat, and say what came of it."""
        found = await self._find_paper(request)
        return found if isinstance(found, Response) else await self._send_to_chat(request.path_params["sealed"])

    async def _is_sent_to_chat(self, link: Link) -> bool:
        """Tell whether a certificate is offered as a document: to those who asked for it in a chat."""
        return link.channel != "web" and await self._handing.can_reach(link.learner_id)

    async def _send_to_chat(self, sealed: str) -> Response:
        """Send the paper behind an address that is known to work."""
        found = await run_in_threadpool(self._open_paper, sealed)
        if found is None:
            return show("gone.html", 404)
        _, name, code, seal = found
        try:
            is_sent = await self._handing.send(
                code, seal.check_letters(name, code), lambda: run_in_threadpool(self._draw, *found), "certificate.pdf"
            )
        except Exception as error:  # the certificate is given out: its page must come, whatever the chat says
            log.error("a certificate is not handed over: %s", type(error).__name__)
            is_sent = False
        return _lead_to(sealed, "sent" if is_sent else "failed")

    async def offer(self, request: Request) -> Response:
        """Show that the certificate is ready, and what can be taken away."""
        found = await self._find_paper(request)
        if isinstance(found, Response):
            return found
        certificate, name, code, seal = found
        check, sealed = group(seal.check_letters(name, code)), request.path_params["sealed"]
        address = self._addresses.named(code, seal.close(name, code))
        values = {"name": name, "code": group(code), "check": check, "sealed": sealed, "address": address}
        told = request.query_params.get("chat", "")
        has_chat = await self._handing.owner_has_chat(code)
        return show("ready.html", certificate=certificate, hours=PAPER_HOURS, has_chat=has_chat, told=told, **values)

    async def draw(self, request: Request) -> Response:
        """Send the certificate as PDF."""
        found = await self._find_paper(request)
        if isinstance(found, Response):
            return found
        return _file(await run_in_threadpool(self._draw, *found), "application/pdf", "certificate.pdf")

    async def sign(self, request: Request) -> Response:
        """Send the certificate as a signed credential."""
        found = await self._find_paper(request)
        if isinstance(found, Response):
            return found
        certificate, name, code, _ = found
        course = (await run_in_threadpool(self._knowledge)).course
        payload = make_credential(certificate, code, name, course, self._addresses)
        return _file(self._key.sign(payload, self._addresses.key).encode(), "application/jwt", "badge.jwt")

    async def _find_link(self, request: Request) -> Link | Response:
        """Find the link behind a token, or say why it does not work; on the web only for the one who asked for it."""
        if self._limit.is_over(request):
            return show("slow.html", 429)
        link = await run_in_threadpool(self._downloads.find, request.path_params["token"])
        if link is None or link.kind != KIND:
            self._limit.add_miss(request)
            return show("gone.html", 404)
        if link.channel == "web" and await self._find_learner(request) != link.learner_id:
            return show("elsewhere.html", 403)
        if link.used_at and now_utc() - link.used_at > timedelta(seconds=AGAIN_SECONDS):
            return show("gone.html", 410)
        return await run_in_threadpool(self._refuse, link) or link

    def _refuse(self, link: Link) -> Response | None:
        """Say why there is no certificate, if so."""
        if self._certificates.is_withheld(link.learner_id):
            return show("withheld.html", 403)
        return None if self._standing(link.learner_id).is_met else show("missing.html", 409)

    def _standing(self, learner_id: str) -> Standing:
        knowledge = self._knowledge()
        return self._store.read(learner_id, lambda one: standing(knowledge, one.places(), one.all_outcomes()))

    def _issue(self, token: str, link: Link, name: str) -> str | None:
        """Give out the certificate and return the sealed address of its papers; None if the course team forbids it."""
        seal = Seal(self._key)
        code = seal.code_for(token, name)
        try:
            self._certificates.issue(code, link.learner_id, self._standing(link.learner_id).certified)
        except CertificateWithheld:
            return None
        self._downloads.use(token)
        return seal.close_paper(name, code, now_utc() + timedelta(hours=PAPER_HOURS))

    async def _find_paper(self, request: Request) -> Paper | Response:
        """Find what the address of a paper stands for, or say why it does not work."""
        if self._limit.is_over(request):
            return show("slow.html", 429)
        found = await run_in_threadpool(self._open_paper, request.path_params["sealed"])
        if found is None:
            self._limit.add_miss(request)
        return found or show("gone.html", 404)

    def _open_paper(self, sealed: str) -> Paper | None:
        """Return what the address of a paper stands for, as long as it works and the certificate holds."""
        seal = Seal(self._key)
        opened = seal.open_paper(sealed, now_utc())
        certificate = self._certificates.find(opened[1]) if opened else None
        if opened is None or certificate is None or certificate.state != "valid":
            return None
        return certificate, *opened, seal

    def _draw(self, certificate: Certificate, name: str, code: str, seal: Seal) -> bytes:
        paper = CertificatePaper(self._knowledge().course, self._addresses.home)
        address = self._addresses.named(code, seal.close(name, code))
        return paper.draw(certificate, name, code, seal.check_letters(name, code), address)


def _form(
    status: int = 200, typed: str = "", trouble: str = "", *, has_chat: bool = False, is_for_chat: bool = False
) -> Response:
    values = {"typed": typed, "trouble": trouble, "has_chat": has_chat, "is_for_chat": is_for_chat}
    return show("form.html", status, limit=NAME_LIMIT_CHARS, box=CHAT_BOX, **values)


def _lead_to(sealed: str, told: str = "") -> Response:
    """Lead to the page of a paper; ``told`` says whether it was sent into the chat."""
    query = f"?chat={told}" if told else ""
    return RedirectResponse(f"/certificate/ready/{sealed}{query}", 303, {"Cache-Control": "no-store"})


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=kind, headers=headers)
