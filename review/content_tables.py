"""What the desk stores about the content: publications with the texts before and after, and drafts. Times are UTC."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

content_revision = sa.Table(  # one publication; ``is_written`` is false while its files are being written
    "content_revision",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("made_at", sa.DateTime, nullable=False),
    sa.Column("made_by", sa.String(80), nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("undoes", sa.Integer),
    sa.Column("is_written", sa.Boolean, nullable=False),
    sa.Column("git_commit", sa.String(64), nullable=False),
)

content_revision_file = sa.Table(  # no text: the file was not there
    "content_revision_file",
    metadata,
    sa.Column("revision_id", sa.Integer, sa.ForeignKey("content_revision.id"), primary_key=True),
    sa.Column("path", sa.String(120), primary_key=True),
    sa.Column("before", sa.Text),
    sa.Column("after", sa.Text),
    sa.Index("ix_content_revision_file_path", "path"),
)

content_draft = sa.Table(  # one draft a file; ``saves`` counts, so that who is second is told
    "content_draft",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("path", sa.String(120), nullable=False, unique=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("base", sa.String(16), nullable=False),
    sa.Column("saves", sa.Integer, nullable=False),
    sa.Column("goes_with", sa.Text, nullable=False),
    sa.Column("changed_by", sa.String(80), nullable=False),
    sa.Column("changed_at", sa.DateTime, nullable=False),
)
