"""The badge is what Open Badges 3.0 asks for, signed, and says whether it still holds."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import jwt
import pytest
from jsonschema import Draft202012Validator

from learning.certificate_code import group
from learning.certificate_key import make_key
from learning.credential import KEY_PATH, Addresses, make_credential, status_list
from tests.learning.certificates import CERTIFICATE, CODE, NOON, a_course
from tests.learning.open_badges import CREDENTIAL

HOME = "https://tutor.example.org"
ADDRESSES = Addresses(HOME)
VALIDATOR = Draft202012Validator(CREDENTIAL)


@pytest.fixture
def credential() -> dict[str, Any]:
    """Give the credential of somebody."""
    return make_credential(CERTIFICATE, CODE, "Łucja Żółć", a_course().course, ADDRESSES)


def test_credential_is_an_open_badge(credential: dict[str, Any]) -> None:
    """Every field that the specification asks for is there, and none that it does not know."""
    assert [error.message for error in VALIDATOR.iter_errors(credential)] == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one.pop("issuer"),
        lambda one: one.pop("sub"),
        lambda one: one["@context"].pop(0),
        lambda one: one["type"].remove("OpenBadgeCredential"),
        lambda one: one["credentialSubject"]["achievement"].pop("criteria"),
        lambda one: one["credentialSubject"]["identifier"][0].pop("hashed"),
        lambda one: one["credentialSubject"].update(name="unknown to the context"),
        lambda one: one.update(validFrom="9 March 2026"),
    ],
)
def test_schema_finds_what_is_missing(credential: dict[str, Any], spoil: Callable[[dict[str, Any]], object]) -> None:
    """The schema that the test above leans on refuses what the specification refuses."""
    spoiled = copy.deepcopy(credential)
    spoil(spoiled)

    assert list(VALIDATOR.iter_errors(spoiled)) != []


def test_claims_of_the_token_repeat_the_credential(credential: dict[str, Any]) -> None:
    """Issuer, id, subject and moment stand twice and are the same, as section 8.2 asks for."""
    valid_from = datetime.fromisoformat(credential["validFrom"].replace("Z", "+00:00"))

    assert credential["iss"] == credential["issuer"]["id"]
    assert credential["jti"] == credential["id"]
    assert credential["sub"] == credential["credentialSubject"]["id"]
    assert credential["nbf"] == valid_from.timestamp() == NOON.replace(tzinfo=timezone.utc).timestamp()


def test_credential_says_what_was_certified(credential: dict[str, Any]) -> None:
    """Name, course, criterion, state of the course, and where it can be checked."""
    subject = credential["credentialSubject"]

    assert [one["identityHash"] for one in subject["identifier"]] == ["Łucja Żółć"]
    assert subject["achievement"]["name"] == "A course"
    assert "3 lessons" in subject["achievement"]["criteria"]["narrative"]
    assert "60 %" in subject["achievement"]["criteria"]["narrative"]
    assert subject["achievement"]["version"] == "v1"
    assert credential["id"] == f"{HOME}/verify/{group(CODE)}"
    assert credential["credentialStatus"]["id"] == f"{credential['id']}/status"


def test_signed_badge_leads_to_the_key_that_fits(credential: dict[str, Any]) -> None:
    """The header holds the algorithm and the key's address alone, and the signature holds."""
    key = make_key()

    token = key.sign(credential, ADDRESSES.key)

    assert jwt.get_unverified_header(token) == {"alg": "ES256", "kid": f"{HOME}{KEY_PATH}", "typ": "JWT"}
    assert jwt.decode(token, jwt.PyJWK(key.public), algorithms=["ES256"]) == credential


@pytest.mark.parametrize("state", ["valid", "revoked", "replaced"])
def test_status_tells_whether_it_holds(state: str) -> None:
    """A list of one when it does not hold any more; no reason is told."""
    gone = {"revoked": {"revoked_at": NOON, "reason": "sold"}, "replaced": {"replaced_at": NOON}}
    certificate = replace(CERTIFICATE, **gone.get(state, {}))  # type: ignore[arg-type]

    told = status_list(certificate, CODE, ADDRESSES)

    expected = [] if state == "valid" else [{"id": ADDRESSES.verify(CODE), "revoked": True}]
    assert told["revokedCredentials"] == expected
    assert told["id"] == ADDRESSES.status(CODE)
    assert "sold" not in str(told)
