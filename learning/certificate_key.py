"""The key behind certificates: made at the first use, kept in a file that its owner alone may read, never changed.

Whoever loses it can no longer show that a name stands on a certificate: it belongs into the backup.
"""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from jwt.algorithms import ECAlgorithm

from learning.errors import LearningError

FILE_NAME = "certificate-key.pem"
ALGORITHM = "ES256"


class KeyUnusable(LearningError):
    """The key's file cannot be read, or is none; the text names it."""


class CertificateKey:
    """Signs credentials, and gives the secrets that names are sealed with."""

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        self._private = private

    def sign(self, payload: dict[str, Any], key_url: str) -> str:
        """Sign a payload as a compact JWS (ES256); ``key_url`` is where the public key can be read."""
        return jwt.encode(payload, self._private, algorithm=ALGORITHM, headers={"kid": key_url, "typ": "JWT"})

    @property
    def public(self) -> dict[str, str]:
        """The public key as a JWK."""
        found = json.loads(ECAlgorithm.to_jwk(self._private.public_key()))
        return {name: str(found[name]) for name in ("kty", "crv", "x", "y")} | {"alg": ALGORITHM, "use": "sig"}

    def derive(self, purpose: str, length_bytes: int) -> bytes:
        """Return a secret for one purpose, the same each time."""
        number = self._private.private_numbers().private_value.to_bytes(32, "big")
        return HKDF(hashes.SHA256(), length_bytes, salt=None, info=purpose.encode()).derive(number)


def make_key() -> CertificateKey:
    """Make a new key."""
    return CertificateKey(ec.generate_private_key(ec.SECP256R1()))


def kept_key(folder: Path) -> CertificateKey:
    """Read the key of this installation, or make it; of several that make one at once, one wins.

    Raises:
        KeyUnusable: The file cannot be used.
    """
    path = folder / FILE_NAME
    try:
        if not path.exists():
            _make_file(path)
        private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise KeyUnusable(f"{path} cannot be used ({error.strerror})") from error
    except ValueError as error:
        raise KeyUnusable(f"{path} holds no key; put the one from your backup there") from error
    if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(private.curve, ec.SECP256R1):
        raise KeyUnusable(f"{path} holds a key of another kind; it must be one on the curve P-256")
    return CertificateKey(private)


def _make_file(path: Path) -> None:
    """Write a new key beside, and give it its name only when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(text)
    try:
        with suppress(FileExistsError):
            os.link(beside, path)
    finally:
        beside.unlink()
