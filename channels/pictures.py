"""The course's own drawings at the door: their address on the web, and the files themselves, to be read only."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from knowledge.picture_file import DRAWINGS

PATH = "/images/"
KEPT_SECONDS = 3600
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


def to_web(image: dict[str, Any] | None) -> dict[str, Any] | None:
    """Give a picture its address in place of its name; one that has an address keeps it."""
    if not image or "name" not in image:
        return image
    return {"url": f"{PATH}{image['name']}.svg", **{key: value for key, value in image.items() if key != "name"}}


class Pictures:
    """Serves the drawings of a folder, and no other file in it."""

    def __init__(self, folder: Path = DRAWINGS) -> None:
        self._files = StaticFiles(directory=folder)

    def routes(self) -> list[Route]:
        """Return the route."""
        return [Route(PATH + "{name}.svg", self.show)]

    async def show(self, request: Request) -> Response:
        """Send one drawing; browsers may keep it for an hour, and then ask whether it has changed."""
        name = request.path_params["name"]
        if not _NAME.fullmatch(name):
            raise HTTPException(404)
        response = await self._files.get_response(f"{name}.svg", request.scope)
        response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
        return response
