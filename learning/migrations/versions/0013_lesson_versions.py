"""What each edition of a lesson was made of, so that a learner finds their step again in the next one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "lesson_edition",
        sa.Column("lesson_id", sa.String(80), primary_key=True),
        sa.Column("version", sa.String(12), primary_key=True),
        sa.Column("steps", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("lesson_edition")
