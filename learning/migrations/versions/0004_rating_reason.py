"""Why an answer did not help, beside the rating."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column."""
    op.add_column("rating", sa.Column("reason", sa.String(20), nullable=True))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("rating", "reason")
