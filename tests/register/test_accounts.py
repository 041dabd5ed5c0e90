"""Which accounts does a trust have, who may post on each today, and what is left undone on it?"""

from datetime import timedelta

import pytest

from register import care, leavers, people
from register.accounts import Account
from register.care import Care
from tests.register.test_posting_rights import granted, hold_by
from tests.register.world import CREATING, LYDIATE, World, words

PLACE = "/manage/accounts/"
NEW = {"platform": "facebook", "handle": "Hill", "kind": "school-official", "purpose": "News.", "school": ""}


def test_the_list_says_who_may_post_today_and_who_holds(world: World) -> None:
    _, mia, right = granted(world)
    assert "Hill School Ada Teacher Ada Teacher; Ben Teacher Nothing" in mia.text(PLACE)
    mia.submit("/manage/holds", reason="A crisis.")
    assert "Nobody: on hold" in mia.text(PLACE)
    mia.submit("/manage/holds/1/lift")
    mia.submit(f"/manage/rights/{right}/revoke", reason="Enough.")
    assert "Hill School Nobody Ada Teacher; Ben Teacher" in mia.text(PLACE)


def test_an_account_below_its_holders_stands_first_as_soon_as_one_leaves(world: World) -> None:
    _, mia, _ = granted(world)
    hill = world.account().id
    assert "0 accounts have fewer holders" in mia.text(PLACE)
    mia.submit(PLACE, PLACE, **NEW)
    with world.database.writing() as db:
        ben = db.get_one(people.Person, world.person("Ben Teacher").id)
        leavers.leave(db, world.clock(), None, ben, world.clock().date())
    page = mia.text(PLACE)
    assert "2 accounts have fewer holders than the policy asks for" in page
    account = mia.text(f"{PLACE}{hill}/")
    assert "At least 2 people are named as holders of the account." in account
    assert "(4.4.2/3b)" in account
    assert "Granted, but not in force Ada Teacher" in account


def test_a_holder_is_named_by_name_or_address_in_whatever_letters(world: World) -> None:
    mia, hill = world.signed_in("Mia Manager"), world.account().id
    for said in ("  ada  TEACHER ", "BEN@creating-tomorrow.example.org"):
        assert mia.submit(f"{PLACE}{hill}/holders", person=said, **{"from": "account"}).status_code == 303
    assert "Ada Teacher; Ben Teacher" in mia.text(PLACE)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("", "Enter who holds the account: a name or an e-mail address."),
        ("Ada", "Nobody you look after has this name or address."),
        ("Zoe Gone", "Nobody you look after has this name or address."),
        ("Sam Same", "2 people have this name. Enter the e-mail address."),
    ],
)
def test_a_holder_who_is_not_one_person_is_asked_for_again(world: World, said: str, says: str) -> None:
    mia, hill = world.signed_in("Mia Manager"), world.account().id
    with world.database.writing() as db:
        for name, email in (
            ("Sam Same", "one@example.org"),
            ("sam same", "two@example.org"),
            ("Zoe Gone", "z@x.org"),
        ):
            one = people.add_person(db, world.clock(), trust_id=CREATING, name=name, email=email, role="teacher")
        leavers.leave(db, world.clock(), None, one, world.clock().date())
    answer = mia.submit(f"{PLACE}{hill}/holders", f"{PLACE}{hill}/", person=said, **{"from": "account"})
    assert answer.status_code == 422
    assert says in words(answer)
    assert f'value="{said}"' in answer.text, "what was typed is still there"


def test_the_names_to_choose_from_are_left_out_where_they_are_too_many(world: World) -> None:
    mia, hill = world.signed_in("Mia Manager"), world.account().id
    world.requested(world.signed_in("Ada Teacher"))
    pages = ("/manage/", f"{PLACE}{hill}/")
    assert all('<option value="Ben Teacher">' in mia.get(page).text for page in pages)
    newcomers = [people.Newcomer(f"Staff {one}", f"{one}@example.org", "teacher") for one in range(300)]
    with world.database.writing() as db:
        people.add_people(db, world.clock(), None, CREATING, newcomers)
    assert not any("Staff 17" in mia.get(page).text or "Ben Teacher" in mia.get(page).text for page in pages)


def test_lydiate_wants_accounts_looked_at_and_a_note_of_it_counts(world: World) -> None:
    ada, mia, _ = granted(world, LYDIATE)
    account = world.account(LYDIATE).id
    with world.database.writing() as db:
        db.get_one(Account, account).opened_at = world.clock()
    assert "1 account is behind" not in mia.text(PLACE)
    world.clock.turn(days=8)
    ada, mia = world.signed_in("Ada Teacher", LYDIATE), world.signed_in("Mia Manager", LYDIATE)
    assert "1 account is behind with what the policy asks for" in mia.text(PLACE)
    assert "Check the account at once" in ada.text("/my/")
    assert ada.submit(f"/my/accounts/{account}/care", kind="checked").status_code == 303
    assert "0 accounts are behind" in mia.text(PLACE)
    assert "Last checked on 29 November 2026" in ada.text("/my/")


def test_posts_of_the_last_seven_days_are_counted(world: World) -> None:
    ada, _, _ = granted(world)
    account = world.account().id
    ada.submit(f"/my/accounts/{account}/care", kind="posted")
    world.clock.turn(days=2)
    ada.submit(f"/my/accounts/{account}/care", kind="posted")
    ada.submit(f"/my/accounts/{account}/care", kind="checked")
    assert "2 posts noted in the last seven days" in ada.text("/my/")
    with world.database.reading() as db:
        kept = care.of_accounts(db, [account], world.clock() + timedelta(days=6))[account]
    assert kept.posts == 1


def test_only_who_runs_an_account_notes_anything_and_only_who_may_post_a_post(world: World) -> None:
    account = world.account().id
    ben, mia = world.signed_in("Ben Teacher"), world.signed_in("Mia Manager")
    assert ben.submit(f"/my/accounts/{account}/care", kind="checked").status_code == 404
    hold_by(mia, world, CREATING, "Ben Teacher")
    assert ben.submit(f"/my/accounts/{account}/care", kind="posted").status_code == 403
    assert ben.submit(f"/my/accounts/{account}/care", kind="slept").status_code == 422
    assert world.count(Care) == 0
    assert ben.submit(f"/my/accounts/{account}/care", kind="checked").status_code == 303
    assert world.count(Care) == 1


def test_a_manager_adds_and_changes_an_account(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    response = mia.submit(PLACE, PLACE, **NEW, audience="Families.", custody="In the office safe.")
    assert response.status_code == 303
    place = response.headers["location"]
    assert "Where the login is kept In the office safe." in mia.text(place)
    assert mia.submit(f"{place}change", place, purpose="News.", audience="All.", custody="HR").status_code == 303
    assert "Where the login is kept HR" in mia.text(place)


@pytest.mark.parametrize("field", ["purpose", "audience", "custody"])
def test_a_password_is_refused_wherever_it_is_written(world: World, field: str) -> None:
    mia = world.signed_in("Mia Manager")
    secret = "Password: Sunshine1"
    response = mia.submit(PLACE, PLACE, **{**NEW, field: secret})
    assert response.status_code == 422
    assert "This looks like a password." in words(response)
    place = f"{PLACE}{world.account().id}/"
    response = mia.submit(f"{place}change", place, **{"purpose": "News.", field: secret})
    assert response.status_code == 422
    assert world.count(Account) == 2
