"""Certificates: what was certified, when, and whether it still holds; no name."""

from __future__ import annotations

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Change the schema."""


def downgrade() -> None:
    """Change it back."""
