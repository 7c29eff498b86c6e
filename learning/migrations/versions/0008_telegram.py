"""Telegram: chats and who is behind them, updates taken, buttons that hang under messages, what could not be sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "telegram_chat",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("learner_id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "telegram_update",
        sa.Column("bot", sa.String(16), primary_key=True),
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("taken_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "telegram_keyboard",
        sa.Column("outbox_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("learner_id", sa.String(64), nullable=False),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("way_token", sa.String(24)),
        sa.Column("rate_token", sa.String(24)),
        sa.Column("is_shown", sa.Boolean, nullable=False),
    )
    op.create_table(
        "telegram_dead_letter",
        sa.Column("outbox_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("learner_id", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("given_up_at", sa.DateTime, nullable=False),
    )
    for table in ("telegram_chat", "telegram_keyboard", "telegram_dead_letter"):
        op.create_index(f"ix_{table}_learner_id", table, ["learner_id"])
    op.create_index("ix_telegram_update_taken_at", "telegram_update", ["taken_at"])


def downgrade() -> None:
    """Drop the tables."""
    for name in ("telegram_dead_letter", "telegram_keyboard", "telegram_update", "telegram_chat"):
        op.drop_table(name)
