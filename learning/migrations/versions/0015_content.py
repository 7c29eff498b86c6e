"""The content's drafts at the desk, and every publication with the texts before and after."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "content_revision",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("made_by", sa.String(80), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.Column("is_written", sa.Boolean, nullable=False),
        sa.Column("git_commit", sa.String(64), nullable=False),
    )
    op.create_table(
        "content_revision_file",
        sa.Column("revision_id", sa.Integer, sa.ForeignKey("content_revision.id"), primary_key=True),
        sa.Column("path", sa.String(120), primary_key=True),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
    )
    op.create_index("ix_content_revision_file_path", "content_revision_file", ["path"])
    op.create_table(
        "content_draft",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("path", sa.String(120), nullable=False, unique=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("base", sa.String(16), nullable=False),
        sa.Column("saves", sa.Integer, nullable=False),
        sa.Column("goes_with", sa.Text, nullable=False),
        sa.Column("changed_by", sa.String(80), nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for name in ("content_draft", "content_revision_file", "content_revision"):
        op.drop_table(name)
