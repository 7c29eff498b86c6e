"""The doors: sessions of the web page, what came in, what went out, and the buttons that were offered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "web_session",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("learner_id", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_web_session_learner_id", "web_session", ["learner_id"])
    op.create_table(
        "inbox",
        sa.Column("learner_id", sa.String(64), primary_key=True),
        sa.Column("message_id", sa.String(80), primary_key=True),
        sa.Column("said_hash", sa.String(64), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("received_at", sa.DateTime, nullable=False),
        sa.Column("answered_at", sa.DateTime),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("learner_id", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(80), nullable=False),
        sa.Column("author", sa.String(8), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("extras", sa.Text, nullable=False),
        sa.Column("sent_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_learner", "outbox", ["learner_id", "id"])
    op.create_index("ix_outbox_message", "outbox", ["learner_id", "message_id"])
    op.create_table(
        "button",
        sa.Column("token", sa.String(24), primary_key=True),
        sa.Column("learner_id", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("offered_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_button_offered_at", "button", ["offered_at"])


def downgrade() -> None:
    """Drop the tables."""
    for name in ("button", "outbox", "inbox", "web_session"):
        op.drop_table(name)
