"""The chat page and its files: made once, at the start, from templates, scripts, styles and words; sent with a version.

A file asked for with the version in its address may be kept for ever; everything else is asked for anew each time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from channels.web.bundle import join_scripts, join_styles, version_of
from channels.web.words import Words

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"
STYLES = ("theme", "page", "menu", "turn", "picture", "dialog", "dock", "print")
LITE_STYLES = ("theme", "lite", "print")
ICONS = ("/icon.svg", "/icon-192.png")
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One file as it is sent; ``path`` is its address."""

    path: str
    kind: str
    content: bytes

    @property
    def tag(self) -> str:
        """Name what is in it, for browsers that have it already."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:16]}"'


def make_environment() -> Environment:
    """Make the maker of pages: everything filled in is escaped, and a gap that nothing fills is an error."""
    loader = FileSystemLoader(HERE / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def make_assets(words: Words) -> tuple[str, list[Asset]]:
    """Make all files that are not served as they stand; return their version and themselves."""
    sentences = {"language": words["language"], "close": words["page"]["close"], **words["chat"], **words["course"]}
    script = join_scripts(STATIC, "page", {"sentences": sentences})
    style, lite_style = join_styles(STATIC, STYLES), join_styles(STATIC, LITE_STYLES)
    look = (STATIC / "look.js").read_text(encoding="utf-8")
    templates = [path.read_text(encoding="utf-8") for path in sorted((HERE / "templates").iterdir())]
    version = version_of(script, style, lite_style, look, repr(words), *templates)
    shell = ["/", "/offline", *ICONS, *(f"{path}?v={version}" for path in ("/app.js", "/app.css", "/look.js"))]
    fill: dict[str, Any] = {"words": words, "version": version, "shell": shell}
    environment = make_environment()
    made = {
        "/": ("index.html", "text/html"),
        "/index.html": ("index.html", "text/html"),
        "/offline": ("offline.html", "text/html"),
        "/sw.js": ("sw.js", "text/javascript"),
        "/embed.js": ("embed.js", "text/javascript"),
        "/manifest.webmanifest": ("manifest.webmanifest", "application/manifest+json"),
    }
    texts = {path: (kind, environment.get_template(name).render(fill)) for path, (name, kind) in made.items()}
    texts["/app.js"] = ("text/javascript", script)
    texts["/app.css"], texts["/lite.css"] = ("text/css", style), ("text/css", lite_style)
    return version, [Asset(path, kind, text.encode("utf-8")) for path, (kind, text) in texts.items()]


class Page:
    """Serves the page.

    Args:
        words: What it says.
    """

    def __init__(self, words: Words) -> None:
        self.version, self._assets = make_assets(words)
        self._files = StaticFiles(directory=STATIC)

    def routes(self) -> list[BaseRoute]:
        """Return the routes; the last takes every address that nothing before it took."""
        made = [Route(asset.path, self._sender(asset)) for asset in self._assets]
        return [*made, Route("/look.js", self.look), Mount("/", self._files)]

    def _sender(self, asset: Asset) -> Any:
        async def send(request: Request) -> Response:
            headers = {"ETag": asset.tag} | self._caching(request)
            if request.headers.get("if-none-match", "").removeprefix("W/") == asset.tag:
                return Response(status_code=304, headers=headers)
            return Response(asset.content, media_type=asset.kind, headers=headers)

        return send

    async def look(self, request: Request) -> Response:
        """Send the small script that sets colours and size before anything is painted."""
        response = await self._files.get_response("look.js", request.scope)
        response.headers.update(self._caching(request))
        return response

    def _caching(self, request: Request) -> dict[str, str]:
        return {"Cache-Control": FOR_EVER} if request.query_params.get("v") == self.version else {}
