"""What is stored about a learner. Times are UTC without a zone; ``message_id`` makes a repeat count once."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

learner = sa.Table(
    "learner",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("lesson_id", sa.String(80)),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.Column("time_zone", sa.String(64)),
    sa.Column("time_zone_from", sa.String(8)),  # who told it: "person", or the "page"
)

lesson_place = sa.Table(
    "lesson_place",
    metadata,
    sa.Column("learner_id", sa.String(64), primary_key=True),
    sa.Column("lesson_id", sa.String(80), primary_key=True),
    sa.Column("version", sa.String(12), nullable=False),
    sa.Column("step_key", sa.String(120), nullable=False),
    sa.Column("step_number", sa.Integer, nullable=False),
    sa.Column("picked", sa.Text, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("is_closed", sa.Boolean, nullable=False),
    sa.Column("is_done", sa.Boolean, nullable=False),
    sa.Column("updated_at", sa.DateTime, nullable=False),
    sa.Column("answered", sa.Text, nullable=False, server_default="[]"),
)

lesson_edition = sa.Table(  # what each edition of a lesson was made of: keys and fingerprints of its steps
    "lesson_edition",
    metadata,
    sa.Column("lesson_id", sa.String(80), primary_key=True),
    sa.Column("version", sa.String(12), primary_key=True),
    sa.Column("steps", sa.Text, nullable=False),
)

attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("learner_id", sa.String(64), nullable=False),
    sa.Column("lesson_id", sa.String(80), nullable=False),
    sa.Column("item_id", sa.String(160), nullable=False),
    sa.Column("version", sa.String(12), nullable=False),
    sa.Column("chosen", sa.Text, nullable=False),
    sa.Column("outcome", sa.String(10), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("message_id", sa.String(80), nullable=False),
    sa.Column("answered_at", sa.DateTime, nullable=False),
    sa.Column("sureness", sa.String(8)),
    sa.UniqueConstraint("learner_id", "message_id", name="uq_attempt_message"),
    sa.Index("ix_attempt_item", "item_id"),
)

repetition = sa.Table(  # when an item comes back
    "repetition",
    metadata,
    sa.Column("learner_id", sa.String(64), primary_key=True),
    sa.Column("item_id", sa.String(160), primary_key=True),
    sa.Column("fingerprint", sa.String(12), nullable=False),
    sa.Column("stability", sa.Float, nullable=False),
    sa.Column("difficulty", sa.Float, nullable=False),
    sa.Column("answered_on", sa.Date, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
)

sitting = sa.Table(  # the items that a learner practises again now
    "sitting",
    metadata,
    sa.Column("learner_id", sa.String(64), primary_key=True),
    sa.Column("item_ids", sa.Text, nullable=False),
    sa.Column("begun_at", sa.DateTime, nullable=False),
)

note = sa.Table(
    "note",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("learner_id", sa.String(64), nullable=False, index=True),
    sa.Column("lesson_id", sa.String(80), nullable=False),
    sa.Column("keep_as", sa.String(80), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("message_id", sa.String(80), nullable=False),
    sa.Column("written_at", sa.DateTime, nullable=False),
    sa.Column("changed_at", sa.DateTime),
    sa.UniqueConstraint("learner_id", "message_id", name="uq_note_message"),
)

question = sa.Table(
    "question",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("learner_id", sa.String(64), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("decision", sa.String(10), nullable=False),
    sa.Column("topics", sa.Text, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("message_id", sa.String(80), nullable=False),
    sa.Column("asked_at", sa.DateTime, nullable=False),
    sa.UniqueConstraint("learner_id", "message_id", name="uq_question_message"),
    sa.Index("ix_question_asked_at", "asked_at"),
    sa.Index("ix_question_decision", "decision", "learner_id"),
)

rating = sa.Table(
    "rating",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("learner_id", sa.String(64), nullable=False),
    sa.Column("topic_id", sa.String(80), nullable=False),
    sa.Column("is_helpful", sa.Boolean, nullable=False),
    sa.Column("message_id", sa.String(80), nullable=False),
    sa.Column("rated_at", sa.DateTime, nullable=False),
    sa.Column("reason", sa.String(20)),  # why it did not help, if the person said so
    sa.UniqueConstraint("learner_id", "message_id", name="uq_rating_message"),
)

project = sa.Table(
    "project",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("learner_id", sa.String(64), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("stage_id", sa.String(80), nullable=False),
    sa.Column("question_id", sa.String(160), nullable=False),
    sa.Column("message_id", sa.String(80), nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False),
    sa.UniqueConstraint("learner_id", "message_id", name="uq_project_message"),
)

plan_place = sa.Table(
    "plan_place",
    metadata,
    sa.Column("learner_id", sa.String(64), primary_key=True),
    sa.Column("project_id", sa.Integer, nullable=False),
    sa.Column("updated_at", sa.DateTime, nullable=False),
)

plan_answer = sa.Table(
    "plan_answer",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("learner_id", sa.String(64), nullable=False),
    sa.Column("project_id", sa.Integer, nullable=False, index=True),
    sa.Column("question_id", sa.String(160), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("message_id", sa.String(80), nullable=False),
    sa.Column("answered_at", sa.DateTime, nullable=False),
    sa.UniqueConstraint("learner_id", "message_id", name="uq_plan_answer_message"),
)

comparison = sa.Table(
    "comparison",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("learner_id", sa.String(64), nullable=False),
    sa.Column("chosen", sa.Text, nullable=False),
    sa.Column("attribute_key", sa.String(80), nullable=False),
    sa.Column("nearest", sa.Text, nullable=False),
    sa.Column("message_id", sa.String(80), nullable=False),
    sa.Column("begun_at", sa.DateTime, nullable=False),
    sa.Column("updated_at", sa.DateTime, nullable=False),
    sa.UniqueConstraint("learner_id", "message_id", name="uq_comparison_message"),
)

reminder = sa.Table(  # at most one that comes again, and one that comes once, wait for a learner
    "reminder",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("learner_id", sa.String(64), nullable=False, index=True),
    sa.Column("rule", sa.String(80), nullable=False),
    sa.Column("starts_on", sa.Date, nullable=False),
    sa.Column("at", sa.Time, nullable=False),
    sa.Column("is_named", sa.Boolean, nullable=False),
    sa.Column("moment", sa.DateTime),
    sa.Column("due_at", sa.DateTime, index=True),  # none when it is over or stopped
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("message_id", sa.String(80), nullable=False),
    sa.Column("made_at", sa.DateTime, nullable=False),
    sa.UniqueConstraint("learner_id", "message_id", name="uq_reminder_message"),
)

reminded = sa.Table(  # one row for each day on which a learner was reminded, as days are where they are
    "reminded",
    metadata,
    sa.Column("learner_id", sa.String(64), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("reminder_id", sa.Integer, nullable=False),
    sa.Column("sent_at", sa.DateTime, nullable=False),
)

download = sa.Table(  # a link to a paper, by the hash of its token
    "download",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("learner_id", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("subject", sa.String(80), nullable=False),
    sa.Column("format", sa.String(10), nullable=False),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("message_id", sa.String(80), nullable=False),
    sa.Column("made_at", sa.DateTime, nullable=False),
    sa.Column("expires_at", sa.DateTime, nullable=False),
    sa.Column("used_at", sa.DateTime),
    sa.UniqueConstraint("learner_id", "message_id", "kind", "subject", "format", name="uq_download_message"),
)

certificate = sa.Table(  # found by the hash of its code; the name on it is kept nowhere
    "certificate",
    metadata,
    sa.Column("code_hash", sa.String(64), primary_key=True),
    sa.Column("code_start", sa.String(8), nullable=False),
    sa.Column("learner_id", sa.String(64), index=True),  # None once the learner was erased
    sa.Column("course", sa.Text, nullable=False),
    sa.Column("version", sa.String(16), nullable=False),
    sa.Column("titles", sa.Text, nullable=False),
    sa.Column("lessons_asked", sa.Integer, nullable=False),
    sa.Column("score_percent", sa.Integer, nullable=False),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Column("issued_at", sa.DateTime, nullable=False),
    sa.Column("replaced_at", sa.DateTime),
    sa.Column("revoked_at", sa.DateTime),
    sa.Column("reason", sa.Text),  # for the course team only
)

link_code = sa.Table(  # joins another door to a learner, by a keyed hash of the code
    "link_code",
    metadata,
    sa.Column("code_hash", sa.String(64), primary_key=True),
    sa.Column("learner_id", sa.String(64), nullable=False, index=True),
    sa.Column("made_at", sa.DateTime, nullable=False),
    sa.Column("expires_at", sa.DateTime, nullable=False),
    sa.Column("used_at", sa.DateTime),
)

link_try = sa.Table(  # a code that was not right; ``learner_id`` is empty for a browser that nobody knows yet
    "link_try",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("learner_id", sa.String(64), nullable=False),
    sa.Column("tried_at", sa.DateTime, nullable=False, index=True),
)

handled = sa.Table(
    "handled",
    metadata,
    sa.Column("learner_id", sa.String(64), primary_key=True),
    sa.Column("message_id", sa.String(80), primary_key=True),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("handled_at", sa.DateTime, nullable=False),
)
