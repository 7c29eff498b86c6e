"""The page as it is sent: small, in versions, in one language a file, with nothing from elsewhere."""

from __future__ import annotations

import re
import struct
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest

from channels.fake_assistant import FakeAssistant
from channels.gateway import create_app
from channels.web import page as page_module
from channels.web.page import FOR_EVER, STATIC
from channels.web.words import FOLDER, languages, load_words
from settings import Settings, SettingsError
from tests.channels.visitor import visit

FIRST_LOAD_LIMIT_BYTES = 60_000
TEMPLATES = STATIC.parent / "templates"
TEXTS = [path for folder in (STATIC, TEMPLATES) for path in folder.iterdir() if path.suffix not in (".png", ".svg")]


class Asked(HTMLParser):
    """What a page has the browser load, and the text that people read or hear in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.texts: list[str] = []
        self.inline: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note addresses, and texts in attributes."""
        values = {name: value or "" for name, value in attrs}
        self._inside = tag
        self.inline += [name for name in values if name == "style" or name.startswith("on")]
        if tag in ("script", "img") or (tag == "link" and values.get("rel") != "apple-touch-icon"):
            self.loads.append(values.get("src") or values.get("href") or "")
        self.texts += [values[name] for name in ("aria-label", "alt", "placeholder", "title") if values.get(name)]

    def handle_data(self, data: str) -> None:
        """Note texts."""
        (self.inline if self._inside in ("script", "style") else self.texts).append(data.strip())


async def fetch(client: httpx.AsyncClient, path: str) -> tuple[int, httpx.Response]:
    """Ask for a file as a browser does; return the bytes that went over the line, and the answer."""
    async with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
        size = len(b"".join([chunk async for chunk in answer.aiter_raw()]))
    return size, await client.get(path)


async def test_first_load_stays_small(stranger: httpx.AsyncClient) -> None:
    """Page, styles, scripts, icon and manifest together, as they go over the line."""
    paths = ["/", *Asked((await stranger.get("/")).text).loads]

    sizes = {path: (await fetch(stranger, path))[0] for path in paths}

    assert len(sizes) >= 5
    assert sum(sizes.values()) < FIRST_LOAD_LIMIT_BYTES / 2  # well below: other parts grow, too


async def test_file_of_this_version_is_kept_for_ever(stranger: httpx.AsyncClient) -> None:
    """With its version in the address a file never changes; without one it is asked for anew."""
    loads = Asked((await stranger.get("/")).text).loads

    versioned = [await stranger.get(path) for path in loads if "?v=" in path]
    others = [
        await stranger.get(path) for path in ("/", "/sw.js", "/app.js", "/app.js?v=other", "/manifest.webmanifest")
    ]

    assert len(versioned) == 3
    assert {answer.headers["Cache-Control"] for answer in versioned} == {FOR_EVER}
    assert {answer.headers["Cache-Control"] for answer in others} == {"no-cache"}


async def test_worker_names_the_version_of_the_page(stranger: httpx.AsyncClient) -> None:
    """A changed page has a changed worker, which is how browsers find out."""
    page, worker = (await stranger.get("/")).text, (await stranger.get("/sw.js")).text

    versions = set(re.findall(r"\?v=(\w+)", page))

    assert len(versions) == 1
    assert f"tutor-{versions.pop()}" in worker


@pytest.mark.parametrize("path", ["/", "/offline", "/lite"])
async def test_page_needs_nothing_from_elsewhere(stranger: httpx.AsyncClient, path: str) -> None:
    """Every file comes from here, and neither code nor style stands in the page itself."""
    asked = Asked((await stranger.get(path)).text)

    assert [url for url in asked.loads if not re.match(r"/[\w.-]+(\?v=\w+)?$", url)] == []
    assert [text for text in asked.inline if text] == []


def test_no_file_of_page_names_another_site() -> None:
    """Neither scripts nor styles could load anything."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in TEXTS}
    own = {name: text.replace('startswith(("https://", "http://"))', "") for name, text in texts.items()}

    assert [name for name, text in own.items() if re.search(r"https?://\w|@import|//cdn", text)] == []


async def test_manifest_shows_icons_of_their_size(stranger: httpx.AsyncClient) -> None:
    """Every icon is there, as large as the manifest says; one may be cut to any shape."""
    manifest: dict[str, Any] = (await stranger.get("/manifest.webmanifest")).json()

    for icon in manifest["icons"]:
        content = (await stranger.get(icon["src"])).content
        if icon["type"] == "image/png":
            width, height = struct.unpack(">II", content[16:24])
            assert icon["sizes"] == f"{width}x{height}"
    assert {icon["sizes"] for icon in manifest["icons"]} >= {"192x192", "512x512"}
    assert [icon["purpose"] for icon in manifest["icons"]].count("maskable") == 1
    assert (manifest["start_url"], manifest["display"], manifest["lang"]) == ("/", "standalone", "en")


def sentences(part: Any) -> list[str]:
    """Return every sentence of a file of words."""
    if isinstance(part, dict):
        return [one for value in part.values() for one in sentences(value)]
    return [part]


def test_no_sentence_of_page_stands_elsewhere() -> None:
    """Two words in a row in a string or a text of a page are a sentence, and sentences stand in the words' file."""
    found = [
        f"{path.name}: {text}" for path in TEXTS for text in spoken(path) if re.search(r"[A-Za-z]{2,} [a-z]{2,}", text)
    ]

    assert found == []


def spoken(path: Path) -> list[str]:
    """Return what a file could say: texts of a template, strings of a script that are not for the console."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return Asked(re.sub(r"\{[{%].*?[%}]\}", "", text, flags=re.DOTALL)).texts
    if path.suffix != ".js":
        return []
    unspoken = r"/\*.*?\*/|^\s*//.*?$|console\.warn\(.*?\);|const STYLE = `.*?`|className: [^,}\n]+"
    text = re.sub(unspoken, "", text, flags=re.DOTALL | re.MULTILINE)
    strings = re.findall(r'"([^"\n]*)"|`([^`]*)`', text)
    return [one for pair in strings for one in pair if not re.search(r"[=\[(:#]|^use strict$", one)]


def test_every_sentence_is_used() -> None:
    """No sentence is left over: translators translate what people read."""
    texts = "".join(path.read_text(encoding="utf-8") for path in TEXTS)
    code = texts + (STATIC.parent / "lite.py").read_text(encoding="utf-8")
    words = load_words()

    unused = [
        f"{part}.{name}"
        for part, names in words.items()
        if isinstance(names, dict)
        for name in names
        if not re.search(rf"""[.]{name}\b|["']{name}["']""", code)
    ]

    assert unused == []


@pytest.mark.parametrize("language", languages())
def test_translation_has_every_sentence_with_its_gaps(language: str) -> None:
    """Each language has the sentences of English, and each sentence its gaps."""
    english, other = load_words("en"), load_words(language)

    assert set(other) == set(english)
    for part, names in english.items():
        if isinstance(names, dict):
            assert set(other[part]) == set(names)
            for name, text in names.items():
                gaps = [
                    set(re.findall(r"\{\w+\}", one)) for one in (sentences(text)[-1], sentences(other[part][name])[-1])
                ]
                assert gaps[0] == gaps[1], f"{language}.yml: {part}.{name}"
    assert other["direction"] in ("ltr", "rtl")


async def test_page_in_another_language_is_one_file(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of words and a setting are all that a translation needs."""
    text = (FOLDER / "en.yml").read_text(encoding="utf-8")
    text = text.replace("language: en", "language: fi").replace("send: Send", "send: Lähetä")
    (tmp_path / "fi.yml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("channels.web.words.FOLDER", tmp_path)
    async with visit(create_app(replace(settings, page_language="fi"), FakeAssistant())) as client:
        page, lite = (await client.get("/")).text, (await client.get("/lite")).text

    assert '<html lang="fi"' in page and '<html lang="fi"' in lite
    assert 'aria-label="Lähetä"' in page


def test_language_that_page_does_not_speak_is_told(settings: Settings) -> None:
    """The setting is named, with the languages that are there."""
    with pytest.raises(SettingsError, match=r"^PAGE_LANGUAGE is 'xx'; the page speaks en$"):
        create_app(replace(settings, page_language="xx"), FakeAssistant())


def test_every_style_is_joined_or_named_by_a_page() -> None:
    """No style sheet lies beside the page that nobody gets."""
    joined = {f"{name}.css" for name in (*page_module.STYLES, *page_module.LITE_STYLES)}
    doors = STATIC.parent.parent
    texts = "".join(path.read_text(encoding="utf-8") for kind in ("*.html", "*.py") for path in doors.rglob(kind))

    assert [path.name for path in STATIC.glob("*.css") if path.name not in joined and path.name not in texts] == []
