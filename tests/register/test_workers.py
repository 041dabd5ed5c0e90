"""Do several workers agree, each a process of its own on the same database?"""

import json

from sqlalchemy import select

from register import audit
from register.attempts import Attempt
from register.completions import Completion
from register.events import Event
from register.submissions import Sent
from tests.register.workers import Sending, in_each, make_links, submit, workers
from tests.register.world import World

MANY = 4


def test_a_ticket_that_every_worker_gets_at_once_counts_once(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    with workers(MANY) as pool:
        for times in range(1, 4):
            filled = world.filled(ada)
            sent = Sent(filled["ticket"], filled["course_digest"], filled["answers"], frozenset(filled["confirmed"]))
            sending = Sending(world.settings, world.person("Ada Teacher").id, sent)
            said = [json.loads(one) for one in in_each(pool, MANY, submit, sending)]
            assert len({receipt for receipt, _ in said}) == 1, "all get the same receipt"
            assert [new for _, new in said].count(True) == 1
            assert (world.count(Attempt), world.count(Completion)) == (times, times)
    with world.database.reading() as db:
        assert audit.verify(db).found is None


def test_however_many_write_at_once_the_log_is_one_chain_without_a_gap(world: World) -> None:
    with workers(MANY) as pool:
        assert in_each(pool, MANY, make_links, world.settings) == ["made"] * MANY
    with world.database.reading() as db:
        numbers = db.scalars(select(Event.id).order_by(Event.id)).all()
        assert numbers == list(range(1, len(numbers) + 1))
        assert db.scalars(select(Event.name)).all().count("link.made") == 30 * MANY
        assert audit.verify(db).found is None
