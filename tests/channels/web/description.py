"""Reading ``openapi.yml``, and comparing what is really sent with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, RefResolver
from ruamel.yaml import YAML

import channels.web

PATH = Path(channels.web.__file__).with_name("openapi.yml")


def load_description() -> dict[str, Any]:
    """Read the description of the API."""
    description: dict[str, Any] = YAML(typ="safe").load(PATH.read_text(encoding="utf-8"))
    return description


DESCRIPTION = load_description()


def look_up(part: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference within the description."""
    while "$ref" in part:
        _, *names = part["$ref"].split("/")
        part = DESCRIPTION
        for name in names:
            part = part[name]
    return part


def trouble_with(body: Any, schema: str) -> list[str]:
    """Tell what in a body a schema of the description does not say, or says otherwise."""
    strict = _closed(DESCRIPTION)
    resolver = RefResolver.from_schema(strict)
    validator = Draft202012Validator(strict["components"]["schemas"][schema], resolver=resolver)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(body)]


def _closed(part: Any) -> Any:
    """Allow no field that is not described: clients leave unknown fields aside, the description must not."""
    if isinstance(part, list):
        return [_closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    closed = {name: _closed(value) for name, value in part.items()}
    return {**closed, "additionalProperties": False} if isinstance(part.get("properties"), dict) else closed
