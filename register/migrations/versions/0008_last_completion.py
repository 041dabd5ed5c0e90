"""The last completion of a person is found without a look at the others."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put each person's completions in their order; that finds them by the person alone, too."""
    op.create_index(op.f("ix_completions_person_id_id"), "completions", ["person_id", "id"])
    op.drop_index(op.f("ix_completions_person_id"), table_name="completions")
