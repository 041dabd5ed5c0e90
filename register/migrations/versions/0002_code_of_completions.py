"""A completion has a code, by which anybody who holds the certificate can check it."""

import sqlalchemy as sa
from alembic import op

from register.numbers import new_code

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give every completion a code of its own, those already on record too."""
    op.add_column("completions", sa.Column("code", sa.String(), nullable=True))
    completions = sa.table("completions", sa.column("id", sa.Integer), sa.column("code", sa.String))
    connection = op.get_bind()
    for (completion_id,) in connection.execute(sa.select(completions.c.id)).all():
        connection.execute(sa.update(completions).where(completions.c.id == completion_id).values(code=new_code()))
    with op.batch_alter_table("completions") as table:
        table.alter_column("code", existing_type=sa.String(), nullable=False)
        table.create_unique_constraint(op.f("uq_completions_code"), ["code"])
