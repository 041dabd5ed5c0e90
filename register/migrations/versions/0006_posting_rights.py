"""Accounts say how they were to be opened and who looks after them, holds have schools, and programs are told."""

import sqlalchemy as sa
from alembic import op

from register.database import Instant
from register.days import utc_now

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; the accounts already on the list are open, and what has to be done on them counts from now."""
    with op.batch_alter_table("accounts") as table:
        table.add_column(sa.Column("audience", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("custody", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("opened_at", Instant(), nullable=True))
        table.add_column(sa.Column("plans", sa.JSON(), nullable=False, server_default="{}"))
    accounts = sa.table("accounts", sa.column("opened_at", Instant()))
    op.get_bind().execute(accounts.update().values(opened_at=utc_now()))
    with op.batch_alter_table("accounts") as table:
        for name in ("audience", "custody"):
            table.alter_column(name, existing_type=sa.String(), server_default=None)
        table.alter_column("plans", existing_type=sa.JSON(), server_default=None)
    with op.batch_alter_table("holds") as table:
        table.add_column(sa.Column("school_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_holds_school_id"), "schools", ["school_id"], ["id"])
    _make_tables_of_accounts()
    _make_tables_of_programs()


def _make_tables_of_accounts() -> None:
    op.create_table(
        "account_care",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_account_care_account_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_account_care_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_care")),
    )
    op.create_index(op.f("ix_account_care_account_id"), "account_care", ["account_id"])
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("done_at", Instant(), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_handovers_account_id")),
        sa.ForeignKeyConstraint(["done_by"], ["people.id"], name=op.f("fk_handovers_done_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_handovers_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
        sa.UniqueConstraint("person_id", "account_id", "task", name=op.f("uq_handovers_person_id_account_id_task")),
    )


def _make_tables_of_programs() -> None:
    for name, own in (
        (
            "programs",
            (
                sa.Column("key_hash", sa.String(), nullable=False),
                sa.UniqueConstraint("key_hash", name=op.f("uq_programs_key_hash")),
            ),
        ),
        (
            "webhooks",
            (sa.Column("address", sa.String(), nullable=False), sa.Column("seed", sa.String(), nullable=False)),
        ),
    ):
        op.create_table(
            name,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("trust_id", sa.String(), nullable=False),
            sa.Column("school_id", sa.Integer(), nullable=True),
            sa.Column("name", sa.String(), nullable=False),
            *own,
            sa.Column("made_at", Instant(), nullable=False),
            sa.Column("made_by", sa.Integer(), nullable=True),
            sa.Column("ended_at", Instant(), nullable=True),
            sa.Column("ended_by", sa.Integer(), nullable=True),
            sa.ForeignKeyConstraint(["ended_by"], ["people.id"], name=op.f(f"fk_{name}_ended_by")),
            sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f(f"fk_{name}_made_by")),
            sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f(f"fk_{name}_school_id")),
            sa.ForeignKeyConstraint(["trust_id"], ["trusts.id"], name=op.f(f"fk_{name}_trust_id")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        )
        op.create_index(op.f(f"ix_{name}_trust_id"), name, ["trust_id"])
    op.create_table(
        "told_rights",
        sa.Column("right_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["right_id"], ["posting_rights.id"], name=op.f("fk_told_rights_right_id")),
        sa.PrimaryKeyConstraint("right_id", name=op.f("pk_told_rights")),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webhook_id", sa.Integer(), nullable=False),
        sa.Column("right_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("taken_at", Instant(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["right_id"], ["posting_rights.id"], name=op.f("fk_notices_right_id")),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhooks.id"], name=op.f("fk_notices_webhook_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("number", name=op.f("uq_notices_number")),
    )
    op.create_index(op.f("ix_notices_due_at"), "notices", ["due_at"])
    op.create_index(op.f("ix_notices_webhook_id"), "notices", ["webhook_id"])
