"""Certificates that were given out: once, without a name, replaced, revoked, restored, and kept after erasing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from database import reading
from learning import tables
from learning.certificate_code import group
from learning.certificates_store import Certificates, CertificateUnknown, CertificateWithheld
from tests.learning.certificates import CERTIFICATE, CERTIFIED, CODE, NOON

NEWER = CODE[::-1]


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> object:
        """Tell the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Give a clock at noon."""
    return Clock()


@pytest.fixture
def certificates(engine: Engine, clock: Clock) -> Certificates:
    """Give an empty store."""
    return Certificates(engine, clock)  # type: ignore[arg-type]


def rows(engine: Engine) -> list[dict[str, object]]:
    """Return everything that is stored."""
    with reading(engine) as connection:
        return [dict(row) for row in connection.execute(sa.select(tables.certificate)).mappings()]


def test_certificate_issued_is_found_by_its_code(certificates: Certificates) -> None:
    """What was certified comes back whole; another code finds nothing."""
    issued = certificates.issue(CODE, "ann", CERTIFIED)

    assert issued == certificates.find(CODE) == CERTIFICATE
    assert issued.state == "valid"
    assert certificates.find(NEWER) is None
    assert certificates.find("") is None


def test_code_itself_is_not_stored(certificates: Certificates, engine: Engine) -> None:
    """Who reads the database gets no code that could be shown to anybody."""
    certificates.issue(CODE, "ann", CERTIFIED)

    assert CODE not in str(rows(engine))
    assert rows(engine)[0]["code_start"] == CODE[:8]


def test_certificate_issued_twice_is_one(certificates: Certificates, engine: Engine, clock: Clock) -> None:
    """The same link again gives the first certificate, as it was."""
    certificates.issue(CODE, "ann", CERTIFIED)
    clock.now += timedelta(minutes=1)

    again = certificates.issue(CODE, "ann", replace(CERTIFIED, version="v2"))

    assert again == CERTIFICATE
    assert len(rows(engine)) == 1


def test_certificate_issued_by_two_at_once_is_one(certificates: Certificates, engine: Engine) -> None:
    """A double tap at the same moment makes one row, and it holds."""
    threads = [Thread(target=certificates.issue, args=(CODE, "ann", CERTIFIED)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(rows(engine)) == 1
    assert certificates.find(CODE) == CERTIFICATE


def test_newer_certificate_replaces_own_earlier_one(certificates: Certificates, clock: Clock) -> None:
    """A person has one certificate that holds; other people's stay."""
    certificates.issue(CODE, "ann", CERTIFIED)
    certificates.issue("B" * 28, "ben", CERTIFIED)
    clock.now += timedelta(hours=1)

    certificates.issue(NEWER, "ann", CERTIFIED)

    states = [one.state for code in (CODE, NEWER, "B" * 28) if (one := certificates.find(code))]
    assert states == ["replaced", "valid", "valid"]


def test_name_that_is_put_back_makes_the_first_certificate_hold_again(certificates: Certificates) -> None:
    """Back and forth between two spellings, the one that was chosen last is valid, and no other."""
    for code in (CODE, NEWER, CODE):
        certificates.issue(code, "ann", CERTIFIED)

    assert [one.state for code in (CODE, NEWER) if (one := certificates.find(code))] == ["valid", "replaced"]


def test_revoked_certificate_is_not_taken_up_again(certificates: Certificates) -> None:
    """The course team's word stands, whichever name is typed."""
    for code in (CODE, NEWER):
        certificates.issue(code, "ann", CERTIFIED)
    certificates.revoke(NEWER, "the paper was sold")

    with pytest.raises(CertificateWithheld):
        certificates.issue(CODE, "ann", CERTIFIED)


def test_revoked_certificate_holds_no_more_and_keeps_its_day(certificates: Certificates, clock: Clock) -> None:
    """The first revoking counts; a second one changes the reason only."""
    certificates.issue(CODE, "ann", CERTIFIED)
    certificates.revoke(group(CODE), "the paper was sold")
    clock.now += timedelta(days=1)

    again = certificates.revoke(CODE[:4], "sold twice")

    assert (again.state, again.revoked_at, again.reason) == ("revoked", NOON, "sold twice")


def test_person_with_revoked_certificate_gets_no_new_one(certificates: Certificates) -> None:
    """Revoking cannot be undone by asking again; restoring does it."""
    certificates.issue(CODE, "ann", CERTIFIED)
    certificates.revoke(CODE, "a mistake")

    assert certificates.is_withheld("ann") and not certificates.is_withheld("ben")
    with pytest.raises(CertificateWithheld):
        certificates.issue(NEWER, "ann", CERTIFIED)
    certificates.restore(CODE)
    assert certificates.issue(NEWER, "ann", CERTIFIED).state == "valid"


def test_restored_certificate_holds_again_without_reason(certificates: Certificates) -> None:
    """Nothing of the revoking stays."""
    certificates.issue(CODE, "ann", CERTIFIED)
    certificates.revoke(CODE, "a mistake")

    assert certificates.restore(CODE) == CERTIFICATE


@pytest.mark.parametrize("code", ["", "01", "ZZZZ", NEWER, "0123456789", "no code at all"])
def test_unknown_code_changes_nothing(certificates: Certificates, code: str) -> None:
    """What names no certificate is told, and none is touched."""
    certificates.issue(CODE, "ann", CERTIFIED)

    with pytest.raises(CertificateUnknown):
        certificates.revoke(code, "why")

    assert certificates.find(CODE) == CERTIFICATE


def test_beginning_that_fits_several_changes_none(certificates: Certificates) -> None:
    """Where four letters do not tell which one is meant, more are asked for."""
    certificates.issue(CODE, "ann", CERTIFIED)
    certificates.issue(f"{CODE[:20]}ZZZZZZZZ", "ben", CERTIFIED)

    with pytest.raises(CertificateUnknown, match="2 certificates"):
        certificates.revoke(CODE[:4], "why")


def test_list_tells_newest_first(certificates: Certificates, clock: Clock) -> None:
    """The course team sees what was given out last."""
    certificates.issue(CODE, "ann", CERTIFIED)
    clock.now += timedelta(days=1)
    certificates.issue(NEWER, "ben", CERTIFIED)

    assert [one.start for one in certificates.list()] == [NEWER[:8], CODE[:8]]
    assert [one.start for one in certificates.list(limit=1)] == [NEWER[:8]]


def test_certificate_of_an_erased_learner_is_found(certificates: Certificates, engine: Engine) -> None:
    """With the learner's id taken out it can still be checked, and nothing in the database leads to the person."""
    certificates.issue(CODE, "ann", CERTIFIED)

    with engine.begin() as connection:
        connection.execute(tables.certificate.update().values(learner_id=None))

    assert certificates.find(CODE) == CERTIFICATE
    assert "ann" not in {str(value) for value in rows(engine)[0].values()}
