"""What the desk looks for among a million events, in order: who wrote when, who meant what, who was told what."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"

INDEXES = {
    "ix_outbox_sent": ("outbox", ["sent_at", "author", "learner_id"]),
    "ix_rating_helpful": ("rating", ["is_helpful", "rated_at"]),
    "ix_attempt_number": ("attempt", ["number", "lesson_id"]),
    "ix_lesson_place_lesson": ("lesson_place", ["lesson_id", "learner_id"]),
    "ix_note_lesson": ("note", ["lesson_id", "learner_id"]),
    "ix_repetition_due_on": ("repetition", ["due_on"]),
}


def upgrade() -> None:
    """Make the indexes."""
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    """Drop them."""
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table)
