"""What the doors must keep to lose nothing: which door a message came through, how far each door has delivered."""

from __future__ import annotations

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Change the schema."""


def downgrade() -> None:
    """Change it back."""
