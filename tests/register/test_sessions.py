"""Who is signed in, where, and since when?"""

import re

import pytest
from sqlalchemy import select

from register.browsers import in_words
from register.events import Event
from register.sessions import IDLE, LASTS, SignIn
from tests.register.world import CREATING, LYDIATE, World

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)
DESK = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0"
)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (PHONE, "Safari on an iPhone"),
        (DESK, "Edge on Windows"),
        (DESK.partition(" Edg")[0], "Chrome on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Linux"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/131.0.0.0", "Chrome on a Chromebook"),
        ("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile", "Chrome on Android"),
        ("<script>", "An unknown browser"),
        ("", "An unknown browser"),
    ],
)
def test_a_browser_is_named_in_plain_words(user_agent: str, words: str) -> None:
    assert in_words(user_agent) == words


def test_somebody_sees_where_they_are_signed_in_and_ends_one_of_them(world: World) -> None:
    path = world.link(world.person("Ada Teacher"))
    phone, desk = world.browser(**{"User-Agent": PHONE}), world.browser(**{"User-Agent": DESK})
    phone.post(path)
    world.clock.turn(hours=1)
    desk.post(world.link(world.person("Ada Teacher")))
    says = desk.text("/my/sessions/")
    assert "Edge on Windows (this one) 21 November 2026 at 13:00, with a link 21 November 2026 at 13:00" in says
    assert "Safari on an iPhone 21 November 2026 at 12:00, with a link" in says
    ends = re.findall(r'action="(/my/sessions/\d+/end)"', desk.get("/my/sessions/").text)
    assert len(ends) == 2
    assert desk.submit(ends[1], page="/my/sessions/").status_code == 303
    assert phone.get("/my/").headers["location"] == "/sign-in/"
    assert desk.get("/my/").status_code == 200


def test_somebody_signs_out_everywhere_else(world: World) -> None:
    ada, elsewhere, ben = world.signed_in("Ada Teacher"), world.signed_in("Ada Teacher"), world.signed_in("Ben Teacher")
    assert ada.submit("/my/sessions/end-others", page="/my/sessions/").status_code == 303
    assert [one.get("/my/").status_code for one in (ada, elsewhere, ben)] == [200, 303, 200]


def test_nobody_ends_a_session_of_somebody_else(world: World) -> None:
    ada, ben = world.signed_in("Ada Teacher"), world.signed_in("Ben Teacher")
    with world.database.reading() as db:
        his = db.scalars(select(SignIn.id).where(SignIn.person_id == world.person("Ben Teacher").id)).one()
    assert ada.submit(f"/my/sessions/{his}/end", page="/my/sessions/").status_code == 404
    assert ben.get("/my/").status_code == 200


def test_a_manager_ends_all_sessions_of_somebody_in_scope_and_of_nobody_else(world: World) -> None:
    ada, ben, mia = (world.signed_in(one) for one in ("Ada Teacher", "Ben Teacher", "Mia Manager"))
    place = f"/manage/people/{world.person('Ada Teacher').id}/sessions/"
    assert "An unknown browser" in mia.text(place)
    assert world.signed_in("Mia Manager", LYDIATE).get(place).status_code == 404
    assert world.signed_in("Mia Manager", LYDIATE).submit(f"{place}end", page="/my/sessions/").status_code == 404
    assert ada.get("/my/").status_code == 200
    assert mia.submit(f"{place}end", page=place).status_code == 303
    assert [one.get("/my/").status_code for one in (ada, ben, mia)] == [303, 200, 200]
    with world.database.reading() as db:
        ended = db.scalars(select(Event).where(Event.name == "session.ended")).all()
    assert [(one.actor_id, one.subjects["person"]) for one in ended] == [
        (world.person("Mia Manager").id, world.person("Ada Teacher").id)
    ]


def test_a_session_nobody_uses_ends_after_three_days(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    world.clock.turn(seconds=IDLE.total_seconds() - 1)
    assert ada.get("/my/").status_code == 200
    world.clock.turn(seconds=IDLE.total_seconds() - 1)
    assert ada.get("/my/").status_code == 200, "it was used in between"
    world.clock.turn(seconds=IDLE.total_seconds())
    assert ada.get("/my/").status_code == 303


def test_a_session_in_constant_use_ends_after_two_weeks(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    for _ in range(LASTS.days - 1):
        world.clock.turn(days=1)
        assert ada.get("/my/").status_code == 200
    world.clock.turn(days=1)
    assert ada.get("/my/").status_code == 303


def test_looking_at_pages_writes_only_now_and_then(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    began = world.clock()
    found = []
    for _ in range(4):
        world.clock.turn(minutes=20)
        ada.get("/my/")
        with world.database.reading() as db:
            found.append((db.scalars(select(SignIn.last_seen_at)).one() - began).total_seconds() / 60)
    assert found == [0, 40, 40, 80]


def test_the_cookie_of_https_can_have_been_set_by_this_host_only(world: World) -> None:
    secure = world.told(base_url="https://clear.example.org")
    browser = secure.browser()
    cookie = browser.post(secure.link(secure.person("Ada Teacher"))).headers["set-cookie"]
    assert cookie.startswith("__Host-clearpost=")
    assert "; Path=/;" in cookie
    assert "; Secure" in cookie
    assert "domain" not in cookie.lower()
    assert browser.get("/my/").status_code == 200
    planted = cookie.split(";")[0].replace("__Host-", "")
    assert secure.browser(Cookie=planted).get("/my/").status_code == 303, "a cookie that another host may have set"
    secure.database.engine.dispose()


def test_sessions_of_another_trust_are_not_there(world: World) -> None:
    mia = world.signed_in("Mia Manager", CREATING)
    other = world.person("Ada Teacher", LYDIATE).id
    assert mia.get(f"/manage/people/{other}/sessions/").status_code == 404
