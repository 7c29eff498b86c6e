"""A name is typed once, a certificate comes of it, and the name is kept nowhere."""

from __future__ import annotations

import json
import logging
import sqlite3
from datetime import timedelta
from pathlib import Path

import httpx
import jwt
import pypdfium2
import pytest
import sqlalchemy as sa
from jsonschema import Draft202012Validator
from sqlalchemy.engine import Engine

from channels.certificate.giving import AGAIN_SECONDS
from channels.guessing import MISSES_ALLOWED
from channels.headers import HEADERS, PAGE_POLICY
from database import now_utc
from learning import tables
from learning.certificate_key import CertificateKey
from learning.certificates_store import Certificates
from tests.channels.certificate.conftest import SHOWN
from tests.channels.certificate.holder import NAME, Holder, words_of
from tests.learning.open_badges import CREDENTIAL


async def test_form_asks_for_a_name_and_nothing_else(holder: Holder) -> None:
    """One field with a label, and what becomes of the name; no script, nothing from elsewhere, nothing kept."""
    answer = await holder.browser.get(holder.link())

    assert answer.status_code == 200
    assert answer.text.count("<input") == answer.text.count("<label") == 1
    assert "is kept nowhere" in words_of(answer)
    assert "<script" not in answer.text and "style=" not in answer.text and "//" not in answer.text
    assert answer.headers["Content-Security-Policy"] == PAGE_POLICY
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Frame-Options"] == HEADERS["X-Frame-Options"]


async def test_name_typed_gives_pdf_and_badge(holder: Holder, key: CertificateKey) -> None:
    """Both carry the name and the same code, and come as files whose names tell nothing."""
    code = await holder.make()

    pdf = await holder.browser.get(f"{holder.ready}/certificate.pdf")
    badge = await holder.browser.get(f"{holder.ready}/badge.jwt")

    assert (pdf.headers["Content-Type"], badge.headers["Content-Type"]) == ("application/pdf", "application/jwt")
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="certificate.pdf"'
    assert pdf.headers["Cache-Control"] == badge.headers["Cache-Control"] == "no-store"
    text = pypdfium2.PdfDocument(pdf.content)[0].get_textpage().get_text_range()
    assert NAME in text and code[:4] in text
    credential = jwt.decode(badge.text, jwt.PyJWK(key.public), algorithms=["ES256"])
    assert list(Draft202012Validator(CREDENTIAL).iter_errors(credential)) == []
    assert credential["credentialSubject"]["identifier"][0]["identityHash"] == NAME


async def test_ready_page_shows_code_and_check_page(holder: Holder) -> None:
    """The person sees their name, what others check it by, and a page that says it is valid."""
    code = await holder.make()

    page = await holder.browser.get(holder.ready)
    checked = await holder.browser.get(holder.address(code))

    assert NAME in words_of(page)
    assert holder.address(code) in page.text
    assert checked.status_code == 200
    assert "This certificate is valid" in words_of(checked) and NAME in words_of(checked)


async def test_name_is_kept_nowhere(holder: Holder, database_url: str, caplog: pytest.LogCaptureFixture) -> None:
    """Not in the database, not in the log, and not in any address."""
    caplog.set_level(logging.DEBUG)
    name = "Zacharias Unmistakable"

    code = await holder.make(name)
    await holder.browser.get(f"{holder.ready}/certificate.pdf")
    await holder.browser.get(holder.address(code, name))

    connection = sqlite3.connect(database_url.removeprefix("sqlite:///"))
    dump = "\n".join(connection.iterdump())
    connection.close()
    files = [path.read_bytes() for path in Path(database_url.removeprefix("sqlite:///")).parent.iterdir()]
    assert "certificate" in dump
    for word in name.split():
        assert word not in dump
        assert word not in caplog.text + holder.ready + holder.address(code, name)
        assert not [content for content in files if word.encode() in content]


@pytest.mark.parametrize(
    ("typed", "gist"),
    [
        ("", "Please type the name"),
        (" \u202e\u200b\t ", "Please type the name"),
        ("x" * 81, "81 letters"),
        ("x" * 5_000, "Please type the name"),
        ("王芳", "cannot show these characters: 王 芳"),
    ],
)
async def test_name_unusable_is_asked_again(holder: Holder, certificates: Certificates, typed: str, gist: str) -> None:
    """The form comes back with what to mend, and no certificate is given out."""
    link = holder.link()

    answer = await holder.browser.post(link, data={"name": typed})

    assert answer.status_code == 400
    assert gist in words_of(answer)
    assert 'aria-invalid="true"' in answer.text and 'role="alert"' in answer.text
    assert certificates.list() == []
    assert (await holder.browser.post(link, data={"name": NAME})).status_code == 303


@pytest.mark.parametrize("body", [b"", b"name", b"\xff\xfe", b"other=x", b"&" * 100, b"name=%ff%fe%zz"])
async def test_form_malformed_is_asked_again(holder: Holder, body: bytes) -> None:
    """Whatever is posted, a page answers; bytes that are no text become visible marks at most."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}

    answer = await holder.browser.post(holder.link(), content=body, headers=headers)

    assert answer.status_code in (303, 400)


async def test_markup_in_a_name_is_text(holder: Holder) -> None:
    """A name is shown as it was typed, and never run."""
    await holder.make('<script>alert("x")</script>')

    page = await holder.browser.get(holder.ready)

    assert "<script" not in page.text
    assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;" in page.text


async def test_double_tap_gives_one_certificate(holder: Holder, certificates: Certificates) -> None:
    """The same link again, as after a double tap, leads to the same certificate."""
    link = holder.link()

    first, second = await holder.make(link=link), await holder.make(link=link)

    assert first == second
    assert [one.state for one in certificates.list()] == ["valid"]


async def test_link_used_a_while_ago_is_gone(holder: Holder, engine: Engine) -> None:
    """After two minutes a used link says that it was used, and what to do."""
    link = holder.link()
    await holder.make(link=link)
    earlier = now_utc() - timedelta(seconds=AGAIN_SECONDS + 1)
    with engine.begin() as connection:
        connection.execute(tables.download.update().values(used_at=earlier))

    answers = [await holder.browser.get(link), await holder.browser.post(link, data={"name": NAME})]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert "my certificate" in words_of(answers[0])


async def test_link_of_another_kind_or_unknown_is_not_found(holder: Holder) -> None:
    """A link to somebody's plan makes no certificate, and neither does a guess."""
    for link in (holder.link(kind="plan"), "/certificate/guess", f"/certificate/{'x' * 200}"):
        answer = await holder.browser.get(link)

        assert answer.status_code == 404
        assert "does not work any more" in words_of(answer)


async def test_link_of_the_page_works_for_its_owner_only(holder: Holder) -> None:
    """On the web the cookie has to be the owner's; from Telegram the link itself is enough."""
    link = holder.link(channel="web")

    answers = [await holder.browser.get(link, headers={SHOWN: who} if who else {}) for who in ("", "ben", "ann")]

    assert [answer.status_code for answer in answers] == [403, 403, 200]
    assert "belongs to another chat" in words_of(answers[0])


async def test_who_has_not_done_enough_is_told(holder: Holder, certificates: Certificates) -> None:
    """A link does not stand above the criterion, which is held again when it is used."""
    answer = await holder.browser.post(holder.link(learner_id="ben"), data={"name": NAME})

    assert answer.status_code == 409
    assert "Something is missing still" in words_of(answer)
    assert certificates.list() == []


async def test_new_certificate_replaces_the_earlier_one(holder: Holder) -> None:
    """A corrected name makes the earlier paper and its addresses worthless."""
    first = await holder.make("Lucia")
    earlier = holder.ready
    second = await holder.make(NAME)

    replaced, valid = await holder.browser.get(f"/verify/{first}"), await holder.browser.get(holder.address(second))

    assert (replaced.status_code, valid.status_code) == (410, 200)
    assert "replaced by a newer one" in words_of(replaced)
    assert (await holder.browser.get(f"{earlier}/certificate.pdf")).status_code == 404


async def test_revoked_person_gets_no_certificate(holder: Holder, certificates: Certificates) -> None:
    """After the course team revoked it, neither the old papers nor a new link give anything."""
    certificates.revoke(await holder.make(), "sold")

    answers = [await holder.browser.get(holder.ready), await holder.browser.post(holder.link(), data={"name": NAME})]

    assert [answer.status_code for answer in answers] == [404, 403]
    assert "sold" not in answers[0].text + answers[1].text


@pytest.mark.parametrize("end", ["", "/certificate.pdf", "/badge.jwt"])
async def test_paper_of_a_made_up_address_is_not_found(holder: Holder, end: str) -> None:
    """Nobody can make an address for a name that was not typed."""
    await holder.make()

    answer = await holder.browser.get(f"{holder.ready[:-4]}AAAA{end}")

    assert answer.status_code == 404


async def test_guessing_links_is_slowed_down(browser: httpx.AsyncClient, holder: Holder) -> None:
    """After many misses from one place even a right link is not looked at for a while."""
    for n in range(MISSES_ALLOWED):
        await browser.get(f"/certificate/guess{n}")

    answers = [await browser.get(address) for address in (holder.link(), "/certificate/ready/guess")]

    assert [answer.status_code for answer in answers] == [429, 429]
    assert int(answers[0].headers["Retry-After"]) > 0


async def test_erased_learner_leaves_valid_certificate(
    holder: Holder, engine: Engine, certificates: Certificates
) -> None:
    """After erasing the paper in somebody's hands can still be checked."""
    code = await holder.make()
    with engine.begin() as connection:
        connection.execute(sa.update(tables.certificate).values(learner_id=None))

    answer = await holder.browser.get(holder.address(code))

    assert answer.status_code == 200
    assert json.dumps(NAME, ensure_ascii=False).strip('"') in words_of(answer)
