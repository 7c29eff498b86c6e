"""Links to papers that a learner takes away; each works once and expires."""

from __future__ import annotations

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Change the schema."""


def downgrade() -> None:
    """Change it back."""
