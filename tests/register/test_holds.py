"""Where is posting on hold, why, and since when?"""

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
