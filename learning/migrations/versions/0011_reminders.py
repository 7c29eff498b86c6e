"""Reminders and each learner's own time zone."""

from __future__ import annotations

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Change the schema."""


def downgrade() -> None:
    """Change it back."""
