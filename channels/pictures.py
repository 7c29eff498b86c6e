"""The course's own drawings at the door: their address on the web, and the files themselves, to be read only."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from knowledge.drawing import file_to_png
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
        self._folder = folder
        self._files = StaticFiles(directory=folder)

    def routes(self) -> list[Route]:
        """Return the route."""
        return [Route(PATH + "{name}.svg", self.show), Route(PATH + "{name}.png", self.show_png)]

    async def show(self, request: Request) -> Response:
        """Send one drawing; browsers may keep it for an hour, and then ask whether it has changed."""
        response = await self._files.get_response(f"{_name(request)}.svg", request.scope)
        response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
        return response

    async def show_png(self, request: Request) -> Response:
        """Send one drawing as PNG, for those who want to keep it or show it where no SVG is shown."""
        drawing = self._folder / f"{_name(request)}.svg"
        try:
            png = await run_in_threadpool(file_to_png, drawing)
        except FileNotFoundError as error:
            raise HTTPException(404) from error
        return Response(png, media_type="image/png", headers={"Cache-Control": f"public, max-age={KEPT_SECONDS}"})


def _name(request: Request) -> str:
    name: str = request.path_params["name"]
    if not _NAME.fullmatch(name):
        raise HTTPException(404)
    return name
