"""What the doors store: who was given which token, what came in, what went out. Times are UTC without a zone."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

web_session = sa.Table(
    "web_session",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("learner_id", sa.String(64), nullable=False, index=True),
    sa.Column("created_at", sa.DateTime, nullable=False),
)

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("learner_id", sa.String(64), primary_key=True),
    sa.Column("message_id", sa.String(80), primary_key=True),
    sa.Column("said_hash", sa.String(64), nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("received_at", sa.DateTime, nullable=False),
    sa.Column("answered_at", sa.DateTime),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("learner_id", sa.String(64), nullable=False),
    sa.Column("message_id", sa.String(80), nullable=False),
    sa.Column("author", sa.String(8), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("extras", sa.Text, nullable=False),
    sa.Column("sent_at", sa.DateTime, nullable=False),
    sa.Index("ix_outbox_learner", "learner_id", "id"),
    sa.Index("ix_outbox_message", "learner_id", "message_id"),
    sqlite_autoincrement=True,
)

button = sa.Table(
    "button",
    metadata,
    sa.Column("token", sa.String(24), primary_key=True),
    sa.Column("learner_id", sa.String(64), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("offered_at", sa.DateTime, nullable=False, index=True),
)
