"""Who has asked for the right to post on which account, who has agreed, and what was decided?"""

from datetime import date

from sqlalchemy import select

from register import people, schools
from register.accounts import Account
from register.events import Event
from register.posting_rights import Approval, PostingRight
from tests.register.world import CREATING, LYDIATE, Browser, World, words


def approve(manager: Browser, right: int) -> int:
    return manager.submit(f"/manage/rights/{right}/approve").status_code


def agree(manager: Browser, right: int, role: str) -> None:
    assert manager.submit(f"/manage/rights/{right}/approvals", role=role).status_code == 303


def hold_by(manager: Browser, world: World, trust: str, *names: str) -> None:
    for name in names:
        path = f"/manage/accounts/{world.account(trust).id}/holders"
        assert manager.submit(path, person=name).status_code == 303


def granted(world: World, trust: str = CREATING) -> tuple[Browser, Browser, int]:
    """Return a member of staff who may post, her manager, and the right."""
    ada, mia = world.signed_in("Ada Teacher", trust), world.signed_in("Mia Manager", trust)
    right = world.requested(ada, trust)
    world.passes(ada, trust)
    agree(mia, right, "line-manager" if trust == CREATING else "school-leader")
    hold_by(mia, world, trust, "Ada Teacher", "Ben Teacher")
    assert approve(mia, right) == 303
    assert "You may post on X @hill." in ada.text("/my/")
    return ada, mia, right


def test_creating_tomorrow_refuses_until_training_approval_reading_and_two_holders_are_there(world: World) -> None:
    ada, mia = world.signed_in("Ada Teacher"), world.signed_in("Mia Manager")
    right = world.requested(ada)
    page = mia.text("/manage/")
    for needed in ("7.1.1b", "4.2.1a", "8.1.1b", "4.4.2/3b"):
        assert f"({needed})" in page, "each condition names its provision"
    assert approve(mia, right) == 409
    world.passes(ada)
    assert approve(mia, right) == 409
    agree(mia, right, "line-manager")
    assert approve(mia, right) == 409
    hold_by(mia, world, CREATING, "Ada Teacher")
    assert approve(mia, right) == 409
    hold_by(mia, world, CREATING, "Ben Teacher")
    assert "You may not post yet" not in ada.text("/my/")
    assert approve(mia, right) == 303
    assert "You may post on X @hill." in ada.text("/my/")


def test_lydiate_only_advises_a_second_holder_and_asks_senior_leaders(world: World) -> None:
    ada, mia = world.signed_in("Ada Teacher", LYDIATE), world.signed_in("Mia Manager", LYDIATE)
    right = world.requested(ada, LYDIATE)
    world.passes(ada, LYDIATE)
    response = mia.submit(f"/manage/rights/{right}/approvals", role="line-manager")
    assert response.status_code == 422
    assert "The policy does not ask this role to agree here." in words(response)
    assert approve(mia, right) == 409
    assert "SLT" in ada.text("/my/"), "whom to ask, in the trust's own words"
    agree(mia, right, "school-leader")
    assert approve(mia, right) == 303
    page = ada.text("/my/")
    assert "You may post on X @hill." in page
    assert "3.2/2/4b" in page, "the advice stays as a step"


def test_a_holder_sees_what_they_hold_and_that_it_is_no_right_to_post(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    hold_by(mia, world, CREATING, "Ben Teacher")
    page = world.signed_in("Ben Teacher").text("/my/")
    assert "Accounts I hold" in page
    assert "You may post on" not in page
    path = f"/manage/accounts/{world.account().id}/holders/{world.person('Ben Teacher').id}/remove"
    assert mia.submit(path).status_code == 303
    assert "Accounts I hold" not in world.signed_in("Ben Teacher").text("/my/")


def test_a_refused_approval_lists_the_reasons_and_changes_nothing(world: World) -> None:
    ada, mia = world.signed_in("Ada Teacher"), world.signed_in("Mia Manager")
    right = world.requested(ada)
    response = mia.submit(f"/manage/rights/{right}/approve")
    assert response.status_code == 409
    assert 'class="error-summary"' in response.text
    assert "Still needed: The training is passed" in words(response)
    with world.database.reading() as db:
        assert db.get_one(PostingRight, right).state == "requested"
        assert not db.scalars(select(Event).where(Event.name == "right.granted")).all()


def test_each_condition_links_to_its_provision_in_the_handbook(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    world.requested(ada)
    assert f'href="/handbook/{CREATING}/#4.4.2/3b"' in ada.get("/my/").text


def test_a_right_lapses_the_day_after_the_training_expires_and_returns_with_the_next_pass(world: World) -> None:
    ada, mia, _ = granted(world)
    world.clock.now = world.clock.now.replace(year=2027, month=11, day=21)
    ada, mia = world.signed_in("Ada Teacher"), world.signed_in("Mia Manager")
    assert "You may post on X @hill." in ada.text("/my/")
    world.clock.turn(days=1)
    page = ada.text("/my/")
    assert "expired on 21 November 2027" in page
    assert "You may not post on X @hill at present" in page
    assert "not in force today" in mia.text("/manage/")
    world.passes(ada)
    assert "You may post on X @hill." in ada.text("/my/")


def test_a_right_lapses_when_a_holder_leaves(world: World) -> None:
    ada, _, _ = granted(world)
    with world.database.writing() as db:
        people.leave(
            db, world.clock(), None, db.get_one(people.Person, world.person("Ben Teacher").id), date(2026, 11, 21)
        )
    assert "You may not post on X @hill at present" in ada.text("/my/")


def test_a_leaver_loses_the_right_at_once(world: World) -> None:
    _, mia, _ = granted(world)
    with world.database.writing() as db:
        people.leave(
            db, world.clock(), None, db.get_one(people.Person, world.person("Ada Teacher").id), date(2026, 11, 21)
        )
    page = mia.text("/manage/")
    assert "Ada Teacher left on 21 November 2026" in page
    assert "not in force today" in page


def test_a_refusal_carries_its_reason_to_the_person(world: World) -> None:
    ada, mia = world.signed_in("Ada Teacher"), world.signed_in("Mia Manager")
    right = world.requested(ada)
    assert mia.submit(f"/manage/rights/{right}/refuse").status_code == 422, "no reason, no refusal"
    assert mia.submit(f"/manage/rights/{right}/refuse", reason="Somebody else does it.").status_code == 303
    assert "Refused on 21 November 2026: Somebody else does it." in ada.text("/my/")
    assert approve(mia, right) == 409
    assert world.requested(ada) != right, "one may ask again"


def test_a_revoked_right_is_gone_with_its_reason(world: World) -> None:
    ada, mia, right = granted(world)
    assert mia.submit(f"/manage/rights/{right}/revoke", reason="The account closes.").status_code == 303
    page = ada.text("/my/")
    assert "You may post on" not in page
    assert "Taken back on 21 November 2026: The account closes." in page
    assert mia.submit(f"/manage/rights/{right}/revoke", reason="Again.").status_code == 409


def test_nobody_asks_twice_for_the_same_account(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    world.requested(ada)
    response = ada.submit("/my/requests", account=world.account().id)
    assert response.status_code == 409
    assert "You have asked for X @hill already" in words(response)
    assert world.count(PostingRight) == 1


def test_a_person_names_a_new_account_of_their_school(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    new = {"new": "yes", "platform": "instagram", "handle": "@hillart", "kind": "department", "purpose": "Pupils' art."}
    assert ada.submit("/my/requests", **new).status_code == 303
    assert "Instagram @hillart" in ada.text("/my/")
    ben = world.signed_in("Ben Teacher")
    assert ben.submit("/my/requests", **{**new, "handle": "HillArt"}).status_code == 303
    assert world.count(Account) == 3, "the same account by another spelling is the same account"


def test_a_new_account_with_gaps_is_explained_field_by_field_and_keeps_what_was_typed(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    response = ada.submit("/my/requests", new="yes", platform="telex", handle="", purpose="x" * 301)
    assert response.status_code == 422
    for id in ("platform", "handle", "kind", "purpose"):
        assert f'<a href="#{id}">' in response.text
        assert f'id="{id}-error"' in response.text
    assert "x" * 301 in response.text
    assert world.count(PostingRight) == 0


def test_an_account_of_another_trust_cannot_be_asked_for(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    for wrong in (world.account(LYDIATE).id, "", "abc", 10**30):
        assert ada.submit("/my/requests", account=wrong).status_code == 422
    assert world.count(PostingRight) == 0


def test_a_script_in_a_name_stays_text(world: World) -> None:
    ada, mia = world.signed_in("Ada Teacher"), world.signed_in("Mia Manager")
    script = "<script>alert(1)</script>"
    ada.submit("/my/requests", new="yes", platform="x", handle=script, kind="classroom", purpose=script)
    for page in (ada.get("/my/").text, mia.get("/manage/").text):
        assert "<script>" not in page
        assert "&lt;script&gt;" in page


def test_the_page_names_who_recorded_which_agreement(world: World) -> None:
    ada, mia = world.signed_in("Ada Teacher"), world.signed_in("Mia Manager")
    right = world.requested(ada)
    agree(mia, right, "line-manager")
    assert "Line manager, recorded by Mia Manager on 21 November 2026" in mia.text("/manage/")
    assert mia.submit(f"/manage/rights/{right}/approvals", role="pope").status_code == 422


def test_the_manager_sees_of_which_kind_the_person_says_the_account_is(world: World) -> None:
    ada, mia = world.signed_in("Ada Teacher"), world.signed_in("Mia Manager")
    ada.submit("/my/requests", new="yes", platform="x", handle="@art", kind="department", purpose="Pupils' art.")
    assert "Kind Account of a subject or department" in mia.text("/manage/"), "the policy may ask for more by it"


def test_an_account_of_another_school_cannot_be_asked_for_by_its_name_either(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    with world.database.writing() as db:
        dale = schools.school(db, world.clock(), None, CREATING, "Dale").id
        people.move(db, world.clock(), None, db.get_one(people.Person, world.person("Ada Teacher").id), [dale])
    response = ada.submit("/my/requests", new="yes", platform="x", handle="HILL", kind="classroom", purpose="News.")
    assert response.status_code == 409
    assert "Another school has an account of that name." in words(response)
    assert (world.count(PostingRight), world.count(Account)) == (0, 2)


def test_an_at_sign_alone_names_no_account(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    new = {"new": "yes", "platform": "x", "kind": "classroom", "purpose": "News."}
    assert ada.submit("/my/requests", handle=" @ ", **new).status_code == 422
    assert world.count(Account) == 2


def test_nobody_agrees_to_a_right_that_has_ended(world: World) -> None:
    ada, mia = world.signed_in("Ada Teacher"), world.signed_in("Mia Manager")
    right = world.requested(ada)
    mia.submit(f"/manage/rights/{right}/refuse", reason="Somebody else does it.")
    assert mia.submit(f"/manage/rights/{right}/approvals", role="line-manager").status_code == 409
    assert world.count(Approval) == 0
