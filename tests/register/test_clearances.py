"""May this person post on this account today? The gate, where a policy says nothing of what always stops people."""

from datetime import date
from typing import Any

import pytest

from quiz.courses import Course
from register.accounts import Account
from register.clearances import Circumstances, Clearance
from register.completions import Training
from register.holds import Hold
from register.people import Person
from register.posting_rights import PostingRight
from tests.register.world import CREATING, NOON, World

TODAY = date(2026, 11, 21)


def asked(
    world: World, position: dict[str, Any], *, trained: bool = True, left: bool = False, held: bool = False
) -> Clearance:
    """Ask the gate of a trust with this position, for a teacher nobody has agreed to."""
    course = Course({**world.course(), "positions": {**world.course()["positions"], "posting-right": position}})
    person = Person(id=1, name="Ada", role="teacher", left_on=TODAY if left else None)
    hold = Hold(account_id=None, reason="A crisis.", starts_at=NOON)
    circumstances = Circumstances(
        course=course,
        today=TODAY,
        people={1: person},
        trainings={1: Training("passed" if trained else "not-started")},
        readers=frozenset(),
        rights=(),
        approvals={},
        holders={},
        holds=[(hold, "Mia")] if held else [],
    )
    return circumstances.clearance(PostingRight(id=1), person, Account(id=1, kind="school-official", opened_at=NOON))


SILENT = {"silent": "Nothing is said."}
NEEDS_TRAINING = {"training": [{"cites": ["7.1.1b"]}]}


def test_where_the_policy_is_silent_nobody_is_cleared_and_the_page_says_that_it_is(world: World) -> None:
    clearance = asked(world, SILENT)
    assert not clearance.clear
    assert clearance.reasons[0].says.startswith("The policy does not say")
    assert clearance.reasons[0].provisions == ()


@pytest.mark.parametrize("why", ["left", "held"])
def test_leaving_and_a_hold_stop_anybody_even_where_the_policy_does_not_speak_of_them(world: World, why: str) -> None:
    assert asked(world, NEEDS_TRAINING).clear
    clearance = asked(world, NEEDS_TRAINING, left=why == "left", held=why == "held")
    assert not clearance.clear
    assert clearance.reasons[0].provisions == (), "the page does not blame the policy for it"


def test_nobody_posts_without_the_training_even_where_the_policy_asks_for_none(world: World) -> None:
    position = {"holders": [{"number": 0, "cites": ["4.4.2/3b"]}]}
    assert asked(world, position).clear
    assert not asked(world, position, trained=False).clear


def test_a_closed_account_is_closed_to_everybody_with_its_provision(world: World) -> None:
    clearance = asked(world, {"closed": [{"cites": ["4.6.1"]}]})
    assert clearance.reasons[0].says == "The policy lets nobody post on this account."
    assert [one["ref"] for one in clearance.reasons[0].provisions] == ["4.6.1"]


def test_every_reason_is_told_at_once_what_bars_first(world: World) -> None:
    clearance = asked(world, world.course()["positions"]["posting-right"], trained=False, left=True, held=True)
    says = " ".join(reason.says for reason in clearance.reasons)
    assert says.index("Ada left") < says.index("on hold") < says.index("training") < says.index("holders")
    assert clearance.headline == "No"
    assert clearance.ruling.trust == CREATING
