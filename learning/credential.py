"""A certificate that programs can read: an Open Badges 3.0 credential, as a signed JWT.

The payload is the credential itself (W3C Verifiable Credentials 2.0), with the claims that Open Badges asks for beside
it; ``kid`` leads to our public key. See decision 13.
"""

from __future__ import annotations

from datetime import timezone
from typing import Any

from knowledge.model import Course
from learning.certificate_code import group
from learning.certificate_words import say
from learning.certificates_store import Certificate

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",  # knows the kind of credentialStatus
]
KEY_PATH = "/.well-known/certificate-key.json"
IMAGE_PATH = "/certificate-badge.svg"


class Addresses:
    """Where a certificate can be asked about. ``public_url`` is the tutor's own address, without a slash at the end."""

    def __init__(self, public_url: str) -> None:
        self.home = public_url
        self.key = f"{public_url}{KEY_PATH}"
        self.image = f"{public_url}{IMAGE_PATH}"

    def verify(self, code: str) -> str:
        """Return the page about one certificate."""
        return f"{self.home}/verify/{group(code)}"

    def named(self, code: str, sealed: str) -> str:
        """Return the page about one certificate with the sealed name, as the QR code on the paper has it."""
        return f"{self.verify(code)}?n={sealed}"

    def status(self, code: str) -> str:
        """Return where programs ask whether one certificate still holds."""
        return f"{self.verify(code)}/status"


def make_credential(
    certificate: Certificate, code: str, name: str, course: Course, addresses: Addresses
) -> dict[str, Any]:
    """Make the credential of a certificate, with the claims of a JWT.

    Args:
        certificate: What was certified.
        code: Its code, 28 letters.
        name: As the person typed it; it goes into the credential and nowhere else.
        course: For its promise.
        addresses: Where this tutor is.
    """
    facts = certificate.certified
    issued_at = certificate.issued_at.replace(tzinfo=timezone.utc, microsecond=0)
    credential_id, subject_id = addresses.verify(code), f"{addresses.verify(code)}#person"
    return {
        "@context": CONTEXTS,
        "id": credential_id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": say("achievement", course=facts.course),
        "issuer": {
            "id": addresses.home,
            "type": ["Profile"],
            "name": say("issuer", course=facts.course),
            "url": addresses.home,
        },
        "validFrom": issued_at.isoformat().replace("+00:00", "Z"),
        "credentialSubject": {
            "id": subject_id,
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "name"},
            ],
            "achievement": _achievement(certificate, course, addresses),
        },
        "credentialStatus": {"id": addresses.status(code), "type": "1EdTechRevocationList"},
        "iss": addresses.home,
        "jti": credential_id,
        "nbf": int(issued_at.timestamp()),
        "sub": subject_id,
    }


def _achievement(certificate: Certificate, course: Course, addresses: Addresses) -> dict[str, Any]:
    facts = certificate.certified
    asked = {"lessons_asked": facts.lessons_asked, "score_percent": facts.score_percent}
    return {
        "id": f"{addresses.home}/#course-{facts.version}",
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": facts.course,
        "description": say("description", promise=course.promise),
        "criteria": {"narrative": say("narrative", **asked)},
        "image": {"id": addresses.image, "type": "Image"},
        "version": facts.version,
    }


def status_list(certificate: Certificate, code: str, addresses: Addresses) -> dict[str, Any]:
    """Say for programs whether a certificate still holds, as a 1EdTech revocation list of at most one credential."""
    revoked = [{"id": addresses.verify(code), "revoked": True}] if certificate.state != "valid" else []
    return {"id": addresses.status(code), "issuer": addresses.home, "revokedCredentials": revoked}
