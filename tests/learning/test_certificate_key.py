"""The key behind certificates is made once and kept from others."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import jwt
import pytest

from learning.certificate_key import FILE_NAME, CertificateKey, KeyUnusable, kept_key, make_key
from learning.errors import LearningError


def _public_key(folder: Path) -> dict[str, str]:
    return kept_key(folder).public


def test_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    """The second start finds the first one's key, which nobody else may read."""
    first, second = kept_key(tmp_path / "var"), kept_key(tmp_path / "var")

    assert first.public == second.public
    assert (tmp_path / "var" / FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == [FILE_NAME]


def test_key_made_by_several_at_once_is_one(tmp_path: Path) -> None:
    """Of processes that start together each gets the same whole key."""
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        keys = pool.map(_public_key, [tmp_path] * 3)

    assert keys[0] == keys[1] == keys[2]


def test_public_key_tells_nothing_private() -> None:
    """What is published is the public half alone."""
    assert set(make_key().public) == {"kty", "crv", "x", "y", "alg", "use"}


def test_signature_holds_for_public_key_only() -> None:
    """Who has the published key can check what was signed, and another key fits not."""
    key, other = make_key(), make_key()
    token = key.sign({"name": "Ann"}, "https://tutor.example.org/key")

    assert jwt.decode(token, jwt.PyJWK(key.public), algorithms=["ES256"]) == {"name": "Ann"}
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(token, jwt.PyJWK(other.public), algorithms=["ES256"])


def test_secrets_differ_by_purpose_and_key() -> None:
    """One key gives the same secret for a purpose, and different ones for different purposes."""
    key = make_key()

    assert key.derive("a", 32) == key.derive("a", 32)
    assert len({key.derive("a", 32), key.derive("b", 32), make_key().derive("a", 32)}) == 3


OTHER_KIND = """-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----
"""


@pytest.mark.parametrize(
    ("text", "gist"), [("", "holds no key"), ("nonsense", "holds no key"), (OTHER_KIND, "a key of another kind")]
)
def test_key_file_broken_names_itself(tmp_path: Path, text: str, gist: str) -> None:
    """A file that holds no such key is named, and left as it is."""
    path = tmp_path / FILE_NAME
    path.write_text(text, encoding="utf-8")

    with pytest.raises(KeyUnusable, match=gist) as caught:
        kept_key(tmp_path)

    assert FILE_NAME in str(caught.value)
    assert isinstance(caught.value, LearningError)
    assert path.read_text(encoding="utf-8") == text


def test_key_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    """Where no file can be made, the place is named."""
    (tmp_path / "var").write_text("", encoding="utf-8")

    with pytest.raises(KeyUnusable, match="cannot be used"):
        kept_key(tmp_path / "var")


def test_key_made_for_tests_is_whole() -> None:
    """A key that is not kept can do the same."""
    assert isinstance(make_key(), CertificateKey)
