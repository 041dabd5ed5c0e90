"""A register whose first trust has two schools, and somebody of every role."""

from dataclasses import dataclass

from register import accounts, appointments, holds, posting_rights, programs, schools, staff_lists, webhooks
from register.appointments import Appointment
from register.people import Person
from register.scope import APPROVER, AUDITOR, MANAGER, TRUST_ADMIN, Post
from tests.register.world import CREATING, LYDIATE, NOON, World, add_somebody


@dataclass(frozen=True)
class Staffed:
    """The world, and the ids of things that belong to Hill School of the first trust."""

    world: World
    hill: int
    dale: int
    ids: dict[str, object]

    def person(self, name: str) -> Person:
        return self.world.person(name)


def staffed(world: World) -> Staffed:
    """Add Dale School beside Hill School, people of every role, and one of everything at Hill School."""
    ada, account = world.person("Ada Teacher"), world.account()
    with world.database.writing() as db:
        hill = schools.school(db, NOON, None, CREATING, "Hill School").id
        dale = schools.school(db, NOON, None, CREATING, "Dale School").id
        add_somebody(db, CREATING, "Dan Teacher", [dale])
        add_somebody(db, CREATING, "Tova Twoschools", [hill, dale])
        hana = add_somebody(db, CREATING, "Hana Hillmanager", [hill], Post(MANAGER, hill))
        add_somebody(db, CREATING, "Dora Dalemanager", [dale], Post(MANAGER, dale))
        add_somebody(db, CREATING, "Petra Approver", [hill], Post(APPROVER, hill, "line-manager"))
        add_somebody(db, CREATING, "Una Auditor", [], Post(AUDITOR))
        add_somebody(db, CREATING, "Ulla Daleauditor", [dale], Post(AUDITOR, dale))
        add_somebody(db, CREATING, "Theo Administrator", [hill], Post(TRUST_ADMIN))
        add_somebody(db, LYDIATE, "Theo Administrator", [], Post(TRUST_ADMIN))
        ben = db.get_one(Person, world.person("Ben Teacher").id)
        right = posting_rights.ask(db, NOON, ben, db.get_one(accounts.Account, account.id))
        hold = holds.set_hold(db, NOON, hana.id, trust_id=CREATING, account_id=account.id, reason="Quiet.")
        role = appointments.appoint(db, NOON, None, db.get_one(Person, ada.id), Post(AUDITOR, hill))
        appointments.end(db, NOON, None, role)
        ended = db.get_one(Appointment, role.id)
        kept = staff_lists.keep(
            db,
            NOON,
            hana.id,
            CREATING,
            file_name="x.csv",
            content=b"Name,E-mail,Role\nA B,a@b.org,Teacher\n",
            whole=False,
        )
        program = programs.add(
            db, NOON, None, trust_id=CREATING, school_id=hill, name="Scheduler", key=programs.new_key()
        )
        webhook = webhooks.add(
            db, NOON, None, trust_id=CREATING, school_id=hill, name="Scheduler", address="https://example.org/told"
        )
    ids = {
        "person_id": ada.id,
        "right_id": right.id,
        "account_id": account.id,
        "hold_id": hold.id,
        "school_id": hill,
        "appointment_id": ended.id,
        "staff_list_id": kept.id,
        "identity_id": 1,
        "completion_id": 1,
        "session_id": 1,
        "request_id": right.id,
        "held_id": account.id,
        "handed_id": account.id,
        "program_id": program.id,
        "webhook_id": webhook.id,
        "token": "made-up",
        "receipt": "made-up",
        "code": "made-up",
        "provider": "made-up",
    }
    return Staffed(world, hill, dale, ids)
