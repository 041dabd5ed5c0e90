"""Schools anybody may work in two of, roles with a scope, numbers of other systems, and staff lists to take over."""

import sqlalchemy as sa
from alembic import op

from register.database import Instant
from register.days import utc_now

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and put what people's lines said of school and access into them."""
    op.create_table(
        "workplaces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_workplaces_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_workplaces_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workplaces")),
        sa.UniqueConstraint("person_id", "school_id", name=op.f("uq_workplaces_person_id_school_id")),
    )
    op.create_index(op.f("ix_workplaces_school_id"), "workplaces", ["school_id"])
    op.create_table(
        "appointments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("approval", sa.String(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["people.id"], name=op.f("fk_appointments_ended_by")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_appointments_made_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_appointments_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_appointments_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
    )
    op.create_index(op.f("ix_appointments_person_id"), "appointments", ["person_id"])
    op.create_table(
        "staff_lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trust_id", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("everyone_is", sa.String(), nullable=True),
        sa.Column("uploaded_at", Instant(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("applied_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["trust_id"], ["trusts.id"], name=op.f("fk_staff_lists_trust_id")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["people.id"], name=op.f("fk_staff_lists_uploaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_lists")),
    )
    op.create_index(op.f("ix_staff_lists_trust_id"), "staff_lists", ["trust_id"])
    op.create_table(
        "staff_list_mappings",
        sa.Column("trust_id", sa.String(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["trust_id"], ["trusts.id"], name=op.f("fk_staff_list_mappings_trust_id")),
        sa.PrimaryKeyConstraint("trust_id", name=op.f("pk_staff_list_mappings")),
    )
    _move_what_people_said()
    with op.batch_alter_table("people") as table:
        table.drop_constraint("fk_people_school_id", type_="foreignkey")
        table.drop_column("school_id")
        table.drop_column("access")
        table.add_column(sa.Column("external_id", sa.String(), nullable=True))
        table.create_unique_constraint(op.f("uq_people_trust_id_external_id"), ["trust_id", "external_id"])
    with op.batch_alter_table("schools") as table:
        table.add_column(sa.Column("external_id", sa.String(), nullable=True))
        table.create_unique_constraint(op.f("uq_schools_trust_id_external_id"), ["trust_id", "external_id"])


def _move_what_people_said() -> None:
    people = sa.table("people", *(sa.column(name) for name in ("id", "school_id", "access")))
    workplaces = sa.table("workplaces", sa.column("person_id"), sa.column("school_id"))
    appointments = sa.table("appointments", sa.column("person_id"), sa.column("role"), sa.column("made_at", Instant()))
    connection = op.get_bind()
    working = sa.select(people.c.id, people.c.school_id).where(people.c.school_id.is_not(None))
    connection.execute(workplaces.insert().from_select(["person_id", "school_id"], working))
    now = utc_now()
    for (person_id,) in connection.execute(sa.select(people.c.id).where(people.c.access == "manager")).all():
        connection.execute(appointments.insert().values(person_id=person_id, role="manager", made_at=now))
