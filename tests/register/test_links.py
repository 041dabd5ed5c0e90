"""Who may sign in with this link, and who is waiting for a new one?"""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import httpx
import pytest
from sqlalchemy import select, text

from register import people, schools
from register.links import Link, LinkRequest
from register.scope import MANAGER, TRUST_ADMIN, Post
from register.sessions import SignIn
from tests.register.world import CREATING, LYDIATE, NOON, Browser, World, add_somebody, words


def test_opening_a_link_consumes_nothing_however_often_a_scanner_does_it(world: World) -> None:
    path = world.link(world.person("Ada Teacher"))
    for _ in range(3):
        response = world.browser().get(path)
        assert response.status_code == 200
        assert "Sign in as Ada" in words(response)
        assert "set-cookie" not in response.headers
    world.browser().send("HEAD", path)
    assert world.browser().post(path).status_code == 303


def test_the_button_signs_in_staff_to_their_page_and_managers_to_theirs(world: World) -> None:
    for name, place in (("Ada Teacher", "/my/"), ("Mia Manager", "/manage/")):
        browser = world.browser()
        response = browser.post(world.link(world.person(name)))
        assert response.headers["location"] == place
        assert browser.get(place).status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(world: World) -> None:
    cookie = world.browser().post(world.link(world.person("Ada Teacher"))).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie, "this register is on plain http"


def test_a_used_link_says_when_it_was_used_and_offers_a_new_one(world: World) -> None:
    path = world.link(world.person("Ada Teacher"))
    world.browser().post(path)
    for response in (world.browser().get(path), world.browser().post(path)):
        assert response.status_code == 410
        assert "was used on 21 November 2026 at 12:00" in words(response)
        assert "Ask for a new link" in words(response)


def test_an_old_link_says_when_it_expired_and_offers_a_new_one(world: World) -> None:
    path = world.link(world.person("Ada Teacher"))
    world.clock.turn(days=7)
    for response in (world.browser().get(path), world.browser().post(path)):
        assert response.status_code == 410
        assert "expired on 28 November 2026 at 12:00" in words(response)
    assert world.count(SignIn) == 0


def test_an_unknown_link_says_so_and_offers_a_new_one(world: World) -> None:
    response = world.browser().get("/sign-in/made-up")
    assert response.status_code == 404
    assert "Ask for a new link" in words(response)


def test_of_two_presses_at_once_one_signs_in(world: World) -> None:
    path = world.link(world.person("Ada Teacher"))
    with ThreadPoolExecutor(4) as pool:
        pressing = [pool.submit(world.browser().post, path) for _ in range(4)]
    assert sorted(one.result().status_code for one in pressing) == [303, 410, 410, 410]
    assert world.count(SignIn) == 1


def test_the_manager_sees_the_wish_for_a_new_link_and_hands_one_over_that_works(world: World) -> None:
    path = world.link(world.person("Ada Teacher"))
    world.browser().post(path)
    world.browser().post(f"{path}/new-link")
    world.browser().post(f"{path}/new-link")
    mia = world.signed_in("Mia Manager")
    assert "1 waits for a new sign-in link" in mia.text("/manage/")
    assert "0 wait for a new sign-in link" in world.signed_in("Mia Manager", LYDIATE).text("/manage/")
    shown = mia.submit(f"/manage/people/{world.person('Ada Teacher').id}/link")
    address = shown.text.split('value="http://127.0.0.1:8000')[1].split('"')[0]
    assert "0 wait for a new sign-in link" in mia.text("/manage/")
    assert world.browser().post(address).status_code == 303


def test_asking_by_e_mail_tells_nobody_who_is_on_the_list(world: World) -> None:
    known = world.browser().post("/sign-in/", data={"email": f" ADA@{CREATING}.example.org "})
    unknown = world.browser().post("/sign-in/", data={"email": "nobody@example.org"})
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text)
    assert world.count(LinkRequest) == 1


def test_an_address_that_is_none_is_explained_at_the_field_and_on_top(world: World) -> None:
    response = world.browser().post("/sign-in/", data={"email": "ada"})
    assert response.status_code == 422
    assert '<a href="#email">Enter your work e-mail' in response.text
    assert 'aria-describedby=" email-error"' in response.text
    assert 'id="email-error"' in response.text


def test_only_hashes_of_links_and_sessions_are_kept(world: World) -> None:
    path = world.link(world.person("Ada Teacher"))
    browser = world.browser()
    browser.post(path)
    with world.database.reading() as db:
        kept = str(
            [db.execute(text(f"SELECT * FROM {table}")).all() for table in ("sign_in_links", "sessions", "events")]
        )
    assert path.removeprefix("/sign-in/") not in kept
    assert browser.cookies["clearpost"] not in kept


def test_signing_in_again_ends_the_session_this_browser_had(world: World) -> None:
    browser = world.signed_in("Ada Teacher")
    before = browser.cookies["clearpost"]
    browser.post(world.link(world.person("Ben Teacher")))
    assert browser.cookies["clearpost"] != before
    stolen = world.browser(Cookie=f"clearpost={before}")
    assert stolen.get("/my/").headers["location"] == "/sign-in/"


def test_signing_out_ends_the_session_on_the_server(world: World) -> None:
    browser = world.signed_in("Ada Teacher")
    kept = browser.cookies["clearpost"]
    assert browser.submit("/sign-out", page="/my/").status_code == 303
    assert world.browser(Cookie=f"clearpost={kept}").get("/api/me").json()["person"] is None


def test_a_session_ends_by_itself_after_two_weeks(world: World) -> None:
    browser = world.signed_in("Ada Teacher")
    world.clock.turn(days=14)
    assert browser.get("/api/me").json() == {"person": None, "completion": None}


@pytest.mark.parametrize("when", ["signed in", "with a link"])
def test_a_leaver_gets_in_neither_with_a_session_nor_with_a_link(world: World, when: str) -> None:
    browser = world.signed_in("Ada Teacher") if when == "signed in" else world.browser()
    path = world.link(world.person("Ada Teacher"))
    with world.database.writing() as db:
        ada = db.get_one(people.Person, world.person("Ada Teacher").id)
        people.leave(db, world.clock(), None, ada, date(2026, 11, 21))
    assert browser.get("/api/me").json() == {"person": None, "completion": None}
    assert browser.post(path).status_code == 404
    with world.database.reading() as db:
        assert all(one.used_at is None for one in db.scalars(select(Link).where(Link.token_hash == path)))


def school_of(browser: Browser, name: str = "Hill School") -> str:
    found = re.search(rf'<option value="(\w+)">{name}', browser.get("/manage/links/").text)
    assert found
    return found[1]


def printed(browser: Browser, **fields: str) -> httpx.Response:
    return browser.submit("/manage/links/", page="/manage/links/", how="print", **fields)


def slips(response: httpx.Response) -> dict[str, str]:
    found = re.findall(r'<h2 id="slip-\d+">(.*?)</h2>.*?(/sign-in/[\w-]+)</p>', response.text, re.DOTALL)
    return dict(found)


def test_links_for_a_school_are_printed_on_slips_that_work(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    response = printed(mia, school=school_of(mia), who="everyone")
    found = slips(response)
    assert list(found) == ["Ada Teacher", "Ben Teacher"]
    assert "Works once, until 28 November 2026 at 12:00." in words(response)
    drawn = re.findall(r'viewBox="0 0 (\d+) \d+" role="img" aria-label="([^"]+)"', response.text)
    assert [label for _, label in drawn] == [f"QR code with the sign-in link of {name}" for name in found]
    assert printed(mia, school=school_of(mia), who="everyone").status_code == 200
    assert [world.browser().post(path).status_code for path in found.values()] == [410, 410], "later ones took over"


def test_who_has_signed_in_before_keeps_out_of_the_list_if_that_is_asked_for(world: World) -> None:
    world.signed_in("Ada Teacher")
    mia = world.signed_in("Mia Manager")
    assert list(slips(printed(mia, school=school_of(mia), who="never"))) == ["Ben Teacher"]
    world.signed_in("Ben Teacher")
    response = printed(mia, school=school_of(mia), who="never")
    assert response.status_code == 422
    assert "There is nobody to make a link for. Choose everyone." in words(response)


def test_the_people_of_the_trust_itself_are_a_place_of_their_own(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    assert list(slips(printed(mia, school=school_of(mia, "The trust itself"), who="everyone"))) == ["Mia Manager"]


@pytest.mark.parametrize("school", ["", "0", "999999", "x", "of the other trust"])
def test_links_are_made_only_for_a_school_of_the_trust(world: World, school: str) -> None:
    mia = world.signed_in("Mia Manager")
    before = world.count(Link)
    if school == "of the other trust":
        school = school_of(world.signed_in("Mia Manager", LYDIATE))
        before += 1
    response = printed(mia, school=school, who="everyone")
    assert response.status_code == 422
    assert "Choose a school." in words(response)
    assert world.count(Link) == before


def test_a_manager_of_a_school_lets_in_its_people_but_nobody_above_them(world: World) -> None:
    with world.database.writing() as db:
        hill = schools.school(db, NOON, None, CREATING, "Hill School").id
        vale = schools.school(db, NOON, None, CREATING, "Vale School").id
        for name, school, role in (
            ("Sam Head", hill, MANAGER),
            ("Kim Chief", hill, TRUST_ADMIN),
            ("Lou Vale", vale, None),
        ):
            add_somebody(
                db, CREATING, name, [school], *([Post(role, None if role == TRUST_ADMIN else school)] if role else [])
            )
    sam = world.signed_in("Sam Head")
    assert list(slips(printed(sam, school=school_of(sam), who="everyone"))) == [
        "Ada Teacher",
        "Ben Teacher",
        "Sam Head",
    ]
    assert "Vale School" not in sam.text("/manage/links/")
    assert "The trust itself" not in sam.text("/manage/links/")
    assert printed(sam, school=str(vale), who="everyone").status_code == 422
    for name in ("Kim Chief", "Lou Vale"):
        for path in ("link", "link/send", "sessions/end"):
            response = sam.submit(f"/manage/people/{world.person(name).id}/{path}", page="/my/")
            assert response.status_code in (403, 404), (name, path)
