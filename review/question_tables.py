"""What the desk stores about questions: vectors, what was decided, examples in drafts; and trainings. Times are UTC."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

desk_vector = sa.Table(  # of a question's text, as it is read; it goes with whoever asked
    "desk_vector",
    metadata,
    sa.Column("question_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("learner_id", sa.String(64), nullable=False, index=True),
    sa.Column("encoder", sa.String(16), nullable=False),
    sa.Column("text_hash", sa.String(64), nullable=False),
    sa.Column("vector", sa.LargeBinary, nullable=False),
)

desk_decided = sa.Table(  # what the team did with a question: "variant", "refusal", "entry" or "ignored"
    "desk_decided",
    metadata,
    sa.Column("question_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("learner_id", sa.String(64), nullable=False, index=True),
    sa.Column("decision", sa.String(10), nullable=False),
    sa.Column("decided_by", sa.String(80), nullable=False),
    sa.Column("decided_at", sa.DateTime, nullable=False),
)

desk_draft_question = sa.Table(  # a line of a draft that is somebody's question; an erasure takes it out there too
    "desk_draft_question",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("learner_id", sa.String(64), nullable=False, index=True),
    sa.Column("draft_path", sa.String(160), nullable=False),
    sa.Column("line", sa.Text, nullable=False),  # empty: the draft was begun from the question, no line has it now
    sa.Column("question_id", sa.Integer),
    sa.Column("is_verbatim", sa.Boolean, nullable=False, server_default=sa.true()),  # not put in other words
)

desk_draft_notice = sa.Table(  # what an erasure took out of a draft; ``hashes`` keep it from coming back
    "desk_draft_notice",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("draft_path", sa.String(160), nullable=False),
    sa.Column("lines", sa.Integer, nullable=False),
    sa.Column("places", sa.Integer, nullable=False),
    sa.Column("salt", sa.String(32), nullable=False),
    sa.Column("hashes", sa.Text, nullable=False),
    sa.Column("is_seen", sa.Boolean, nullable=False),
    sa.Column("noted_at", sa.DateTime, nullable=False),
)

desk_taken = sa.Table(  # whose messages a test file holds that somebody took along; nobody's: they were forgotten
    "desk_taken",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("learner_id", sa.String(64), index=True),
    sa.Column("file", sa.String(80), nullable=False),
    sa.Column("line_ids", sa.Text, nullable=False),
    sa.Column("taken_by", sa.String(80), nullable=False),
    sa.Column("taken_at", sa.DateTime, nullable=False),
)

desk_training = sa.Table(  # ``state``: waiting, running, done, failed; ``seen_at``: its process was alive then
    "desk_training",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("state", sa.String(10), nullable=False, index=True),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("asked_by", sa.String(80), nullable=False),
    sa.Column("asked_at", sa.DateTime, nullable=False),
    sa.Column("begun_at", sa.DateTime),
    sa.Column("seen_at", sa.DateTime),
    sa.Column("ended_at", sa.DateTime),
    sa.Column("process", sa.Integer),
    sa.Column("doing", sa.Text, nullable=False),
    sa.Column("content", sa.String(16), nullable=False),
    sa.Column("report", sa.Text, nullable=False),
)

desk_model = sa.Table(  # which training's model went live, each time; none: the one that was there before
    "desk_model",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("training_id", sa.Integer),
    sa.Column("taken_by", sa.String(80), nullable=False),
    sa.Column("taken_at", sa.DateTime, nullable=False),
)
