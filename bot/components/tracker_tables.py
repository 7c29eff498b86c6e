"""The table of conversation events, as migration 0001 makes it.

One row an event, numbered 1, 2, 3 ... within a conversation by ``seq``. ``slots`` is filled on
rows that end a turn (``action_listen``): a JSON object of the slots that differ from their initial
value at that point. Its keys that begin with ``$`` are no slots; see ``tracker_window``.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

conversation_event = Table(
    "conversation_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(64), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("type", String(40), nullable=False),
    Column("timestamp", Float, nullable=False),  # seconds since 1970, UTC
    Column("message_id", String(80), nullable=True),
    Column("intent", String(80), nullable=True),
    Column("action", String(80), nullable=True),
    Column("data", Text, nullable=False),
    Column("slots", Text, nullable=True),
    UniqueConstraint("sender_id", "seq", name="uq_conversation_event_seq"),
    Index("ix_conversation_event_message", "sender_id", "message_id"),
    Index("ix_conversation_event_time", "timestamp"),
    Index(
        "ix_conversation_event_intent",
        "intent",
        "sender_id",
        sqlite_where=text("intent IS NOT NULL"),
        postgresql_where=text("intent IS NOT NULL"),
    ),
)
