"""What does a trust's policy ask of an account before it is opened, and what was said of this one?"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from handbook.courses import course_json
from handbook.sources import load
from quiz.courses import Course, read_course
from register import openings
from register.accounts import Account
from register.events import Event
from register.posting_rights import PostingRight
from tests.register.test_posting_rights import agree, approve
from tests.register.world import CREATING, LYDIATE, Browser, World, words

ROOT = Path(__file__).parents[2]
NEW = {"new": "yes", "platform": "instagram", "handle": "@hillart", "kind": "classroom", "purpose": "Pupils' art."}
ASKED = {
    "cockburn": (["contact_email", "address_notified-text", "address_notified", "acceptable_use_linked"], 0),
    "collaborative": (
        [
            "plan-purpose",
            "plan-audience",
            "plan-platform-choice",
            "plan-better-medium",
            "plan-update-capacity",
            "plan-contingency",
            "plan-expertise",
            "branding",
            "settings_agreed",
            "profile_agreed-text",
            "profile_agreed",
        ],
        0,
    ),
    "creating-tomorrow": (["contact_email", "branding", "logo-permission"], 2),
    "lydiate": (["plan-purpose", "plan-audience", "plan-promotion", "plan-who-runs", "plan-open-or-closed"], 2),
    "wren-spinney": (["contact_email", "branding", "logo-permission"], 2),
}


@pytest.fixture(scope="module")
def all_courses() -> Mapping[str, Course]:
    library = load(ROOT, date(2026, 11, 21))
    return {trust: read_course(course_json(library, trust)) for trust in library.trusts}


def account(kind: str = "school-official", platform: str = "instagram", **plans: str) -> Account:
    return Account(kind=kind, platform=platform, handle="@x", purpose="News.", audience="", custody="", plans=plans)


@pytest.mark.parametrize("trust", ASKED)
def test_each_trust_asks_what_its_own_policy_demands(all_courses: Mapping[str, Course], trust: str) -> None:
    found = openings.demands(all_courses[trust], account(), "teacher")
    number = openings.holders_wanted(all_courses[trust], account(), "teacher")
    assert ([one.name for one in found], number) == ASKED[trust]
    for one in found:
        assert one.provisions, f"{one.name} names no provision"
        assert all(each["id"].startswith(f"{trust}/") for each in one.provisions)


def test_all_trusts_are_looked_at(all_courses: Mapping[str, Course]) -> None:
    assert set(all_courses) == set(ASKED)


def test_where_the_policy_says_nothing_of_such_an_account_nothing_is_asked(all_courses: Mapping[str, Course]) -> None:
    assert openings.demands(all_courses["collaborative"], account("trust-official"), "teacher") == []


def test_a_box_ticked_counts_only_with_what_belongs_beside_it(all_courses: Mapping[str, Course]) -> None:
    def unmet(**plans: str) -> set[str]:
        found = openings.ruling(
            all_courses["collaborative"],
            account(**plans),
            role="teacher",
            approvals=(),
            training_done=True,
            named_holders=0,
        )
        return {one.key for one in found.unmet}

    assert "profile" in unmet(profile_agreed="yes")
    assert "profile" not in unmet(**{"profile_agreed": "yes", "profile_agreed-text": "We show our art."})


def test_a_logo_of_the_trust_needs_permission_that_somebody_says_is_there(all_courses: Mapping[str, Course]) -> None:
    def unmet(**plans: str) -> set[str]:
        found = openings.ruling(
            all_courses["wren-spinney"], account(**plans), role="teacher", approvals=(), training_done=True,
            named_holders=2,
        )  # fmt: skip
        return {one.key for one in found.unmet}

    assert "logo-permission" in unmet(branding="crest-alone")
    assert "logo-permission" not in unmet(**{"branding": "crest-alone", "logo-permission": "yes"})


def proposed(world: World, trust: str = CREATING) -> tuple[Browser, str]:
    """Have Ada ask for a new account; return her browser and where the form stands."""
    ada = world.signed_in("Ada Teacher", trust)
    response = ada.submit("/my/requests", **NEW)
    assert response.status_code == 303
    return ada, response.headers["location"]


def filled(trust: str = CREATING, **others: str) -> dict[str, str]:
    people = {f"holder-{n}": f"{who}@{trust}.example.org" for n, who in ((1, "ada"), (2, "ben"))}
    return {"contact_email": "organisation", "branding": "own-logo", "custody": "In the office safe."} | people | others


def test_a_new_account_is_opened_by_the_first_right_granted_and_only_when_all_that_is_asked_is_there(
    world: World,
) -> None:
    ada, form = proposed(world)
    mia, right = world.signed_in("Mia Manager"), int(form.split("/")[3])
    world.passes(ada)
    agree(mia, right, "line-manager")
    assert approve(mia, right) == 409
    page = words(ada.get(form))
    assert "(4.4.2/3c)" in page, "the form names the provision behind a question"
    assert "The IT lead has agreed." in page, "and says whose agreement is missing"
    assert ada.submit(form, form, **filled()).status_code == 303
    assert approve(mia, right) == 409, "the IT lead has to agree to a new account"
    assert "The e-mail address it is linked to One of the school's or the trust's" in mia.text("/manage/")
    agree(mia, right, "it-lead")
    assert approve(mia, right) == 303
    assert "You may post on Instagram @hillart." in ada.text("/my/")
    with world.database.reading() as db:
        opened = db.scalars(select(Account).where(Account.handle == "@hillart")).one()
        assert opened.opened_at == world.clock()
        assert db.scalars(select(Event.name).where(Event.name == "account.opened")).all() == ["account.opened"]
    assert ada.get(form).status_code == 404, "what was decided is not described anew"


def test_an_account_linked_to_a_private_address_is_not_opened(world: World) -> None:
    ada, form = proposed(world)
    mia, right = world.signed_in("Mia Manager"), int(form.split("/")[3])
    world.passes(ada)
    ada.submit(form, form, **filled(contact_email="personal"))
    agree(mia, right, "line-manager")
    agree(mia, right, "it-lead")
    response = mia.submit(f"/manage/rights/{right}/approve")
    assert response.status_code == 409
    assert "The policy does not let this account be opened as it is described." in words(response)


def test_lydiate_asks_for_its_business_case_point_by_point(world: World) -> None:
    ada, form = proposed(world, LYDIATE)
    page = words(ada.get(form))
    for words_of_it in ("What the account is for", "Whom the account is meant for", "Who will run the account"):
        assert words_of_it in page
    assert "The e-mail address it is linked to" not in page, "this policy does not ask"
    case = {"plan-purpose": "Art.", "plan-audience": "Families.", "plan-promotion": "By letter."}
    ada.submit(form, form, **filled(LYDIATE, **case))
    page = words(ada.get(form))
    assert "By letter." in page
    assert "The plan says who will run the account." in page
    assert "The plan says how people will hear of the account." not in page


@pytest.mark.parametrize("field", ["custody", "plan-audience"])
def test_a_password_is_not_kept(world: World, field: str) -> None:
    ada, form = proposed(world)
    response = ada.submit(form, form, **filled(**{field: "password: hunter2"}))
    assert response.status_code == 422
    assert "This looks like a password." in words(response)
    with world.database.reading() as db:
        assert "hunter2" not in str(db.execute(select(Account.custody, Account.audience, Account.plans)).all())


def test_holders_are_named_by_address_and_have_to_be_two_people_on_the_staff_list(world: World) -> None:
    ada, form = proposed(world)
    response = ada.submit(form, form, **filled(**{"holder-2": f"ada@{CREATING}.example.org"}))
    assert "Name somebody else: this person is named already." in words(response)
    response = ada.submit(form, form, **filled(**{"holder-2": f"ben@{LYDIATE}.example.org"}))
    assert "Nobody on the staff list has this address." in words(response)
    assert ada.submit(form, form, **filled()).status_code == 303
    assert "Ada Teacher, Ben Teacher" in world.signed_in("Mia Manager").text("/manage/")


def test_nobody_else_reads_or_fills_a_request(world: World) -> None:
    _, form = proposed(world)
    for name in ("Ben Teacher", "Mia Manager"):
        other = world.signed_in(name)
        assert other.get(form).status_code == 404
        assert other.submit(form, "/my/", **filled()).status_code == 404


def test_nobody_agrees_to_or_decides_their_own_request(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    with world.database.writing() as db:
        account = db.get_one(Account, world.account().id)
        account.school_id = None
    right = world.requested(mia)
    for path, given in (("approvals", {"role": "line-manager"}), ("approve", {}), ("refuse", {"reason": "No."})):
        response = mia.submit(f"/manage/rights/{right}/{path}", **given)
        assert response.status_code == 403
        assert "This is your own request." in words(response)
    page = mia.get("/manage/").text
    assert f'action="/manage/rights/{right}/' not in page, "and is not offered it"
    with world.database.reading() as db:
        assert db.get_one(PostingRight, right).state == "requested"
