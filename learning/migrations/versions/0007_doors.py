"""What the doors must keep to lose nothing: which door a message came through, how far each door has delivered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
INBOX = ("channel", "arrival", "tries", "next_try_at", "told_at", "given_up_at")


def upgrade() -> None:
    """Make the columns; what is there already came by the web, in the order of its times."""
    op.add_column("inbox", sa.Column("channel", sa.String(16), nullable=False, server_default="web"))
    op.add_column("inbox", sa.Column("arrival", sa.Integer, nullable=False, server_default="0"))
    op.add_column("inbox", sa.Column("tries", sa.Integer, nullable=False, server_default="0"))
    op.add_column("inbox", sa.Column("next_try_at", sa.DateTime))
    op.add_column("inbox", sa.Column("told_at", sa.DateTime))
    op.add_column("inbox", sa.Column("given_up_at", sa.DateTime))
    op.create_index("ix_inbox_arrival", "inbox", ["arrival"])
    op.create_index("ix_inbox_open", "inbox", ["answered_at", "learner_id"])
    op.add_column("outbox", sa.Column("channel", sa.String(16), nullable=False, server_default="web"))
    op.add_column("outbox", sa.Column("delivered_at", sa.DateTime))
    op.create_index("ix_outbox_undelivered", "outbox", ["channel", "delivered_at", "id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_outbox_undelivered", "outbox")
    for name in ("delivered_at", "channel"):
        op.drop_column("outbox", name)
    for index in ("ix_inbox_open", "ix_inbox_arrival"):
        op.drop_index(index, "inbox")
    for name in reversed(INBOX):
        op.drop_column("inbox", name)
