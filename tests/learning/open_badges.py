"""What Open Badges 3.0 asks of a credential, written down from the specification as a JSON schema.

Source: 1EdTech, Open Badges 3.0, sections B.1 (AchievementCredential, AchievementSubject, Achievement, Profile,
IdentityObject, CredentialStatus) and 8.2 (JSON Web Token proof); W3C, Verifiable Credentials Data Model 2.0, section 4.
"""

from __future__ import annotations

from typing import Any

TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": "^(https?://|urn:|did:)"}


def _typed(kind_name: str, required: list[str], **properties: Any) -> dict[str, Any]:
    """Describe an object that carries a type among others; only what is named may stand in it."""
    kind = {"type": "array", "items": TEXT, "contains": {"const": kind_name}}
    return {
        "type": "object",
        "required": ["type", *required],
        "properties": {"type": kind, **properties},
        "additionalProperties": False,
    }


ACHIEVEMENT = _typed(
    "Achievement",
    ["id", "criteria", "description", "name"],
    id=ADDRESS,
    name=TEXT,
    description=TEXT,
    criteria={"type": "object", "minProperties": 1, "properties": {"id": ADDRESS, "narrative": TEXT}},
    achievementType={"enum": ["Course", "Certificate", "CertificateOfCompletion", "Badge"]},
    image={"type": "object", "required": ["id", "type"], "properties": {"id": ADDRESS, "type": {"const": "Image"}}},
    version=TEXT,
)
IDENTITY = {
    "type": "object",
    "required": ["type", "hashed", "identityHash", "identityType"],
    "properties": {
        "type": {"const": "IdentityObject"},
        "hashed": {"type": "boolean"},
        "identityHash": TEXT,
        "identityType": {"enum": ["name", "emailAddress", "identifier", "userName", "accountId"]},
        "salt": TEXT,
    },
    "additionalProperties": False,
}
CREDENTIAL: dict[str, Any] = {
    "type": "object",
    "required": [
        "@context",
        "id",
        "type",
        "name",
        "issuer",
        "validFrom",
        "credentialSubject",
        "iss",
        "jti",
        "nbf",
        "sub",
    ],
    "properties": {
        "@context": {
            "type": "array",
            "prefixItems": [
                {"const": "https://www.w3.org/ns/credentials/v2"},
                {"pattern": r"^https://purl\.imsglobal\.org/spec/ob/v3p0/context-3\.\d\.\d\.json$"},
            ],
            "minItems": 2,
        },
        "id": ADDRESS,
        "type": {
            "type": "array",
            "allOf": [
                {"contains": {"const": "VerifiableCredential"}},
                {"contains": {"enum": ["OpenBadgeCredential", "AchievementCredential"]}},
            ],
        },
        "name": TEXT,
        "issuer": _typed("Profile", ["id"], id=ADDRESS, name=TEXT, url=ADDRESS),
        "validFrom": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"},
        "credentialSubject": _typed(
            "AchievementSubject",
            ["achievement"],
            id=ADDRESS,
            identifier={"type": "array", "minItems": 1, "items": IDENTITY},
            achievement=ACHIEVEMENT,
        ),
        "credentialStatus": {
            "type": "object",
            "required": ["id", "type"],
            "properties": {"id": ADDRESS, "type": {"const": "1EdTechRevocationList"}},
        },
        "iss": ADDRESS,
        "jti": ADDRESS,
        "sub": ADDRESS,
        "nbf": {"type": "integer"},
    },
    "additionalProperties": False,
}
