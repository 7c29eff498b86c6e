"""What binds a name to a certificate without keeping the name anywhere.

The name travels in the certificate's own address, sealed: enciphered and authenticated under the code (AES-SIV,
RFC 5297). Only who holds the key can make or open a seal, so a name put into an edited certificate has none, and
neither a log nor a scanner reads the name on its way. For those who have only the paper, eight letters do the same.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import unicodedata
from datetime import datetime, timezone

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from learning.certificate_code import CODE_CHARS, read_letters, spell
from learning.certificate_key import CertificateKey

CHECK_CHARS = 8  # 40 bits; guessing is limited at the door
SEAL_LIMIT_CHARS = 800
MOMENT_CHARS = 10  # seconds since 1970


class Seal:
    """Makes codes, and seals and opens names."""

    def __init__(self, key: CertificateKey) -> None:
        self._names = AESSIV(key.derive("name on a certificate", 64))
        self._papers = AESSIV(key.derive("address of a paper", 64))
        self._checks = key.derive("check letters of a certificate", 32)
        self._codes = key.derive("code of a certificate", 32)

    def code_for(self, token: str, name: str) -> str:
        """Return the code of the certificate that a link asks for under a name: the same for the same two.

        So a double tap, or a second try after the connection broke, makes no second certificate; another name does,
        which replaces the first: one code never stands for two people. The code holds 140 bits of a keyed hash of the
        link's 192 random ones.
        """
        return spell(_keyed(self._codes, f"{token} {name}"), CODE_CHARS)

    def close(self, name: str, code: str) -> str:
        """Seal a name for one certificate, as text for an address."""
        return _to_text(self._names.encrypt(name.encode(), [code.encode()]))

    def open(self, sealed: str, code: str) -> str | None:
        """Return the name that was sealed for a certificate; None if the seal does not hold."""
        return _decrypt(self._names, sealed, [code.encode()])

    def check_letters(self, name: str, code: str) -> str:
        """Return the letters that stand beside a name on the paper; case and blanks in the name do not matter."""
        return spell(_keyed(self._checks, f"{code}\n{_settle(name)}"), CHECK_CHARS)

    def is_named(self, name: str, letters: str, code: str) -> bool:
        """Tell whether a name and the letters beside it belong to a certificate."""
        read = read_letters(letters, CHECK_CHARS) or ""
        return hmac.compare_digest(read.encode(), self.check_letters(name, code).encode())

    def close_paper(self, name: str, code: str, until: datetime) -> str:
        """Seal all that a certificate's paper needs, for an address that works until a moment in UTC without a zone."""
        seconds = int(until.replace(tzinfo=timezone.utc).timestamp())
        return _to_text(self._papers.encrypt(f"{seconds:0{MOMENT_CHARS}}{code}{name}".encode(), None))

    def open_paper(self, sealed: str, now: datetime) -> tuple[str, str] | None:
        """Return the name and the code of a paper; None if the seal does not hold, or its time is over."""
        text = _decrypt(self._papers, sealed, None)
        if text is None or int(text[:MOMENT_CHARS]) < now.replace(tzinfo=timezone.utc).timestamp():
            return None
        return text[MOMENT_CHARS + CODE_CHARS :], text[MOMENT_CHARS : MOMENT_CHARS + CODE_CHARS]


def _settle(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _keyed(secret: bytes, text: str) -> bytes:
    return hmac.digest(secret, text.encode("utf-8", "replace"), hashlib.sha256)


def _to_text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decrypt(cipher: AESSIV, sealed: str, bound_to: list[bytes] | None) -> str | None:
    if len(sealed) > SEAL_LIMIT_CHARS:
        return None
    try:
        raw = base64.b64decode(sealed + "=" * (-len(sealed) % 4), altchars=b"-_", validate=True)
        return cipher.decrypt(raw, bound_to).decode()
    except (InvalidTag, binascii.Error, ValueError):
        return None
