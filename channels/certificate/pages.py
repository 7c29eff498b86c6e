"""Rendering the pages about certificates; what they say stands in ``templates``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from learning.certificate_words import MONTHS

TEMPLATES = Path(__file__).resolve().parent / "templates"
RETRY_SECONDS = 600


def show(template: str, status: int = 200, **values: Any) -> Response:
    """Render a page. Nothing of it may be kept on the way, or found by a search engine."""
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    if status == 429:
        headers["Retry-After"] = str(RETRY_SECONDS)
    return HTMLResponse(_environment().get_template(template).render(**values), status_code=status, headers=headers)


async def read_form(request: Request) -> dict[str, str]:
    """Read the fields of a form as a browser posts it; the first of each name, and none that cannot be read."""
    try:
        fields = parse_qs((await request.body()).decode(), keep_blank_values=True, max_num_fields=10)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(), undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["day"] = lambda moment: f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    return environment
