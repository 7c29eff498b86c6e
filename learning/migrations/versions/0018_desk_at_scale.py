"""What the desk looks for among a million events, in order: who wrote when, who meant what, who was told what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0014"

INDEXES = {
    "ix_outbox_sent": ("outbox", ["sent_at", "author", "learner_id"]),
    "ix_question_decision": ("question", ["decision", "learner_id"]),
    "ix_rating_helpful": ("rating", ["is_helpful", "rated_at"]),
    "ix_attempt_number": ("attempt", ["number", "lesson_id"]),
    "ix_lesson_place_lesson": ("lesson_place", ["lesson_id", "learner_id"]),
    "ix_note_lesson": ("note", ["lesson_id", "learner_id"]),
    "ix_repetition_due_on": ("repetition", ["due_on"]),
}
INTENT = "ix_conversation_event_intent"


def upgrade() -> None:
    """Make the indexes; the one over intents holds only what people said, a tenth of the events."""
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
    is_said = sa.text("intent IS NOT NULL")
    columns = ["intent", "sender_id"]
    op.create_index(INTENT, "conversation_event", columns, sqlite_where=is_said, postgresql_where=is_said)


def downgrade() -> None:
    """Drop them."""
    op.drop_index(INTENT, "conversation_event")
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table)
