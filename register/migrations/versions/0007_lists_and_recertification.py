"""When trainings are due again, which completions were cancelled, calendar feeds and reminders."""

import sqlalchemy as sa
from alembic import op

from register.append_only import protect
from register.database import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and let the longest of a person's completions be found without reading the others."""
    op.create_table(
        "recertification_rules",
        sa.Column("trust_id", sa.String(), nullable=False),
        sa.Column("due_month", sa.Integer(), nullable=True),
        sa.Column("due_day", sa.Integer(), nullable=True),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["trust_id"], ["trusts.id"], name=op.f("fk_recertification_rules_trust_id")),
        sa.PrimaryKeyConstraint("trust_id", name=op.f("pk_recertification_rules")),
    )
    op.create_table(
        "cancellations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("completion_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("cancelled_at", Instant(), nullable=False),
        sa.Column("cancelled_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["cancelled_by"], ["people.id"], name=op.f("fk_cancellations_cancelled_by")),
        sa.ForeignKeyConstraint(["completion_id"], ["completions.id"], name=op.f("fk_cancellations_completion_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_cancellations_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cancellations")),
        sa.UniqueConstraint("completion_id", name=op.f("uq_cancellations_completion_id")),
    )
    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_calendar_feeds_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feeds_token_hash")),
    )
    op.create_index(op.f("ix_calendar_feeds_person_id"), "calendar_feeds", ["person_id"])
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reminders_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("person_id", "about", name=op.f("uq_reminders_person_id_about")),
    )
    op.create_index(
        op.f("ix_completions_person_id_expires_on_id"),
        "completions",
        ["person_id", "expires_on", "id"],
    )
    for statement in protect(op.get_bind().dialect.name, "cancellations"):
        op.execute(statement)
