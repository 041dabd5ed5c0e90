"""Who may read which calendar, and what stands in it?"""

import re
from datetime import date

from icalendar import Calendar
from sqlalchemy import select

from register import leavers, links
from register.events import Event
from register.feeds import Feed
from register.people import Person
from tests.register.world import CREATING, Browser, World, add_somebody

SECRET = re.compile(r"/calendar/([\w-]+)/clear-to-post\.ics")


def address(browser: Browser) -> str:
    """Have an address made, and return it within the site."""
    found = SECRET.search(browser.submit("/my/calendar/", page="/my/calendar/").text)
    assert found
    return found[0]


def entries(world: World, path: str) -> dict[date, str]:
    response = world.browser().get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    return {one.decoded("dtstart"): f"{one['summary']}: {one['description']}" for one in calendar.walk("VEVENT")}


def test_staff_see_when_their_own_training_is_due_and_nobody_else(world: World) -> None:
    for name in ("Ada Teacher", "Ben Teacher"):
        world.passes(world.signed_in(name))
        world.clock.turn(days=1)
    found = entries(world, address(world.signed_in("Ada Teacher")))
    assert list(found) == [date(2027, 11, 21)]
    assert "Your social media training is due again" in found[date(2027, 11, 21)]
    assert "http://127.0.0.1:8000/my/" in found[date(2027, 11, 21)]


def test_whoever_has_not_passed_is_told_so_today(world: World) -> None:
    found = entries(world, address(world.signed_in("Ben Teacher")))
    assert found == {date(2026, 11, 21): found[date(2026, 11, 21)]}
    assert "Take your social media training" in found[date(2026, 11, 21)]


def test_a_manager_sees_one_entry_for_each_day_with_the_names_within_reach(world: World) -> None:
    with world.database.writing() as db:
        for number in range(25):
            add_somebody(db, CREATING, f"N{number:02} Teacher")
    for name in ("Ada Teacher", *(f"N{number:02} Teacher" for number in range(2))):
        world.passes(world.signed_in(name))
    path = address(world.signed_in("Mia Manager"))
    said = entries(world, path)[date(2027, 11, 21)]
    assert said.startswith("3 trainings expire: Ada Teacher\nN00 Teacher\nN01 Teacher\n")
    world.clock.turn(days=366)
    assert date(2027, 11, 21) not in entries(world, path)


def test_only_the_last_address_works_and_none_after_it_was_ended(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    first, second = address(ada), address(ada)
    assert world.browser().get(first).status_code == 404
    assert world.browser().get(second).status_code == 200
    assert "You have had an address since" in ada.text("/my/calendar/")
    assert second not in ada.get("/my/calendar/").text
    assert ada.submit("/my/calendar/end", page="/my/calendar/").status_code == 303
    assert world.browser().get(second).status_code == 404
    assert world.browser().get("/calendar/made-up/clear-to-post.ics").status_code == 404


def test_a_leavers_calendar_ends_with_them(world: World) -> None:
    path = address(world.signed_in("Ada Teacher"))
    with world.database.writing() as db:
        person = db.get_one(Person, world.person("Ada Teacher").id)
        leavers.leave(db, world.clock(), None, person, date(2026, 11, 21))
    assert world.browser().get(path).status_code == 404


def test_the_address_itself_is_kept_nowhere(world: World) -> None:
    path = address(world.signed_in("Ada Teacher"))
    token = path.split("/")[2]
    with world.database.reading() as db:
        feed = db.scalars(select(Feed)).one()
        assert feed.token_hash == links.hashed(token)
        log = str([(one.name, one.facts, one.subjects) for one in db.scalars(select(Event))])
    assert "feed.opened" in log
    assert token not in log
