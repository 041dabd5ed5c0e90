"""Which staff lists were handed in, and what became of them?"""

import re
from io import BytesIO
from zipfile import ZipFile

import httpx
import pytest
from sqlalchemy import select

from register import people, schools
from register.events import Event
from register.people import Person
from register.sessions import SignIn
from register.staff_import.dry_run import dry_run
from register.staff_import.taking_over import NotReady, take_over
from register.staff_lists import KEPT_FOR, StaffList, Understanding
from tests.register.staff_import.test_oneroster import MANIFEST, ORGS, ROLES, USERS
from tests.register.staff_import.test_tables import workbook
from tests.register.test_database import impatient, locked_by_another_program
from tests.register.world import CREATING, Browser, World, words

HEAD = "Name,E-mail,School,Role\n"
ADA = f"Ada Teacher,ada@{CREATING}.example.org,Hill School,Teacher\n"
BEN = f"Ben Teacher,ben@{CREATING}.example.org,Hill School,Teacher\n"


def hand_in(manager: Browser, text: str | bytes, whole: str = "no") -> str:
    """Hand a list in and return the address of its dry run."""
    response = sent(manager, text, whole)
    assert response.status_code == 303, words(response)
    return response.headers["location"]


def sent(manager: Browser, text: str | bytes, whole: str = "no") -> httpx.Response:
    token = re.search(r'name="form_token" value="([0-9a-f]+)"', manager.get("/manage/staff-lists/").text)
    content = text.encode() if isinstance(text, str) else text
    fields = {"form_token": token[1] if token else "", "whole": whole}
    return manager.post("/manage/staff-lists/", data=fields, files={"file": ("staff.csv", content)})


def apply(manager: Browser, place: str) -> int:
    found = re.search(r'name="plan" value="([0-9a-f]+)"', manager.get(place).text)
    return manager.submit(f"{place}apply", page=place, plan=found[1] if found else "none").status_code


def listed(world: World) -> dict[str, tuple[str, ...]]:
    """Return everybody of the trust who is here, with their schools."""
    with world.database.reading() as db:
        everybody = [one for one in people.of_trust(db, CREATING) if not one.has_left(world.clock().date())]
        return {one.name: tuple(school.name for school in schools.of_person(db, one.id)) for one in everybody}


BEFORE = {"Ada Teacher": ("Hill School",), "Ben Teacher": ("Hill School",), "Mia Manager": ()}


def test_a_list_is_first_shown_and_then_taken_over_whole(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    text = f"{HEAD}{ADA}Zoë New,zoe@h.org,Dale School,Volunteer\n"
    place = hand_in(mia, text, whole="yes")
    page = mia.text(place)
    assert "1 person is new" in page
    assert "1 person leaves" in page
    assert "New schools: Dale School" in page
    assert listed(world) == BEFORE, "nothing has changed yet"
    assert apply(mia, place) == 303
    assert listed(world) == {"Ada Teacher": ("Hill School",), "Mia Manager": (), "Zoë New": ("Dale School",)}


def test_whoever_is_missing_from_a_whole_list_of_their_school_has_left_and_is_signed_out(world: World) -> None:
    ben, mia = world.signed_in("Ben Teacher"), world.signed_in("Mia Manager")
    place = hand_in(mia, HEAD + ADA, whole="yes")
    assert "Ben Teacher (Hill School): not on the list, so from today" in mia.text(place)
    assert apply(mia, place) == 303
    assert "Ben Teacher" not in listed(world)
    assert ben.get("/my/").headers["location"] == "/sign-in/"
    with world.database.reading() as db:
        sessions = db.scalars(select(SignIn).where(SignIn.person_id == world.person("Ben Teacher").id)).all()
        assert all(one.ended_at for one in sessions)
        names = [one.name for one in db.scalars(select(Event).order_by(Event.id))]
    assert "person.left" in names
    assert names[-1] == "list.applied"


def test_one_wrong_row_and_nothing_at_all_is_taken_over(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    place = hand_in(mia, f"{HEAD}Zoë New,zoe@h.org,Hill School,Teacher\nNo Address,,Hill School,Teacher\n")
    page = mia.text(place)
    assert "What is wrong: 1 problem" in page
    assert "3 No Address has no e-mail address." in page
    assert "Make these changes" not in page
    assert apply(mia, place) == 409
    assert listed(world) == BEFORE
    content = f"{HEAD}Zoë New,zoe@h.org,Hill School,Teacher\nNo Address,,Hill School,Teacher\n".encode()
    with world.database.reading() as db:
        plan = dry_run(db, world.clock(), CREATING, content, Understanding(), whole=False).plan
    with world.database.writing() as db, pytest.raises(NotReady):
        take_over(db, world.clock(), None, CREATING, plan, "digest")
    assert listed(world) == BEFORE


def test_what_was_confirmed_is_what_was_shown_or_nothing_is_done(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    place = hand_in(mia, f"{HEAD}Zoë New,zoe@h.org,Hill School,Teacher\n")
    shown = re.search(r'name="plan" value="([0-9a-f]+)"', mia.get(place).text)
    with world.database.writing() as db:
        people.add_person(db, world.clock(), trust_id=CREATING, name="Zoë Other", email="zoe@h.org", role="teacher")
    response = mia.submit(f"{place}apply", page=place, plan=shown[1] if shown else "")
    assert response.status_code == 409
    assert "The register has changed since you looked" in words(response)
    assert "Zoë New" not in listed(world)


def test_a_list_taken_over_or_thrown_away_is_no_longer_kept(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    taken_over, thrown_away = (hand_in(mia, f"{HEAD}Zoë New,zoe@h.org,Hill School,Teacher\n") for _ in range(2))
    assert mia.submit(f"{thrown_away}discard", page=thrown_away).status_code == 303
    assert apply(mia, taken_over) == 303
    for place in (taken_over, thrown_away):
        assert mia.get(place).status_code == 410
    with world.database.reading() as db:
        assert [one.content for one in db.scalars(select(StaffList))] == [None, None]


def test_a_list_nobody_came_back_for_is_emptied(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    hand_in(mia, HEAD + ADA)
    world.clock.now += KEPT_FOR * 2
    hand_in(mia, HEAD + BEN)
    with world.database.reading() as db:
        assert [one.content is None for one in db.scalars(select(StaffList).order_by(StaffList.id))] == [True, False]


def test_columns_and_titles_are_explained_once_and_remembered_for_the_next_list(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    text = "Wer,Post,Arbeitet als\nZoë New,zoe@h.org,Wizard\n"
    place = hand_in(mia, text)
    assert "No column says the e-mail address or the name" in mia.text(place)
    explained = {"column-name": "0", "column-email": "1", "column-role": "2", "everyone": ""}
    assert mia.submit(f"{place}mapping", page=place, **explained).status_code == 303
    page = mia.get(place).text
    assert "wizard (1 person)" in page
    (field,) = set(re.findall(r'name="(title-[0-9a-f]+)"', page))
    assert mia.submit(f"{place}mapping", page=place, **{field: "teacher"}).status_code == 303
    assert "1 person is new" in mia.text(place)
    again = hand_in(mia, "Post,Wer,Arbeitet als\nyan@h.org,Yan New,wizard\n")
    assert "Make these changes" in mia.text(again)


def test_what_everybody_on_a_list_is_can_be_said_where_the_list_does_not(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    place = hand_in(mia, "Governor,E-mail\nGil New,gil@h.org\n")
    assert "No column says what people's roles are" in mia.text(place)
    mia.submit(f"{place}mapping", page=place, everyone="governor")
    assert apply(mia, place) == 303
    assert world.person("Gil New").kind == "governor"


def test_a_workbook_with_formulas_is_read_by_their_results(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    content = workbook(("Name", "E-mail", "Role"), (("=A9&B9", "Zoë New"), "zoe@h.org", "Teacher"))
    place = hand_in(mia, content)
    assert "1 cells are formulas; their last result was read." in mia.text(place)
    assert apply(mia, place) == 303
    broken = workbook(("Name", "E-mail", "Role"), (("=A9", ""), "yan@h.org", "Teacher"))
    says = "A formula has no result, or an error. Copy the column and paste it as values."
    assert says in mia.text(hand_in(mia, broken))


def test_a_oneroster_archive_is_taken_over_with_its_schools(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, text in (("manifest", MANIFEST), ("orgs", ORGS), ("users", USERS), ("roles", ROLES)):
            archive.writestr(f"export/{name}.csv", text)
    place = hand_in(mia, file.getvalue())
    assert apply(mia, place) == 303
    assert listed(world)["Ada Hill"] == ("Dale School", "Hill School")
    assert world.person("Ada Hill").external_id == "1"
    assert "Everything on the list is on record already." in mia.text(hand_in(mia, file.getvalue()))


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "Choose the staff list."), (b"%PDF-1.7", "The file is no list."), (b"Ada,a@h.org\n", "first row")],
)
def test_what_is_no_list_is_told_at_its_field(world: World, content: bytes, says: str) -> None:
    response = sent(world.signed_in("Mia Manager"), content)
    assert response.status_code == 422
    assert says in words(response)
    assert 'href="#file"' in response.text
    assert world.count(StaffList) == 0


def test_nobody_says_by_accident_that_whoever_is_missing_has_left(world: World) -> None:
    response = sent(world.signed_in("Mia Manager"), HEAD + ADA, whole="")
    assert response.status_code == 422
    assert "Say what it means if somebody is not on the list." in words(response)


def test_a_list_is_read_while_others_write(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    mia = world.signed_in("Mia Manager")
    impatient(world, monkeypatch)
    with locked_by_another_program(world):
        assert "names nobody below its first row" in words(sent(mia, HEAD))
        assert sent(mia, HEAD + ADA).status_code == 503, "only keeping it has to wait"
    assert sent(mia, HEAD + ADA).status_code == 303


def test_ten_thousand_people_are_taken_over_in_one_go(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    rows = "".join(f"Person {n},person{n}@h.org,School {n % 90},Teacher\n" for n in range(10_000))
    place = hand_in(mia, HEAD + rows)
    page = mia.text(place)
    assert "10,000 people are new" in page
    assert "And 9,900 more." in page
    assert apply(mia, place) == 303
    assert world.count(Person) == 10_000 + 6
    assert "10,003 people, 1 to 100 shown" in mia.text("/manage/people/")


def test_two_people_may_exchange_their_addresses(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    head = "Name,E-mail,School,Role,Staff number\n"
    assert (
        apply(
            mia,
            hand_in(mia, f"{head}Una One,one@h.org,Hill School,Teacher,1\nTwo Two,two@h.org,Hill School,Teacher,2\n"),
        )
        == 303
    )
    assert (
        apply(
            mia,
            hand_in(mia, f"{head}Una One,two@h.org,Hill School,Teacher,1\nTwo Two,one@h.org,Hill School,Teacher,2\n"),
        )
        == 303
    )
    assert (world.person("Una One").email, world.person("Two Two").email) == ("two@h.org", "one@h.org")


def test_a_script_in_a_list_stays_text(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    place = hand_in(mia, f"{HEAD}<script>alert(1)</script>,z@h.org,<b>School</b>,Teacher\n")
    page = mia.get(place).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
