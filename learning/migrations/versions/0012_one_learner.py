"""One learner at several doors: codes that join them, and what was erased."""

from __future__ import annotations

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Change the schema."""


def downgrade() -> None:
    """Change it back."""
