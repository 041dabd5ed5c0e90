"""Sessions say how they began and when they were last used; links end one another; messages, identities and limits."""

import sqlalchemy as sa
from alembic import op

from register.database import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and say of the sessions there are that they began with a link."""
    op.create_table(
        "identities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("bound_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_identities_person_id")),
        sa.ForeignKeyConstraint(["trust_id"], ["trusts.id"], name=op.f("fk_identities_trust_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
        sa.UniqueConstraint("person_id", "issuer", name=op.f("uq_identities_person_id_issuer")),
        sa.UniqueConstraint("trust_id", "issuer", "subject", name=op.f("uq_identities_trust_id_issuer_subject")),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tried_at", Instant(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_messages_made_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_messages_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    op.create_index(op.f("ix_messages_person_id"), "messages", ["person_id"])
    op.create_index(op.f("ix_messages_state"), "messages", ["state"])
    op.create_table(
        "limits",
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("used_until", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("who", name=op.f("pk_limits")),
    )
    op.create_index(op.f("ix_limits_used_until"), "limits", ["used_until"])
    op.add_column("sign_in_links", sa.Column("ended_at", Instant(), nullable=True))
    op.create_index(op.f("ix_sign_in_links_person_id"), "sign_in_links", ["person_id"])
    op.add_column("sessions", sa.Column("last_seen_at", Instant(), nullable=True))
    op.add_column("sessions", sa.Column("browser", sa.String(), nullable=False, server_default="An unknown browser"))
    op.add_column("sessions", sa.Column("through", sa.String(), nullable=False, server_default="link"))
    op.execute("UPDATE sessions SET last_seen_at = started_at")
    with op.batch_alter_table("sessions") as table:
        table.alter_column("last_seen_at", existing_type=Instant(), nullable=False)
        table.alter_column("browser", existing_type=sa.String(), server_default=None)
        table.alter_column("through", existing_type=sa.String(), server_default=None)
