"""How does a plan come true? Whole, in the transaction of whoever calls, or not at all."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from register import leavers, people, schools, staff_lists
from register.people import Newcomer, Person
from register.refusals import Refused
from register.staff_import.plan import Meeting, Plan


class NotReady(Refused):
    """The list has problems, or unexplained titles: nothing of it is taken over."""

    def __init__(self) -> None:
        super().__init__(
            409, "list-not-ready", "Nothing was taken over: put right what the page names, then repeat it."
        )


def take_over(db: Session, now: datetime, actor_id: int | None, trust_id: str, plan: Plan, digest: str) -> None:
    """Carry out a plan; `digest` is the list's, for the log. Raises NotReady."""
    if not plan.ready:
        raise NotReady
    for name in plan.new_schools:
        schools.school(db, now, actor_id, trust_id, name)
    ids = {schools.folded(one.name): one.id for one in schools.of_trust(db, trust_id).values()}
    met = (*plan.back, *plan.changed, *plan.moved, *plan.numbered)
    known = {
        one.id: one
        for one in people.with_ids(db, {one.person.id for one in met} | {one.person.id for one in plan.gone})
    }
    for one in plan.back:
        leavers.rejoin(db, now, actor_id, known[one.person.id])
    for leaving in plan.gone:
        leavers.leave(db, now, actor_id, known[leaving.person.id], leaving.on)
    _free_addresses(db, plan.changed, known)
    for one in {one.person.id: one for one in met}.values():
        _change(db, now, actor_id, known[one.person.id], one, ids)
    newcomers = [
        Newcomer(
            name=line.name,
            first_name=line.first_name,
            email=line.email,
            role=line.role,
            external_id=line.number,
            school_ids=_ids(line.schools or (), ids),
            left_on=line.left_on,
        )
        for line in plan.new
    ]
    people.add_people(db, now, actor_id, trust_id, newcomers)
    staff_lists.applied(db, now, actor_id, trust_id, digest, plan.counts)


def _free_addresses(db: Session, changed: Iterable[Meeting], known: Mapping[int, Person]) -> None:
    """Let two people exchange their addresses: in between, each has one that nobody else can have."""
    moving = [one for one in changed if one.line.email != one.person.email]
    for one in moving:
        known[one.person.id].email = f"{one.person.id}@"
    db.flush()


def _change(
    db: Session, now: datetime, actor_id: int | None, person: Person, one: Meeting, ids: Mapping[str, int]
) -> None:
    line = one.line
    people.change(
        db,
        now,
        actor_id,
        person,
        name=line.name,
        first_name=line.first_name if line.name != one.person.name else one.person.first_name,
        email=line.email,
        role=line.role or person.role,
        external_id=line.number,
    )
    if one.moves:
        people.move(db, now, actor_id, person, _ids(line.schools or (), ids))


def _ids(names: Iterable[str], ids: Mapping[str, int]) -> frozenset[int]:
    return frozenset(ids[schools.folded(name)] for name in names)
