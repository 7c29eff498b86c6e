"""Putting another file in the place of one, as a restore or an accident does."""

from __future__ import annotations

from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Put a new file with this content where another one stands; who has that one open keeps it."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(data)
    fresh.replace(path)
