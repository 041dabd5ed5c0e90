"""Are programs told when a right changes, in time, signed, and until they have got it?"""

import asyncio
import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from register import audit, courier, leavers, messenger, notices, people, webhooks
from register.desk import Desk
from register.events import Event
from register.messenger import Messenger
from register.notices import Notice
from register.webhooks import Webhook
from tests.register.receiver import CUT_OFF, Receiver, receiving
from tests.register.test_posting_rights import granted
from tests.register.world import CREATING, LYDIATE, World


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def desk(world: World) -> Desk:
    found: Desk = world.app.state.desk
    return found


def told(world: World, receiver: Receiver, *, trust: str = CREATING, school_id: int | None = None) -> Webhook:
    with world.database.writing() as db:
        return webhooks.add(
            db, world.clock(), None, trust_id=trust, school_id=school_id, name="Scheduler", address=receiver.address
        )


def look(world: World) -> None:
    messenger.look(desk(world))
    courier.send_waiting(desk(world))


def test_every_change_of_a_right_is_told_once_in_its_order(world: World, receiver: Receiver) -> None:
    told(world, receiver)
    _, mia, right = granted(world)
    look(world)
    look(world)
    assert receiver.kinds == ["right.granted"]
    said = receiver.said[0]
    assert said["data"] == {
        "right": right,
        "may_post": True,
        "person": {"name": "Ada Teacher", "email": f"ada@{CREATING}.example.org"},
        "account": {"platform": "x", "handle": "@hill"},
    }
    mia.submit("/manage/holds", reason="A crisis.")
    look(world)
    mia.submit("/manage/holds/1/lift")
    look(world)
    mia.submit(f"/manage/rights/{right}/revoke", reason="Enough.")
    look(world)
    assert receiver.kinds == ["right.granted", "right.held", "right.granted", "right.revoked"]
    assert [one["data"]["may_post"] for one in receiver.said] == [True, False, True, False]
    with world.database.reading() as db:
        names = list(db.scalars(select(Event.name).where(Event.name.like("right.%")).order_by(Event.id)))
        assert names == ["right.requested", "right.granted", "right.held", "right.restored", "right.revoked"]
        assert audit.verify(db).found is None


def test_a_lapse_that_nobody_brought_about_is_found_by_looking(world: World, receiver: Receiver) -> None:
    told(world, receiver)
    granted(world)
    look(world)
    world.clock.now = world.clock.now.replace(year=2027) + timedelta(days=1)
    look(world)
    assert receiver.kinds == ["right.granted", "right.lapsed"]
    world.passes(world.signed_in("Ada Teacher"))
    look(world)
    assert receiver.kinds[2:] == ["right.granted"]


@pytest.mark.parametrize("who", ["Ada Teacher", "Ben Teacher"])
def test_a_leaver_and_a_holder_who_leaves_end_the_right(world: World, receiver: Receiver, who: str) -> None:
    told(world, receiver)
    granted(world)
    look(world)
    with world.database.writing() as db:
        leavers.leave(db, world.clock(), None, db.get_one(people.Person, world.person(who).id), date(2026, 11, 21))
    look(world)
    assert receiver.kinds == ["right.granted", "right.lapsed"]


def test_what_is_sent_is_signed_as_the_specification_has_it(world: World, receiver: Receiver) -> None:
    webhook = told(world, receiver)
    granted(world)
    look(world)
    ((headers, body),) = receiver.got
    secret = webhooks.secret_of(desk(world).secret, webhook)
    key = b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    assert headers["webhook-signature"] == f"v1,{b64encode(hmac.digest(key, signed, 'sha256')).decode()}"
    assert int(headers["webhook-timestamp"]) == int(world.clock().timestamp())
    with world.database.reading() as db:
        kept = str(db.execute(select(*Webhook.__table__.c)).all())
    assert secret.removeprefix("whsec_") not in kept, "whoever has a copy of the records cannot sign"


@pytest.mark.parametrize("answer", [500, 302, CUT_OFF])
def test_what_is_not_taken_is_sent_again_later_under_the_same_number(
    world: World, receiver: Receiver, answer: int
) -> None:
    told(world, receiver)
    granted(world)
    receiver.answers = [answer, 503]
    look(world)
    look(world)
    assert len(receiver.got) == 1, "not at once"
    world.clock.turn(minutes=1)
    look(world)
    world.clock.turn(minutes=4)
    look(world)
    assert len(receiver.got) == 2, "and each time after a longer wait"
    world.clock.turn(minutes=1)
    look(world)
    world.clock.turn(days=1)
    look(world)
    assert len(receiver.got) == 3, "but never again once it is taken"
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    assert len({body for _, body in receiver.got}) == 1


def test_after_days_it_is_given_up_and_can_be_sent_by_hand(world: World, receiver: Receiver) -> None:
    webhook = told(world, receiver)
    granted(world)
    receiver.answers = [500] * (len(notices.WAITS) + 1)
    for _ in range(len(notices.WAITS) + 3):
        look(world)
        world.clock.turn(days=1)
    assert len(receiver.got) == len(notices.WAITS) + 1
    with world.database.reading() as db:
        assert notices.of_webhooks(db, [webhook.id])[webhook.id]["given_up"] == 1
    with world.database.writing() as db:
        assert notices.again(db, world.clock(), webhook) == 1
    courier.send_waiting(desk(world))
    with world.database.reading() as db:
        assert notices.of_webhooks(db, [webhook.id])[webhook.id]["got"] == 1


def test_a_notice_taken_by_a_register_that_was_stopped_is_sent_by_another(world: World, receiver: Receiver) -> None:
    told(world, receiver)
    granted(world)
    messenger.look(desk(world))
    with world.database.writing() as db:
        assert notices.take(db, world.clock()) is not None
    look(world)
    assert receiver.got == [], "somebody else is sending it"
    world.clock.turn(minutes=3)
    look(world)
    assert len(receiver.got) == 1


def test_an_address_is_told_of_its_own_school_and_trust_alone(world: World, receiver: Receiver) -> None:
    told(world, receiver, trust=LYDIATE)
    told(world, receiver, school_id=world.account(LYDIATE).school_id)
    granted(world)
    look(world)
    assert receiver.got == []
    told(world, receiver, school_id=world.account().school_id)
    world.signed_in("Mia Manager").submit("/manage/holds", reason="A crisis.")
    look(world)
    assert receiver.kinds == ["right.held"]


def test_an_address_that_was_ended_is_told_nothing_not_even_what_waits(world: World, receiver: Receiver) -> None:
    webhook = told(world, receiver)
    granted(world)
    messenger.look(desk(world))
    with world.database.writing() as db:
        webhooks.end(db, world.clock(), world.person("Mia Manager").id, db.get_one(Webhook, webhook.id))
    courier.send_waiting(desk(world))
    assert receiver.got == []


def test_the_outbox_holds_no_personal_data(world: World, receiver: Receiver) -> None:
    told(world, receiver)
    granted(world)
    messenger.look(desk(world))
    with world.database.reading() as db:
        kept = str(db.execute(select(*Notice.__table__.c)).all())
    assert "Ada" not in kept
    assert "ada@" not in kept


def test_the_messenger_looks_and_sends_by_itself_when_it_is_woken(world: World, receiver: Receiver) -> None:
    told(world, receiver)
    at_work = Messenger(desk(world))
    at_work.start()
    try:
        _, mia, _ = granted(world)
        asyncio.run(at_work.wake())
        assert receiver.wait_for(1)
        mia.submit("/manage/holds", reason="A crisis.")
        asyncio.run(at_work.wake())
        assert receiver.wait_for(2)
    finally:
        at_work.stop()
    assert receiver.kinds == ["right.granted", "right.held"]
