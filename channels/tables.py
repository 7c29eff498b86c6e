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

# What people said. ``arrival`` grows with each message of anybody; a person's open messages are handled in its order.
inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("learner_id", sa.String(64), primary_key=True),
    sa.Column("message_id", sa.String(80), primary_key=True),
    sa.Column("said_hash", sa.String(64), nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("received_at", sa.DateTime, nullable=False),
    sa.Column("answered_at", sa.DateTime),  # also when it was given up, with an apology
    sa.Column("channel", sa.String(16), nullable=False, server_default="web"),  # the door that it came through
    sa.Column("arrival", sa.Integer, nullable=False, server_default="0", index=True),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),  # that failed although all was there
    sa.Column("next_try_at", sa.DateTime),  # empty before the first try has failed
    sa.Column("told_at", sa.DateTime),  # when the person was told that it waits
    sa.Column("given_up_at", sa.DateTime),
    sa.Index("ix_inbox_open", "answered_at", "learner_id"),
    sa.Index("ix_inbox_channel", "channel", "learner_id"),
)

# What is shown, of both sides. ``delivered_at`` is for doors that bring messages; the web page fetches them.
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
    sa.Column("channel", sa.String(16), nullable=False, server_default="web"),  # the door that it belongs to
    sa.Column("delivered_at", sa.DateTime),
    sa.Index("ix_outbox_learner", "learner_id", "id"),
    sa.Index("ix_outbox_message", "learner_id", "message_id"),
    sa.Index("ix_outbox_sent_at", "sent_at"),
    sa.Index("ix_outbox_undelivered", "channel", "delivered_at", "id"),
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
