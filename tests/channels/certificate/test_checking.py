"""Anybody can check a certificate, an edited one is exposed, and nobody can count codes through."""

from __future__ import annotations

import httpx
import pytest

from channels.guessing import MISSES_ALLOWED
from channels.headers import PAGE_POLICY
from learning.certificate_code import group
from learning.certificate_key import CertificateKey, make_key
from learning.certificate_seal import Seal
from learning.certificates_store import Certificates
from tests.channels.certificate.holder import NAME, Holder, words_of
from tests.channels.web.description import trouble_with
from tests.learning.certificates import CERTIFIED, CODE


@pytest.fixture
def code(certificates: Certificates) -> str:
    """Give the code of a certificate that was given out."""
    certificates.issue(CODE, "ann", CERTIFIED)
    return CODE


async def test_verify_page_says_what_was_certified(holder: Holder, code: str) -> None:
    """Course, criterion, lessons, hours, state of the course and date; all without a script or anything kept."""
    answer = await holder.browser.get(holder.address(code))

    text = words_of(answer)
    assert answer.status_code == 200
    for part in ("This certificate is valid", NAME, "A course", "3 lessons done", "60 %", "about 1.5 hours", "v1"):
        assert part in text
    assert "Lesson 2" in text and group(code) in text and "was not checked" in text
    assert "<script" not in answer.text
    assert answer.headers["Content-Security-Policy"] == PAGE_POLICY
    assert answer.headers["X-Robots-Tag"] == "noindex"


async def test_code_without_name_is_not_called_valid(holder: Holder, code: str) -> None:
    """A QR code whose name was taken out proves nothing about the name, and the page says so first."""
    answer = await holder.browser.get(f"/verify/{code.lower()}")

    text = words_of(answer)
    assert answer.status_code == 200
    assert "This certificate is valid" not in text
    assert "If you scanned a QR code and see no name here, the paper was changed" in text
    assert "Check letters" in text


@pytest.mark.parametrize("change", ["other name", "other code", "other key", "cut off", "nonsense"])
async def test_forged_name_is_exposed(holder: Holder, certificates: Certificates, code: str, change: str) -> None:
    """A name that was not sealed here for this code is neither shown nor called certified."""
    sealed = {
        "other name": Seal(make_key()).close("Bob", code),
        "other code": holder.seal.close("Bob", CODE[::-1]),
        "other key": Seal(make_key()).close(NAME, code),
        "cut off": holder.seal.close(NAME, code)[:-6],
        "nonsense": "Bob%20B%C3%B6se%3Cscript%3E",
    }[change]

    answer = await holder.browser.get(f"/verify/{code}?n={sealed}")

    text = words_of(answer)
    assert answer.status_code == 400
    assert "The name cannot be confirmed" in text and "is not the one that was certified" in text
    assert "valid" not in text.partition("What was certified")[0]
    assert "Bob" not in answer.text and NAME not in answer.text


async def test_name_and_letters_typed_from_paper_are_confirmed(holder: Holder, code: str) -> None:
    """Who has only the paper types the name and its letters."""
    letters = group(holder.seal.check_letters(NAME, code)).lower()

    answer = await holder.browser.post(f"/verify/{code}", data={"name": NAME.upper(), "letters": letters})

    assert answer.status_code == 200
    assert "This certificate is valid" in words_of(answer)


@pytest.mark.parametrize(("name", "letters"), [("Bob", ""), (NAME, "AAAA-AAAA"), ("", "AAAA-AAAA"), ("<b>Bob", "?")])
async def test_changed_name_on_paper_is_exposed(holder: Holder, code: str, name: str, letters: str) -> None:
    """Another name with the letters of the first, or other letters: not confirmed, and shown as text only."""
    letters = letters or holder.seal.check_letters(NAME, code)

    answer = await holder.browser.post(f"/verify/{code}", data={"name": name, "letters": letters})

    assert answer.status_code == 400
    assert "not for this name with these check letters" in words_of(answer)
    assert "<b>" not in answer.text


async def test_revoked_certificate_says_so_without_reason(
    holder: Holder, certificates: Certificates, code: str
) -> None:
    """It does not hold, with or without its name; why is nobody's business."""
    certificates.revoke(code, "sold to a friend")

    answers = [await holder.browser.get(address) for address in (f"/verify/{code}", holder.address(code))]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert all("not valid any more" in words_of(answer) for answer in answers)
    assert not [answer for answer in answers if "friend" in answer.text or "is valid" in words_of(answer)]


@pytest.mark.parametrize(
    ("typed", "status", "gist"),
    [
        (CODE, 404, "We know no certificate with this code"),
        (CODE[:-1], 400, "no code of a certificate"),
        ("%3Cscript%3E", 400, "no code of a certificate"),
        ("x" * 500, 400, "no code of a certificate"),
    ],
)
async def test_unknown_or_unreadable_code_is_told_kindly(
    browser: httpx.AsyncClient, typed: str, status: int, gist: str
) -> None:
    """Both say what to look at, and let the code be typed again."""
    answer = await browser.get(f"/verify/{typed}")

    assert (answer.status_code, gist in words_of(answer)) == (status, True)
    assert '<form method="get" action="/verify">' in answer.text
    assert "<script" not in answer.text


async def test_code_typed_leads_to_its_page(browser: httpx.AsyncClient, code: str) -> None:
    """The form takes a code in any case, and a strange text without a fault."""
    form = await browser.get("/verify")
    typed = await browser.get("/verify", params={"code": f" {code.lower()} "})
    strange = await browser.get("/verify", params={"code": "a/../b?c#d"}, follow_redirects=True)

    assert (form.status_code, typed.status_code, strange.status_code) == (200, 303, 400)
    assert typed.headers["Location"] == f"/verify/{group(code)}"


async def test_codes_cannot_be_counted_through(browser: httpx.AsyncClient, holder: Holder, code: str) -> None:
    """After many misses from one place nothing is looked at any more, not even a code that is known."""
    for n in range(MISSES_ALLOWED):
        await browser.get(f"/verify/{str(n).zfill(28)}{'/status' if n % 2 else ''}")

    answers = [await browser.get(address) for address in (holder.address(code), f"/verify/{code}/status")]

    assert [answer.status_code for answer in answers] == [429, 429]
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers)
    assert trouble_with(answers[1].json(), "Error") == []


async def test_names_cannot_be_tried_through(browser: httpx.AsyncClient, holder: Holder, code: str) -> None:
    """Wrong names and letters, and wrong seals, are misses too."""
    for n in range(MISSES_ALLOWED):
        if n % 2:
            await browser.get(f"/verify/{code}?n=forged{n}")
        else:
            await browser.post(f"/verify/{code}", data={"name": NAME, "letters": str(n).zfill(8)})

    letters = holder.seal.check_letters(NAME, code)

    assert (await browser.post(f"/verify/{code}", data={"name": NAME, "letters": letters})).status_code == 429


async def test_checking_known_certificates_is_not_slowed_down(holder: Holder, code: str) -> None:
    """Who checks many real papers is no guesser."""
    answers = [await holder.browser.get(holder.address(code)) for _ in range(MISSES_ALLOWED * 2)]

    assert {answer.status_code for answer in answers} == {200}


async def test_status_for_programs_is_as_described(
    browser: httpx.AsyncClient, certificates: Certificates, code: str
) -> None:
    """Empty while it holds, and naming the credential when it does not; readable from other sites."""
    holds = await browser.get(f"/verify/{group(code)}/status")
    certificates.revoke(code, "sold")
    revoked = await browser.get(f"/verify/{group(code)}/status")
    unknown = await browser.get(f"/verify/{CODE[::-1]}/status")

    assert [trouble_with(one.json(), "RevocationList") for one in (holds, revoked)] == [[], []]
    assert (len(holds.json()["revokedCredentials"]), len(revoked.json()["revokedCredentials"])) == (0, 1)
    assert (unknown.status_code, trouble_with(unknown.json(), "Error")) == (404, [])
    assert holds.headers["Access-Control-Allow-Origin"] == "*"


async def test_public_key_is_as_described(browser: httpx.AsyncClient, key: CertificateKey) -> None:
    """Programs read the key that badges are signed with, and no private part of it."""
    answer = await browser.get("/.well-known/certificate-key.json")

    assert answer.json() == key.public
    assert trouble_with(answer.json(), "PublicKey") == []
    assert answer.headers["Content-Type"] == "application/jwk+json"
