"""Nobody sees a page without a login, nobody more than their role; and forms come from the desk itself."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy.engine import Engine
from starlette.routing import Route

from review.audit import Audit
from review.desk import create_app
from review.revisions import Edited, Revisions
from review.users import ROLES, TRIES_OF_NAME
from settings import Settings
from tests.review.conftest import KNOWLEDGE
from tests.review.visitors import ADDRESS, PASSWORD, Visitor

READ = {"/": "reader", "/questions": "reader", "/conversations": "reader", "/lessons": "reader", "/content": "reader"}
READ |= {"/lessons/{lesson_id}": "reader"}
READ |= {"/conversations/{learner_id}": "reader", "/people": "owner"}
WRITE = {"/conversations/{learner_id}/mark": "editor", "/conversations/{learner_id}/unmask": "editor"}
WRITE |= {"/people/disable": "owner"}
READ |= {"/questions/group": "reader", "/training": "reader", "/training/{training_id}": "reader"}
WRITE |= {"/questions/effects": "editor", "/questions/decide": "editor", "/training/begin": "editor"}
WRITE |= {"/training/live": "editor", "/training/back": "editor"}
READ |= {"/content/new": "editor", "/content/file/{path:path}": "reader", "/content/history": "reader"}
READ |= {"/content/history/{number:int}": "reader"}
WRITE |= {f"/content/{name}/{{path:path}}": "editor" for name in ("check", "save", "publish", "discard")}
WRITE |= {"/content/new": "editor", "/content/history/{number:int}/undo": "editor"}
READ |= {"/corrections": "editor", "/certificates": "reader", "/exports": "editor"}
WRITE |= {"/conversations/{learner_id}/cases": "editor", "/conversations/{learner_id}/correct": "editor"}
WRITE |= {"/corrections/examples": "editor", "/exports/file": "editor"}
WRITE |= {"/certificates/revoke": "owner", "/certificates/restore": "owner"}
READ |= {"/forgotten": "reader"}
WRITE |= {"/forgotten/done": "editor", "/corrections/draft": "editor"}
OPEN = {("/login", "GET"), ("/login", "POST"), ("/logout", "POST"), ("/healthz", "GET")}
FORMS = [(path, "POST") for path in WRITE]
WAYS = [(path, "GET", role) for path, role in READ.items()] + [(path, "POST", role) for path, role in WRITE.items()]


@pytest.fixture(autouse=True)
def _published(engine: Engine) -> None:
    """Let something have been published: revision 1."""
    Revisions(engine).finish(Revisions(engine).begin([Edited("glossary.yml", "before", "after")], "anna", "plainer"))


def filled(path: str, learner_id: str) -> str:
    """Fill an address in."""
    path = path.replace("/questions/group", "/questions/group?of=1&days=30").replace("{training_id}", "1")
    filled = path.replace("{learner_id}", learner_id).replace("{number:int}", "1")
    filled = filled.replace("{lesson_id}", next(iter(KNOWLEDGE.lessons)))
    return filled.replace("{path:path}", "answers/system/value.md")


def test_every_route_is_in_the_table(settings: Settings) -> None:
    """No page can be added without saying who may see it."""
    routes = [route for route in create_app(settings, KNOWLEDGE).routes if isinstance(route, Route)]
    served = {(route.path, method) for route in routes for method in route.methods or () if method != "HEAD"}

    assert served == OPEN | {(path, method) for path, method, _ in WAYS}


@pytest.mark.parametrize(("path", "method", "role"), WAYS)
async def test_page_without_login_leads_to_it(visitor: Visitor, asked: str, path: str, method: str, role: str) -> None:
    """A stranger is led to the login from everywhere, and sees nothing."""
    answer = await visitor.client.request(method, filled(path, asked), data={} if method == "POST" else None)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/login")
    assert not answer.text


@pytest.mark.parametrize("name", ROLES)
@pytest.mark.parametrize(("path", "method", "role"), WAYS)
async def test_role_opens_its_pages_and_no_others(
    visitor: Visitor, asked: str, path: str, method: str, role: str, name: str
) -> None:
    """Each role may what the lower ones may; without its form, nothing is changed."""
    await visitor.come_in(name)
    may = ROLES.index(name) >= ROLES.index(role)

    answer = await visitor.client.request(
        method, filled(path, asked), data={"csrf": "no"} if method == "POST" else None
    )

    assert answer.status_code == (200 if may and method == "GET" else 403)
    assert ("This needs the role" in answer.text) != may


@pytest.mark.parametrize(("path", "method"), FORMS)
async def test_form_of_another_site_is_refused(visitor: Visitor, asked: str, path: str, method: str) -> None:
    """Neither a form without the visit's token nor one that another site's page sends is taken."""
    await visitor.come_in("owner")

    without = await visitor.client.request(method, filled(path, asked), data={"name": "reader"})
    elsewhere = await visitor.client.request(
        method, filled(path, asked), data={"name": "reader"}, headers={"Origin": "https://evil.example"}
    )

    assert (without.status_code, elsewhere.status_code) == (403, 403)


async def test_wrong_password_is_refused_and_locks_the_name(visitor: Visitor) -> None:
    """After too many tries even the right password waits, and an unknown name is told the same."""
    answers = [await visitor.come_in("owner", "wrong password") for _ in range(TRIES_OF_NAME)]
    right, unknown = await visitor.come_in("owner"), await visitor.come_in("nobody")

    assert {answer.status_code for answer in [*answers, right, unknown]} == {403}
    assert right.text == unknown.text == answers[0].text
    assert (await visitor.come_in("reader")).status_code == 303


async def test_login_gives_a_fresh_token_each_time(visitor: Visitor) -> None:
    """A token that somebody planted before the login is worth nothing."""
    visitor.client.cookies.set("desk", "planted", domain="desk.test")
    first = (await visitor.come_in("reader")).cookies["desk"]
    second = (await visitor.come_in("reader")).cookies["desk"]

    assert len({"planted", first, second}) == 3


async def test_leaving_ends_the_visit(visitor: Visitor) -> None:
    """After leaving, the old cookie opens nothing."""
    token = (await visitor.come_in("reader")).cookies["desk"]
    await visitor.client.post("/logout", data={"leave": "yes"})
    visitor.client.cookies.set("desk", token, domain="desk.test")

    assert (await visitor.page("/")).status_code == 303


async def test_closed_login_ends_its_visits(visitor: Visitor, engine: Engine) -> None:
    """An owner closes a login; it cannot come in again, and the trail says who did it."""
    await visitor.come_in("owner")
    answer = await visitor.send("/people/disable", name="reader")
    own = await visitor.send("/people/disable", name="owner")

    assert (answer.status_code, own.status_code) == (303, 400)
    assert ("owner", "disabled", "reader") in [deed[1:4] for deed in Audit(engine).latest()]
    assert (await visitor.come_in("reader", PASSWORD)).status_code == 403


async def test_headers_keep_pages_to_themselves(visitor: Visitor) -> None:
    """No page is kept, framed or given other scripts than our own."""
    headers = (await visitor.page("/login")).headers

    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/nothing", "/conversations/..%2F..", "/conversations/" + "f" * 32, "/static/../desk.py"]
)
async def test_address_without_a_page_is_told_kindly(visitor: Visitor, path: str) -> None:
    """What is not there is not there, whatever is tried."""
    await visitor.come_in("owner")
    answer = await visitor.page(path)

    assert answer.status_code == 404


async def test_first_visit_tells_how_a_login_is_made(settings: Settings, engine: Engine) -> None:
    """Without any login the desk says how to make the first one."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(settings, KNOWLEDGE)), base_url=ADDRESS
    ) as client:
        assert "desk-user add" in (await client.get("/login")).text
        assert (await client.get("/healthz")).text == "ok\n"
