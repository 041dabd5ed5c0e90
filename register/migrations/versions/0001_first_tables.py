"""The first tables: people, sign-in, courses, tickets, attempts, completions, accounts, rights, holds and events."""

import sqlalchemy as sa
from alembic import op

from register.database import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "trusts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trusts")),
    )
    op.create_table(
        "courses",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("trust_id", sa.String(), nullable=False),
        sa.Column("training_version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["trust_id"], ["trusts.id"], name=op.f("fk_courses_trust_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_courses")),
    )
    op.create_table(
        "schools",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["trust_id"], ["trusts.id"], name=op.f("fk_schools_trust_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schools")),
        sa.UniqueConstraint("trust_id", "name", name=op.f("uq_schools_trust_id_name")),
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.String(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("folded_handle", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_accounts_school_id")),
        sa.ForeignKeyConstraint(["trust_id"], ["trusts.id"], name=op.f("fk_accounts_trust_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
    )
    op.create_index("ix_accounts_name", "accounts", ["trust_id", "platform", "folded_handle"], unique=True)
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.String(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_people_school_id")),
        sa.ForeignKeyConstraint(["trust_id"], ["trusts.id"], name=op.f("fk_people_trust_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("trust_id", "email", name=op.f("uq_people_trust_id_email")),
    )
    op.create_index(op.f("ix_people_email"), "people", ["email"], unique=False)
    op.create_table(
        "account_holders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("named_at", Instant(), nullable=False),
        sa.Column("named_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_account_holders_account_id")),
        sa.ForeignKeyConstraint(["named_by"], ["people.id"], name=op.f("fk_account_holders_named_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_account_holders_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_holders")),
        sa.UniqueConstraint("account_id", "person_id", name=op.f("uq_account_holders_account_id_person_id")),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_events_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_table(
        "holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=True),
        sa.Column("lifted_at", Instant(), nullable=True),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_holds_account_id")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_holds_author_id")),
        sa.ForeignKeyConstraint(["lifted_by"], ["people.id"], name=op.f("fk_holds_lifted_by")),
        sa.ForeignKeyConstraint(["trust_id"], ["trusts.id"], name=op.f("fk_holds_trust_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    op.create_index(op.f("ix_holds_trust_id"), "holds", ["trust_id"], unique=False)
    op.create_table(
        "link_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_link_requests_answered_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_link_requests_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_requests")),
    )
    op.create_index(
        "ix_link_requests_open",
        "link_requests",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("answered_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.create_table(
        "posting_rights",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_posting_rights_account_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_posting_rights_decided_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_posting_rights_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_rights")),
    )
    op.create_index(
        "ix_posting_rights_open",
        "posting_rights",
        ["person_id", "account_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('requested', 'granted')"),
        postgresql_where=sa.text("state IN ('requested', 'granted')"),
    )
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_digest", sa.String(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["course_digest"], ["courses.digest"], name=op.f("fk_readings_course_digest")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_readings_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        sa.UniqueConstraint("person_id", "course_digest", name=op.f("uq_readings_person_id_course_digest")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sessions_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    op.create_index(op.f("ix_sessions_person_id"), "sessions", ["person_id"], unique=False)
    op.create_table(
        "sign_in_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_sign_in_links_made_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sign_in_links_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_links_token_hash")),
    )
    op.create_table(
        "tickets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.String(), nullable=False),
        sa.Column("course_digest", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["course_digest"], ["courses.digest"], name=op.f("fk_tickets_course_digest")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_tickets_person_id")),
        sa.ForeignKeyConstraint(["trust_id"], ["trusts.id"], name=op.f("fk_tickets_trust_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_tickets_token_hash")),
    )
    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("right_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name=op.f("fk_approvals_recorded_by")),
        sa.ForeignKeyConstraint(["right_id"], ["posting_rights.id"], name=op.f("fk_approvals_right_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
        sa.UniqueConstraint("right_id", "role", name=op.f("uq_approvals_right_id_role")),
    )
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("submitted_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_attempts_person_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_attempts_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint("receipt", name=op.f("uq_attempts_receipt")),
        sa.UniqueConstraint("ticket_id", name=op.f("uq_attempts_ticket_id")),
    )
    op.create_index(op.f("ix_attempts_person_id"), "attempts", ["person_id"], unique=False)
    op.create_table(
        "completions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.String(), nullable=False),
        sa.Column("course_digest", sa.String(), nullable=False),
        sa.Column("training_version", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("passed_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_completions_attempt_id")),
        sa.ForeignKeyConstraint(["course_digest"], ["courses.digest"], name=op.f("fk_completions_course_digest")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_completions_person_id")),
        sa.ForeignKeyConstraint(["trust_id"], ["trusts.id"], name=op.f("fk_completions_trust_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completions")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_completions_attempt_id")),
    )
    op.create_index(op.f("ix_completions_person_id"), "completions", ["person_id"], unique=False)
    op.create_index(op.f("ix_completions_trust_id"), "completions", ["trust_id"], unique=False)
