"""Events become a chain, what is evidence can only be added to, and each trust says how long it keeps personal data."""

import sqlalchemy as sa
from alembic import op

from register import chain
from register.append_only import protect
from register.database import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PROTECTED_THEN = ("events", "attempts", "completions")
EVENTS = sa.table(
    "events",
    sa.column("id", sa.Integer),
    sa.column("at", Instant),
    sa.column("actor_id", sa.Integer),
    sa.column("name", sa.String),
    sa.column("subjects", sa.JSON),
    sa.column("facts", sa.JSON),
    sa.column("previous", sa.String),
    sa.column("hash", sa.String),
)


def upgrade() -> None:
    """Chain the events already on record, in their order and with numbers that leave out none; then close the log."""
    op.create_table(
        "writers", sa.Column("id", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("id", name=op.f("pk_writers"))
    )
    op.create_table(
        "retention_rules",
        sa.Column("trust_id", sa.String(), nullable=False),
        sa.Column("leavers_months", sa.Integer(), nullable=True),
        sa.Column("sign_ins_days", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["trust_id"], ["trusts.id"], name=op.f("fk_retention_rules_trust_id")),
        sa.PrimaryKeyConstraint("trust_id", name=op.f("pk_retention_rules")),
    )
    op.add_column("people", sa.Column("erased_at", Instant(), nullable=True))
    op.add_column("events", sa.Column("previous", sa.String(), nullable=True))
    op.add_column("events", sa.Column("hash", sa.String(), nullable=True))
    _chain()
    with op.batch_alter_table("events") as table:
        table.alter_column("previous", existing_type=sa.String(), nullable=False)
        table.alter_column("hash", existing_type=sa.String(), nullable=False)
        table.create_unique_constraint(op.f("uq_events_previous"), ["previous"])
        table.create_unique_constraint(op.f("uq_events_hash"), ["hash"])
    connection = op.get_bind()
    for table_name in PROTECTED_THEN:
        for statement in protect(connection.dialect.name, table_name):
            op.execute(statement)


def _chain() -> None:
    connection = op.get_bind()
    before = chain.NOTHING
    for old in connection.execute(sa.select(EVENTS).order_by(EVENTS.c.id)).all():
        head = chain.link(before, old.at, old.actor_id, old.name, old.subjects, old.facts)
        connection.execute(
            sa.update(EVENTS).where(EVENTS.c.id == old.id).values(id=head.number, previous=before.hash, hash=head.hash)
        )
        before = head
