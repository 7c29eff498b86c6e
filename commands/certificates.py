"""Certificates from the command line: listed, revoked, restored. The desk uses the same store."""

from __future__ import annotations

from database import migrate, open_engine
from learning.certificate_code import group
from learning.certificates_store import Certificate, Certificates
from settings import Settings, SettingsError

REASON_NEEDED = "say why, for the team: tutor certificates revoke CODE --reason 'the paper was changed'"


def run_certificates(settings: Settings, work: str, code: str | None, reason: str | None) -> None:
    """List certificates, or change one.

    Args:
        settings: Where the database is.
        work: ``list``, ``revoke`` or ``restore``.
        code: Of the certificate, whole or how it begins.
        reason: Why it is revoked; stays with the team.

    Raises:
        SettingsError: The code or the reason is missing.
        CertificateUnknown: No certificate has the code, or several begin with it.
    """
    migrate(settings.database_url)
    engine = open_engine(settings.database_url)
    try:
        certificates = Certificates(engine)
        if work == "list":
            print("\n".join(map(_row, certificates.list())) or "no certificate was given out yet")
        elif not code:
            raise SettingsError(f"which one? tutor certificates {work} CODE")
        elif work == "revoke" and not (reason or "").strip():
            raise SettingsError(REASON_NEEDED)
        else:
            changed = certificates.revoke(code, str(reason)) if work == "revoke" else certificates.restore(code)
            print(_row(changed))
    finally:
        engine.dispose()


def _row(certificate: Certificate) -> str:
    """Write one certificate on one line: how its code begins, its day, its state, and why it was revoked."""
    reason = f"  {certificate.reason}" if certificate.reason else ""
    day = certificate.issued_at.date().isoformat()
    return f"{group(certificate.start)}…  {day}  {certificate.state}{reason}"
