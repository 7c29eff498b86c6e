"""Telegram: chats and who is behind them, updates taken, what could not be sent."""

from __future__ import annotations

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Change the schema."""


def downgrade() -> None:
    """Change it back."""
