"""How often may somebody ask for what costs others something, whichever worker they ask?"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import httpx
import pytest
from httpx import ASGITransport
from sqlalchemy import select

from register import limits
from register.limits import ASKING_FOR_AN_ADDRESS, MOST_KNOWN, WORKING_OUT, Limit, Measure, Pace
from register.links import LinkRequest
from tests.register.world import CREATING, NOON, Browser, World

SECRET = b"a secret of the tests"
THREE = Measure("three", 3, timedelta(minutes=1))
CONSULT = {"trust": CREATING, "decision": "use-photo", "facts": {}}


def come_from(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Let every request that follows come from an address."""
    transport: Callable[..., ASGITransport] = ASGITransport
    monkeypatch.setattr("httpx.ASGITransport", lambda app: transport(app, client=(address, 1)))


def spends(world: World, who: str = "ada", measure: Measure = THREE) -> int:
    with world.database.writing() as db:
        return limits.spend(db, world.clock(), SECRET, measure, who)


def test_who_asks_too_often_is_told_when_to_ask_again_and_may_then(world: World) -> None:
    assert [spends(world) for _ in range(6)] == [0, 0, 0, 60, 60, 60], "asking in vain makes nothing worse"
    assert spends(world, "ben") == 0
    assert spends(world, "ada", Measure("another", 1, timedelta(minutes=1))) == 0
    world.clock.turn(seconds=60)
    assert [spends(world) for _ in range(2)] == [0, 60]


def test_an_hour_later_it_is_all_theirs_again_and_nothing_is_kept_of_them(world: World) -> None:
    for _ in range(3):
        spends(world)
    world.clock.turn(hours=1)
    assert spends(world, "ben") == 0
    assert world.count(Limit) == 1
    assert [spends(world) for _ in range(4)] == [0, 0, 0, 60]


def test_nobody_can_be_found_in_what_is_kept(world: World) -> None:
    world.browser().post("/sign-in/", data={"email": f"ada@{CREATING}.example.org"})
    with world.database.reading() as db:
        kept = db.scalars(select(Limit.who)).all()
    assert len(kept) == 2
    assert all(len(one) == 64 and int(one, 16) for one in kept)


def asks(browser: Browser, email: str = "ada@example.org") -> httpx.Response:
    return browser.post("/sign-in/", data={"email": email})


def test_one_mailbox_is_not_filled_from_wherever_it_is_asked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for number in range(ASKING_FOR_AN_ADDRESS.at_once + 1):
        come_from(monkeypatch, f"192.0.2.{number}")
        found.append(asks(world.browser(), " Ada@example.org"[number % 2 :]))
    assert [one.status_code for one in found] == [200] * 5 + [429]
    assert found[-1].headers["Retry-After"] == "600"
    assert "You have asked for a lot in a short time. Wait a moment and try again." in found[-1].text
    assert asks(world.browser(), "ben@example.org").status_code == 200
    world.clock.turn(minutes=10)
    assert asks(world.browser()).status_code == 200


def test_what_one_worker_counts_every_worker_knows(world: World) -> None:
    other = world.told()
    for number in range(ASKING_FOR_AN_ADDRESS.at_once):
        assert asks((world if number % 2 else other).browser()).status_code == 200
    assert [asks(one.browser()).status_code for one in (world, other)] == [429, 429]
    other.database.engine.dispose()


def test_of_many_at_once_no_more_get_through_than_may(world: World) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = [one.result().status_code for one in [pool.submit(asks, world.browser()) for _ in range(8)]]
    assert sorted(found) == [200] * 5 + [429] * 3


def test_a_school_behind_one_address_gets_in_on_one_morning(world: World) -> None:
    link = world.link(world.person("Ada Teacher"))
    assert {asks(world.browser(), f"teacher{number}@example.org").status_code for number in range(100)} == {200}
    for _ in range(100):
        assert world.browser().get(link).status_code == 200
    assert {world.signed_in("Ben Teacher").get("/my/").status_code for _ in range(20)} == {200}


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three things be done at once, so that tests are short."""
    for name in ("ASKING_FROM_A_PLACE", "WRONG_FROM_A_PLACE", "STARTING"):
        monkeypatch.setattr(limits, name, Measure(name, 3, timedelta(minutes=1)))


@pytest.mark.usefixtures("hasty")
def test_many_wrong_links_from_a_place_are_stopped_and_good_ones_still_work(world: World) -> None:
    link = world.link(world.person("Ada Teacher"))
    found = [world.browser().post("/sign-in/made-up") for _ in range(4)]
    assert [one.status_code for one in found] == [404, 404, 404, 429]
    assert found[-1].headers["Retry-After"] == "60"
    assert world.browser().post(link).status_code == 303


@pytest.mark.usefixtures("hasty")
def test_asking_for_many_people_from_one_place_is_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [asks(world.browser(), f"{number}@example.org").status_code for number in range(4)]
    assert found == [200, 200, 200, 429]
    path = world.link(world.person("Ada Teacher"))
    assert world.browser().post(f"{path}/new-link").status_code == 429
    assert world.count(LinkRequest) == 0
    come_from(monkeypatch, "192.0.2.1")
    assert asks(world.browser(), "5@example.org").status_code == 200


@pytest.mark.usefixtures("hasty")
def test_nobody_starts_the_training_over_and_over(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    found = [ada.api("/api/tickets", {"trust": CREATING}) for _ in range(4)]
    assert [one.status_code for one in found] == [201, 201, 201, 429]
    assert (found[-1].headers["Retry-After"], found[-1].json()["error"]["code"]) == ("60", "too-many")
    again = world.signed_in("Ada Teacher")
    assert again.api("/api/tickets", {"trust": CREATING}).status_code == 429, "a new session changes nothing"
    assert world.signed_in("Ben Teacher").api("/api/tickets", {"trust": CREATING}).status_code == 201


def test_who_sends_answers_without_a_pause_is_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = world.signed_in("Ada Teacher")
    sent = world.filled(ada)
    monkeypatch.setattr(limits, "WORKING_OUT", Measure("working out", 3, timedelta(seconds=0.1)))
    found = [ada.api("/api/attempts", sent) for _ in range(4)]
    assert [one.status_code for one in found] == [201, 200, 200, 429]
    assert found[-1].headers["Retry-After"] == "1"


def works_out(pace: Pace, who: str, now: datetime = NOON) -> int:
    return pace.spend(now, WORKING_OUT, who)


def used_up(pace: Pace, who: str) -> None:
    """Ask for all that somebody may ask at once."""
    assert {works_out(pace, who) for _ in range(WORKING_OUT.at_once)} == {0}


def test_who_asks_too_much_is_told_when_to_ask_again_and_may_then() -> None:
    known = Pace()
    used_up(known, "ada")
    seconds = works_out(known, "ada")
    assert seconds == 1
    # Asking in vain makes nothing worse.
    assert {works_out(known, "ada") for _ in range(100)} == {seconds}
    assert works_out(known, "ada", NOON + timedelta(seconds=seconds)) == 0
    assert works_out(known, "ben") == 0


def test_a_pace_that_everybody_may_keep_is_never_refused() -> None:
    known = Pace()
    used_up(known, "ada")
    assert all(works_out(known, "ada", NOON + number * WORKING_OUT.every) == 0 for number in range(1, 1000))


def test_an_hour_later_it_is_all_theirs_again_and_no_more() -> None:
    known = Pace()
    used_up(known, "ada")
    later = NOON + timedelta(hours=1)
    assert [works_out(known, "ada", later) for _ in range(WORKING_OUT.at_once + 1)] == [0] * WORKING_OUT.at_once + [1]


def test_of_many_who_ask_only_the_latest_are_remembered() -> None:
    known = Pace()
    used_up(known, "first")
    for number in range(MOST_KNOWN - 1):
        works_out(known, f"{number}")
    assert works_out(known, "first") == 1
    works_out(known, "one more")
    assert len(known._used_until) <= MOST_KNOWN
    assert works_out(known, "first") == 1, "who asked last is not forgotten"


@pytest.fixture
def hasty_at_working_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody ask for three things at once, so that tests are short."""
    monkeypatch.setattr(limits, "WORKING_OUT", Measure("working out", 3, timedelta(seconds=0.1)))


def consults(browser: Browser) -> tuple[int, str | None]:
    response = browser.api("/api/consult", CONSULT)
    return response.status_code, response.headers.get("Retry-After")


@pytest.mark.usefixtures("hasty_at_working_out")
def test_too_much_is_refused_in_words_until_some_time_has_passed(world: World) -> None:
    anybody = world.browser()
    assert [consults(anybody) for _ in range(3)] == [(200, None)] * 3
    response = anybody.api("/api/consult", CONSULT)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "1")
    assert response.json()["error"] == {
        "code": "too-many",
        "says": "You have asked for a lot in a short time. Wait a moment and try again.",
    }
    for path in ("/api/play", "/api/another"):
        assert anybody.api(path, {}).status_code == 429, path
    assert anybody.get("/api/me").status_code == 200
    world.clock.turn(seconds=1)
    assert consults(anybody) == (200, None)


@pytest.mark.usefixtures("hasty_at_working_out")
def test_whoever_is_signed_in_has_their_own_measure(world: World) -> None:
    ada, ben, anybody = world.signed_in("Ada Teacher"), world.signed_in("Ben Teacher"), world.browser()
    for one in (ada, ben, anybody):
        assert [consults(one)[0] for _ in range(4)] == [200, 200, 200, 429]
    assert [consults(world.signed_in("Ada Teacher"))[0], consults(world.browser())[0]] == [429, 429]


@pytest.mark.usefixtures("hasty_at_working_out")
@pytest.mark.parametrize(
    ("other", "status"),
    [("2001:db8:0:1:ffff::2", 429), ("2001:db8:0:2::1", 200), ("192.0.2.1", 200), ("a socket's name", 200)],
)
def test_addresses_that_begin_alike_share_what_is_theirs(
    world: World, monkeypatch: pytest.MonkeyPatch, other: str, status: int
) -> None:
    come_from(monkeypatch, "2001:db8:0:1::1")
    assert [consults(world.browser())[0] for _ in range(4)] == [200, 200, 200, 429]
    come_from(monkeypatch, other)
    assert consults(world.browser())[0] == status
