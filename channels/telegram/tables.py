"""What the door in Telegram stores. ``telegram_chat`` is the only place where the number of a chat stands."""

from __future__ import annotations

import sqlalchemy as sa

from channels.tables import metadata

telegram_chat = sa.Table(
    "telegram_chat",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("learner_id", sa.String(64), nullable=False, index=True),
    sa.Column("state", sa.String(8), nullable=False),  # open, blocked (by the person), gone
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("changed_at", sa.DateTime, nullable=False),
)

telegram_update = sa.Table(  # updates that were taken; Telegram sends one again until it is sure that it arrived
    "telegram_update",
    metadata,
    sa.Column("bot", sa.String(16), primary_key=True),
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("taken_at", sa.DateTime, nullable=False, index=True),
)

telegram_keyboard = sa.Table(  # buttons under a message: where they hang, and which were pressed
    "telegram_keyboard",
    metadata,
    sa.Column("outbox_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("learner_id", sa.String(64), nullable=False, index=True),
    sa.Column("message_id", sa.BigInteger),  # of the message in the chat; none while it is not known
    sa.Column("way_token", sa.String(24)),
    sa.Column("rate_token", sa.String(24)),
    sa.Column("is_shown", sa.Boolean, nullable=False),
)

telegram_dead_letter = sa.Table(  # what could not be sent; the text itself stays in the outbox
    "telegram_dead_letter",
    metadata,
    sa.Column("outbox_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("learner_id", sa.String(64), nullable=False, index=True),
    sa.Column("reason", sa.String(32), nullable=False),
    sa.Column("given_up_at", sa.DateTime, nullable=False),
)
