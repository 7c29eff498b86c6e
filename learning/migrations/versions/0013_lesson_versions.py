"""Which version of a lesson a learner started."""

from __future__ import annotations

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Change the schema."""


def downgrade() -> None:
    """Change it back."""
