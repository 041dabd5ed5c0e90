"""How much anybody may make the register work out: more than a human asks, and then a pause that is told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from httpx import ASGITransport

from register import pace
from register.pace import AT_ONCE, EVERY, MOST_KNOWN, Pace
from tests.register.world import CREATING, NOON, Browser, World

CONSULT = {"trust": CREATING, "decision": "use-photo", "facts": {}}


def used_up(pace: Pace, who: str) -> None:
    """Ask for all that somebody may ask at once."""
    assert [pace.wait(who, NOON) for _ in range(AT_ONCE)] == [0] * AT_ONCE


def test_who_asks_too_much_is_told_when_to_ask_again_and_may_then() -> None:
    known = Pace()
    used_up(known, "ada")
    seconds = known.wait("ada", NOON)
    assert seconds == 1
    # Asking in vain makes nothing worse.
    assert {known.wait("ada", NOON) for _ in range(100)} == {seconds}
    assert known.wait("ada", NOON + timedelta(seconds=seconds)) == 0
    assert known.wait("ben", NOON) == 0


def test_a_pace_that_everybody_may_keep_is_never_refused() -> None:
    known = Pace()
    used_up(known, "ada")
    assert all(known.wait("ada", NOON + number * EVERY) == 0 for number in range(1, 1000))


def test_an_hour_later_it_is_all_theirs_again_and_no_more() -> None:
    known = Pace()
    used_up(known, "ada")
    later = NOON + timedelta(hours=1)
    assert [known.wait("ada", later) for _ in range(AT_ONCE + 1)] == [0] * AT_ONCE + [1]


def test_of_many_who_ask_only_the_latest_are_remembered() -> None:
    known = Pace()
    used_up(known, "first")
    for number in range(MOST_KNOWN - 1):
        known.wait(f"{number}", NOON)
    assert known.wait("first", NOON) == 1
    known.wait("one more", NOON)
    assert len(known._used_until) <= MOST_KNOWN
    assert known.wait("first", NOON) == 1, "who asked last is not forgotten"


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody ask for three things at once, so that tests are short."""
    monkeypatch.setattr(pace, "AT_ONCE", 3)


def asks(browser: Browser) -> tuple[int, str | None]:
    response = browser.api("/api/consult", CONSULT)
    return response.status_code, response.headers.get("Retry-After")


@pytest.mark.usefixtures("hasty")
def test_too_much_is_refused_in_words_until_some_time_has_passed(world: World) -> None:
    anybody = world.browser()
    assert [asks(anybody) for _ in range(3)] == [(200, None)] * 3
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
    assert asks(anybody) == (200, None)


@pytest.mark.usefixtures("hasty")
def test_whoever_is_signed_in_has_their_own_measure(world: World) -> None:
    ada, ben, anybody = world.signed_in("Ada Teacher"), world.signed_in("Ben Teacher"), world.browser()
    for one in (ada, ben, anybody):
        assert [asks(one)[0] for _ in range(4)] == [200, 200, 200, 429]
    assert [asks(world.signed_in("Ada Teacher"))[0], asks(world.browser())[0]] == [429, 429]


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    ("other", "status"),
    [("2001:db8:0:1:ffff::2", 429), ("2001:db8:0:2::1", 200), ("192.0.2.1", 200), ("a socket's name", 200)],
)
def test_addresses_that_begin_alike_share_what_is_theirs(
    world: World, monkeypatch: pytest.MonkeyPatch, other: str, status: int
) -> None:
    come_from(monkeypatch, "2001:db8:0:1::1")
    assert [asks(world.browser())[0] for _ in range(4)] == [200, 200, 200, 429]
    come_from(monkeypatch, other)
    assert asks(world.browser())[0] == status


def come_from(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Let every request that follows come from an address."""
    transport: Callable[..., ASGITransport] = ASGITransport
    monkeypatch.setattr("httpx.ASGITransport", lambda app: transport(app, client=(address, 1)))
