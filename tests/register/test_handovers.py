"""What has to be handed over when somebody leaves who runs an account, and what of it is done?"""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from handbook.courses import course_json
from handbook.sources import load
from quiz.courses import read_course
from register import handovers, leavers, people
from register.accounts import Account
from register.events import Event
from register.handovers import Handover
from tests.register.test_posting_rights import granted
from tests.register.world import CREATING, LYDIATE, World

ROOT = Path(__file__).parents[2]


def leave(world: World, trust: str = CREATING, on: date = date(2026, 11, 21)) -> str:
    """Have Ada leave; return where her handover stands."""
    with world.database.writing() as db:
        ada = db.get_one(people.Person, world.person("Ada Teacher", trust).id)
        leavers.leave(db, world.clock(), None, ada, on)
        return f"/manage/people/{ada.id}/handover/"


def test_the_rights_are_gone_at_once_and_the_checklist_is_there(world: World) -> None:
    _, mia, _ = granted(world)
    place = leave(world)
    page = mia.text(place)
    assert "no right of theirs is in force" in page
    assert "The policy does not say what has to happen when somebody leaves." in page, "Creating Tomorrow does not"
    assert "Have the password of X @hill changed, so that Ada cannot get in." in page
    assert "2 of 2 still to do." in page
    assert place in mia.get(place.removesuffix("handover/")).text


def test_a_task_is_ticked_with_name_and_date_and_the_tick_can_be_taken_back(world: World) -> None:
    _, mia, _ = granted(world)
    place, account = leave(world), world.account().id
    assert mia.submit(f"{place}{account}", place, task="new-login", done="yes").status_code == 303
    page = mia.text(place)
    assert "Ticked by Mia Manager on 21 November 2026 at 12:00." in page
    assert "1 of 2 still to do." in page
    assert mia.submit(f"{place}{account}", place, task="new-login", done="no").status_code == 303
    assert "2 of 2 still to do." in mia.text(place)
    with world.database.reading() as db:
        names = db.scalars(select(Event.name).where(Event.name.like("handover.%")).order_by(Event.id)).all()
    assert names == ["handover.done", "handover.reopened"], "what was ticked once stays in the log"


def test_being_off_the_holders_is_seen_and_not_ticked(world: World) -> None:
    _, mia, _ = granted(world)
    place, account = leave(world), world.account().id
    assert mia.submit(f"{place}{account}", place, task="off-holders", done="yes").status_code == 422
    ada = world.person("Ada Teacher").id
    mia.submit(f"/manage/accounts/{account}/holders/{ada}/remove")
    assert "Done: Take Ada off the holders of X @hill." in mia.text(place)


def test_lydiate_has_its_administrator_transfer_or_close_the_account(world: World) -> None:
    _, mia, _ = granted(world, LYDIATE)
    place, account = leave(world, LYDIATE), world.account(LYDIATE).id
    page = mia.text(place)
    assert "Have the account's administrator settle who takes it over, or else close it." in page
    assert "(3.1/administrator/4)" in page
    assert mia.submit(f"{place}{account}", place, task="closing", done="yes").status_code == 303
    page = mia.text(place)
    assert "These are the tasks for an account that is to be closed." in page
    assert "Have the account's administrator close it." in page


def test_whoever_stays_has_nothing_to_hand_over(world: World) -> None:
    _, mia, _ = granted(world)
    place = f"/manage/people/{world.person('Ada Teacher').id}/handover/"
    assert "Ada Teacher is not leaving." in mia.text(place)
    assert mia.submit(f"{place}{world.account().id}", place, task="new-login").status_code == 404
    assert world.count(Handover) == 0


def test_an_account_that_is_not_theirs_or_a_task_that_is_none_is_not_ticked(world: World) -> None:
    _, mia, _ = granted(world)
    place = leave(world)
    assert mia.submit(f"{place}{world.account(LYDIATE).id}", place, task="new-login").status_code == 404
    assert mia.submit(f"{place}{world.account().id}", place, task="made-up").status_code == 422


@pytest.mark.parametrize(
    ("trust", "tasks"),
    [
        ("cockburn", ["new-login", "off-holders"]),
        ("collaborative", ["login", "successor", "new-login", "off-holders"]),
        ("lydiate", ["arrangements", "arrangements-2", "new-login", "off-holders"]),
    ],
)
def test_each_trust_has_the_tasks_of_its_own_policy(sqlite_world: World, trust: str, tasks: list[str]) -> None:
    granted(sqlite_world)
    leave(sqlite_world, on=date(2026, 12, 18))
    course = read_course(course_json(load(ROOT, date(2026, 11, 21)), trust))
    with sqlite_world.database.reading() as db:
        ada = db.get_one(people.Person, sqlite_world.person("Ada Teacher").id)
        (one,) = handovers.checklists(db, course, ada, date(2026, 11, 21))
    assert [task.key for task in one.tasks] == tasks
    assert one.account.id == sqlite_world.account().id
    assert isinstance(one.account, Account)
    assert one.silent == (trust == "cockburn")
