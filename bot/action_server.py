"""The action server: everything is loaded before the first turn asks for it, and it listens on loopback only."""

from __future__ import annotations

import os

from rasa_sdk.endpoint import run

from bot.actions.composition import parts
from settings import LOOPBACK, load_settings


def main() -> None:
    """Load the parts and serve."""
    parts()
    os.environ["SANIC_HOST"] = LOOPBACK
    run("bot.actions", port=load_settings().actions_port)


if __name__ == "__main__":
    main()
