"""What the desk stores of its own: who may look, who is looking, who did what, and marks. Times are UTC."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

desk_user = sa.Table(
    "desk_user",
    metadata,
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("password_hash", sa.String(200), nullable=False),
    sa.Column("role", sa.String(10), nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("disabled_at", sa.DateTime),
)

desk_session = sa.Table(
    "desk_session",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("name", sa.String(80), nullable=False, index=True),
    sa.Column("csrf", sa.String(64), nullable=False),
    sa.Column("opened_at", sa.DateTime, nullable=False),
    sa.Column("seen_at", sa.DateTime, nullable=False),
)

desk_try = sa.Table(  # a wrong password
    "desk_try",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(80), nullable=False, index=True),
    sa.Column("address", sa.String(64), nullable=False, index=True),
    sa.Column("tried_at", sa.DateTime, nullable=False),
)

desk_audit = sa.Table(
    "desk_audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("done_at", sa.DateTime, nullable=False, index=True),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("action", sa.String(40), nullable=False),
    sa.Column("target", sa.String(160), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

desk_mark = sa.Table(  # what the team noted about a conversation
    "desk_mark",
    metadata,
    sa.Column("learner_id", sa.String(64), primary_key=True),
    sa.Column("reviewed_to", sa.Integer),
    sa.Column("is_flagged", sa.Boolean, nullable=False),
    sa.Column("tags", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("handed_to", sa.String(80)),
    sa.Column("changed_by", sa.String(80), nullable=False),
    sa.Column("changed_at", sa.DateTime, nullable=False),
)

desk_said = sa.Table(  # what was typed, in small letters without accents, and how it was understood; see said.py
    "desk_said",
    metadata,
    sa.Column("outbox_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("learner_id", sa.String(64), nullable=False, index=True),
    sa.Column("intent", sa.String(80), index=True),
    sa.Column("confidence", sa.Float),
    sa.Column("words", sa.Text, nullable=False),
)

desk_correction = sa.Table(  # a message that meant something else than the tutor took it for
    "desk_correction",
    metadata,
    sa.Column("learner_id", sa.String(64), primary_key=True),
    sa.Column("message_id", sa.String(80), primary_key=True),
    sa.Column("meant", sa.String(120), nullable=False),  # an intent, or "topic:" and the id of a topic
    sa.Column("changed_by", sa.String(80), nullable=False),
    sa.Column("changed_at", sa.DateTime, nullable=False),
)

# What the doors and the assistant write, as the desk reads it; it never writes there.
outbox = sa.table(
    "outbox",
    *(sa.column(name, kind) for name, kind in (("id", sa.Integer), ("sent_at", sa.DateTime))),
    *(sa.column(name, sa.Text) for name in ("learner_id", "message_id", "author", "text", "extras", "channel")),
)
event = sa.table(
    "conversation_event",
    *(sa.column(name, sa.Text) for name in ("sender_id", "type", "message_id", "intent", "action", "data", "slots")),
    *(sa.column(name, sa.Integer) for name in ("id", "seq")),
    sa.column("timestamp", sa.Float),
)
inbox = sa.table("inbox", *(sa.column(name, sa.Text) for name in ("learner_id", "message_id", "channel")))
