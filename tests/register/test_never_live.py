"""Is a right ever in force when any of its conditions fails? Tried with whatever can be on record, at all five trusts.

The conditions are written down here once more, from the policies, in plain words: the decision, the positions and the
gate may not agree on something else.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.courses import course_json
from handbook.sources import load
from quiz.courses import Course, read_course
from quiz.facts import APPROVERS, ROLES
from register.accounts import KINDS, Account
from register.clearances import Circumstances
from register.completions import STATUSES, Training
from register.holds import Hold
from register.people import Person
from register.posting_rights import GRANTED, REFUSED, REQUESTED, REVOKED, Approval, PostingRight

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = date(2026, 11, 21)
LEADERS = {"school-leader", "headteacher"}
# Whoever is to train again by a fixed day and is within the days of grace may still post.
CURRENT = {"passed", "in-grace"}
TRUSTS = ("cockburn", "collaborative", "creating-tomorrow", "lydiate", "wren-spinney")


@pytest.fixture(scope="module")
def all_courses() -> Mapping[str, Course]:
    library = load(Path(__file__).parents[2], TODAY)
    return {trust: read_course(course_json(library, trust)) for trust in library.trusts}


def asked_for(trust: str, kind: str, role: str, approvals: set[str], holders: int, *, read: bool) -> bool:
    """Say whether all that a trust's policy asks for is there."""
    if trust == "cockburn":
        return bool(approvals & LEADERS)
    if trust == "collaborative":
        return role == "trust-officer" if kind == "trust-official" else bool(approvals & LEADERS)
    if trust == "lydiate":
        return kind != "department" and bool(approvals & LEADERS) and read
    return "line-manager" in approvals and holders >= 2


HOLD_OF = ("trust", "school", "account", "another school", "another account")


@settings(max_examples=300, deadline=None)
@given(
    trust=st.sampled_from(TRUSTS),
    state=st.sampled_from([GRANTED, GRANTED, GRANTED, REQUESTED, REFUSED, REVOKED]),
    kind=st.sampled_from(sorted(KINDS)),
    role=st.sampled_from(sorted(ROLES)),
    status=st.sampled_from(["passed", "passed", "passed", *sorted(STATUSES)]),
    approvals=st.sets(st.sampled_from(sorted({*LEADERS, "line-manager"}) + sorted(APPROVERS)), max_size=4),
    holders=st.integers(0, 3),
    read=st.sampled_from([True, True, False]),
    days_left=st.none() | st.integers(-2, 2),
    hold=st.none() | st.sampled_from(HOLD_OF),
)
def test_a_right_is_in_force_exactly_when_every_condition_holds(
    all_courses: Mapping[str, Course],
    trust: str,
    state: str,
    kind: str,
    role: str,
    status: str,
    approvals: set[str],
    holders: int,
    read: bool,
    days_left: int | None,
    hold: str | None,
) -> None:
    left_on = None if days_left is None else TODAY + timedelta(days=days_left)
    person = Person(id=1, trust_id=trust, name="Ada Teacher", role=role, left_on=left_on)
    account = Account(
        id=1, trust_id=trust, school_id=1, platform="x", handle="@hill", kind=kind, purpose="News.", opened_at=NOW
    )
    right = PostingRight(id=1, person_id=1, account_id=1, state=state, asked_at=NOW)
    holds = [] if hold is None else [(held(trust, hold), "Mia Manager")]
    found = Circumstances(
        course=all_courses[trust],
        today=TODAY,
        people={1: person},
        trainings={1: Training(status)},
        readers=frozenset({1} if read else ()),
        rights=[(right, account)],
        approvals={1: [Approval(right_id=1, role=one, recorded_at=NOW, recorded_by=2) for one in sorted(approvals)]},
        holders={1: [Person(id=number, name="Somebody") for number in range(holders)]},
        holds=holds,
    )
    (claim,) = found.claims()
    here = left_on is None or left_on > TODAY
    free = hold in (None, "another school", "another account")
    policy = asked_for(trust, kind, role, approvals, holders, read=read)
    assert claim.in_force == (state == GRANTED and status in CURRENT and here and free and policy)
    if not claim.in_force and state == GRANTED:
        assert claim.clearance.reasons, "whoever may not post is told why"


def held(trust: str, what: str) -> Hold:
    school = {"school": 1, "another school": 2}.get(what)
    account = {"account": 1, "another account": 2}.get(what)
    return Hold(trust_id=trust, school_id=school, account_id=account, reason="A crisis.", starts_at=NOW)
