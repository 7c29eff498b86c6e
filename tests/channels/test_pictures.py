"""Drawings are served to be read: with the right type, kept for a while, and running nothing."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from channels.headers import PICTURE_POLICY
from channels.pictures import Pictures, to_web
from tests.channels.visitor import error_of, visit

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 640"><title>A ladder</title></svg>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with one drawing, and with files that are none."""
    folder = tmp_path / "drawn"
    folder.mkdir()
    (folder / "ladder.svg").write_text(DRAWING, encoding="utf-8")
    (folder / "images.yml").write_text("ladder: {}", encoding="utf-8")
    (tmp_path / "secret.svg").write_text("<svg/>", encoding="utf-8")
    return folder


async def ask(folder: Path, path: str, method: str = "GET", **headers: str) -> httpx.Response:
    """Ask for a file of the folder."""
    async with visit(Starlette(routes=[*Pictures(folder).routes()])) as client:
        return await client.request(method, path, headers=headers)


async def test_drawing_is_sent_as_picture(folder: Path) -> None:
    """Its type is that of a drawing, and a browser may keep it for an hour."""
    answer = await ask(folder, "/images/ladder.svg")

    assert (answer.status_code, answer.text) == (200, DRAWING)
    assert answer.headers["Content-Type"].partition(";")[0] == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"


async def test_drawing_kept_is_not_sent_again(folder: Path) -> None:
    """A browser that has it asks whether it has changed, and hears that it has not."""
    tag = (await ask(folder, "/images/ladder.svg")).headers["ETag"]

    answer = await ask(folder, "/images/ladder.svg", **{"If-None-Match": tag})

    assert (answer.status_code, answer.content) == (304, b"")


async def test_drawing_is_there_to_be_read_only(folder: Path) -> None:
    """Its head can be asked for; nothing can be put there or taken away."""
    head, *others = [await ask(folder, "/images/ladder.svg", method) for method in ("HEAD", "POST", "PUT", "DELETE")]

    assert (head.status_code, head.content) == (200, b"")
    assert {answer.status_code for answer in others} == {405}
    assert (folder / "ladder.svg").read_text(encoding="utf-8") == DRAWING


@pytest.mark.parametrize(
    "path",
    [
        "/images/no-such.svg",
        "/images/images.yml",
        "/images/ladder",
        "/images/ladder.svg.svg",
        "/images/LADDER.svg",
        "/images/../secret.svg",
        "/images/..%2Fsecret.svg",
        "/images/%2e%2e%2fsecret.svg",
        "/images/%00.svg",
        "/images/ladder%00.svg",
        "/images/.svg",
        "/images/",
        f"/images/{'x' * 5_000}.svg",
    ],
)
async def test_other_file_is_not_there(folder: Path, path: str) -> None:
    """Only drawings of the folder are served, by their plain names."""
    assert (await ask(folder, path)).status_code == 404


async def test_gateway_serves_drawings_safely(stranger: httpx.AsyncClient) -> None:
    """At the door a drawing has its strict policy, and a missing one is told like everything that is not there."""
    answer = await stranger.get("/images/no-such.svg")

    assert error_of(answer) == (404, "http_404")
    assert answer.headers["Content-Security-Policy"] == PICTURE_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_picture_gets_address_for_name() -> None:
    """A name becomes an address; an address stays, and so does nothing."""
    assert to_web({"name": "ladder", "alt": "a"}) == {"url": "/images/ladder.svg", "alt": "a"}
    assert to_web({"url": "/a.png", "alt": "a"}) == {"url": "/a.png", "alt": "a"}
    assert to_web(None) is None


async def test_drawing_is_sent_as_png_too(folder: Path) -> None:
    """The same drawing comes as PNG, kept as long; one that is not there is not found."""
    answer = await ask(folder, "/images/ladder.png")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.content.startswith(b"\x89PNG")
    assert (await ask(folder, "/images/secret.png")).status_code == 404
    assert (await ask(folder, "/images/..%2Fsecret.png")).status_code == 404
