"""Where is posting on hold, why, and since when?"""

from register.accounts import Account
from register.holds import Hold
from tests.register.test_posting_rights import granted
from tests.register.world import LYDIATE, World, words


def test_a_hold_on_the_trust_stops_every_right_with_reason_and_author_until_it_is_lifted(world: World) -> None:
    ada, mia, _ = granted(world)
    assert mia.submit("/manage/holds", reason="A crisis.").status_code == 303
    page = ada.text("/my/")
    assert "You may post on" not in page
    assert (
        "Posting on every account of the trust is on hold since 21 November 2026: A crisis. (set by Mia Manager)"
        in page
    )
    assert "(4.6.1)" in page, "the provision behind it"
    assert mia.submit("/manage/holds/1/lift").status_code == 303
    assert "You may post on X @hill." in ada.text("/my/")


def test_a_hold_on_another_account_stops_nothing_here(world: World) -> None:
    ada, mia, _ = granted(world)
    new = {"new": "yes", "platform": "blog", "handle": "Hill blog", "kind": "school-official", "purpose": "News."}
    ada.submit("/my/requests", **new)
    assert mia.submit("/manage/holds", reason="Quiet.", account=3).status_code == 303
    page = ada.text("/my/")
    assert "You may post on X @hill." in page
    assert "Posting on this account is on hold" in page


def test_a_hold_of_another_trust_stops_nothing_here(world: World) -> None:
    ada, _, _ = granted(world)
    world.signed_in("Mia Manager", LYDIATE).submit("/manage/holds", reason="A crisis there.")
    assert "You may post on X @hill." in ada.text("/my/")


def test_a_hold_needs_a_reason(world: World) -> None:
    response = world.signed_in("Mia Manager").submit("/manage/holds")
    assert response.status_code == 422
    assert "Give a reason" in words(response)
    assert world.count(Hold) == 0


def test_nothing_is_approved_during_a_hold(world: World) -> None:
    ada, mia, _ = granted(world)
    ben = world.signed_in("Ben Teacher")
    right = world.requested(ben)
    world.passes(ben)
    mia.submit(f"/manage/rights/{right}/approvals", role="line-manager")
    mia.submit("/manage/holds", reason="A crisis.")
    assert mia.submit(f"/manage/rights/{right}/approve").status_code == 409
    mia.submit("/manage/holds/1/lift")
    assert mia.submit(f"/manage/rights/{right}/approve").status_code == 303
    assert ada.get("/my/").status_code == 200


def test_a_hold_on_a_school_stops_its_accounts_and_no_others(world: World) -> None:
    ada, mia, _ = granted(world)
    school = world.account().school_id
    assert mia.submit("/manage/holds", reason="A flood.", account=f"school-{school}").status_code == 303
    page = ada.text("/my/")
    assert "Posting on every account of the school is on hold since 21 November 2026: A flood." in page
    assert "Every account of Hill School is on hold since" in mia.text("/manage/")
    assert mia.submit("/manage/holds", reason="A flood.", account="school-999").status_code == 404
    mia.submit("/manage/holds/1/lift")
    with world.database.writing() as db:
        db.get_one(Account, world.account().id).school_id = None
    mia.submit("/manage/holds", reason="A flood.", account=f"school-{school}")
    assert "You may post on X @hill." in ada.text("/my/"), "the account is not the school's"


def test_a_hold_begins_and_ends_by_itself_at_the_times_given(world: World) -> None:
    ada, mia, _ = granted(world)
    times = {"starts": "2026-11-21T14:00", "ends": "2026-11-21T16:00"}
    assert mia.submit("/manage/holds", reason="A funeral.", **times).status_code == 303
    assert "will be on hold from 21 November 2026 at 14:00 until 21 November 2026 at 16:00" in mia.text("/manage/")
    for minutes, may_post in ((119, True), (1, False), (119, False), (1, True)):
        world.clock.turn(minutes=minutes)
        assert ("You may post on X @hill." in ada.text("/my/")) is may_post


def test_times_that_cannot_be_are_explained_at_their_field(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    for field, given in (
        ("starts", {"starts": "tomorrow"}),
        ("starts", {"starts": "2026-11-20T10:00"}),
        ("ends", {"ends": "2026-11-21T11:00"}),
        ("ends", {"starts": "2026-12-01T10:00", "ends": "2026-12-01T10:00"}),
        ("ends", {"ends": "0001-01-01T00:00"}),
    ):
        response = mia.submit("/manage/holds", reason="Why not.", **given)
        assert response.status_code == 422
        assert f'id="hold-{field}-error"' in response.text
    assert world.count(Hold) == 0
