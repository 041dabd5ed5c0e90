"""Who may do what over whom?"""

import pytest

from register.scope import (
    APPROVER,
    AUDITOR,
    MANAGER,
    TRUST_ADMIN,
    WHO,
    Action,
    Over,
    Post,
    Powers,
    Reach,
    may,
    may_approve,
    over_right,
)

HILL, DALE = 1, 2
AT_HILL, AT_DALE = Over("t", frozenset({HILL})), Over("t", frozenset({DALE}))
AT_BOTH, OF_TRUST = Over("t", frozenset({HILL, DALE})), Over("t")
# Programs have keys of their own, and no roles.
BEYOND = [one for one in Action if one not in (Action.OPEN, Action.OWN, Action.READ)]


def powers(*posts: Post) -> Powers:
    return Powers("t", posts)


def test_every_action_says_who_does_it() -> None:
    assert set(WHO) == set(BEYOND)


@pytest.mark.parametrize("action", BEYOND)
def test_staff_do_nothing_beyond_their_own_affairs(action: Action) -> None:
    assert not may(powers(), action, AT_HILL)


@pytest.mark.parametrize("action", list(Action))
def test_nobody_reaches_another_trust(action: Action) -> None:
    everything = powers(*(Post(role) for role in (AUDITOR, MANAGER, TRUST_ADMIN)))
    assert not may(everything, action, Over("other", frozenset({HILL})))


@pytest.mark.parametrize(
    ("role", "can"),
    [
        (APPROVER, {Action.SEE_REQUESTS, Action.APPROVE}),
        (AUDITOR, {Action.SEE_REQUESTS, Action.SEE_PEOPLE}),
        (MANAGER, set(BEYOND) - {Action.APPOINT, Action.CONNECT}),
        (TRUST_ADMIN, set(BEYOND)),
    ],
)
def test_each_role_can_do_exactly_this(role: str, can: set[Action]) -> None:
    assert {action for action in BEYOND if may(powers(Post(role)), action, AT_HILL)} == can


def test_a_post_for_a_school_reaches_whoever_works_there_and_nobody_else() -> None:
    hana = powers(Post(MANAGER, HILL))
    assert may(hana, Action.SEE_PEOPLE, AT_HILL)
    assert may(hana, Action.SEE_PEOPLE, AT_BOTH)
    assert not may(hana, Action.SEE_PEOPLE, AT_DALE)
    assert not may(hana, Action.SEE_PEOPLE, OF_TRUST)


def test_who_works_in_two_schools_is_changed_by_whoever_reaches_both() -> None:
    assert not may(powers(Post(MANAGER, HILL)), Action.STAFF, AT_BOTH)
    assert may(powers(Post(MANAGER, HILL), Post(MANAGER, DALE)), Action.STAFF, AT_BOTH)
    assert may(powers(Post(MANAGER)), Action.STAFF, AT_BOTH)


def test_a_role_in_one_school_lends_nothing_to_a_lesser_role_in_another() -> None:
    mixed = powers(Post(MANAGER, HILL), Post(AUDITOR, DALE))
    assert may(mixed, Action.SEE_PEOPLE, AT_DALE)
    assert not may(mixed, Action.STAFF, AT_DALE)


@pytest.mark.parametrize(
    ("own", "theirs", "can"),
    [
        (Post(MANAGER, HILL), Post(APPROVER, HILL, "headteacher"), True),
        (Post(MANAGER, HILL), Post(MANAGER, HILL), True),
        (Post(MANAGER, HILL), Post(MANAGER), False),
        (Post(MANAGER, HILL), Post(AUDITOR), False),
        (Post(MANAGER, HILL), Post(TRUST_ADMIN), False),
        (Post(MANAGER), Post(TRUST_ADMIN), False),
        (Post(MANAGER), Post(MANAGER), True),
        (Post(TRUST_ADMIN), Post(TRUST_ADMIN), True),
    ],
)
def test_nobody_signs_in_or_changes_somebody_who_may_do_more(own: Post, theirs: Post, can: bool) -> None:
    assert may(powers(own), Action.STAFF, Over("t", frozenset({HILL}), (theirs,))) is can


def test_an_approver_records_only_the_agreement_they_can_give() -> None:
    head = powers(Post(APPROVER, HILL, "headteacher"))
    assert may_approve(head, "headteacher", AT_HILL)
    assert not may_approve(head, "line-manager", AT_HILL)
    assert not may_approve(head, "headteacher", AT_DALE)
    assert may_approve(powers(Post(MANAGER, HILL)), "line-manager", AT_HILL)


def test_a_right_on_an_account_of_the_trust_is_decided_for_the_trust_and_agreed_to_in_the_school() -> None:
    works = frozenset({HILL})
    assert over_right("t", None, works, Action.DECIDE).schools == frozenset()
    assert over_right("t", None, works, Action.APPROVE).schools == works
    assert over_right("t", DALE, works, Action.APPROVE).schools == frozenset({DALE})


def test_the_trust_itself_is_in_no_schools_reach() -> None:
    assert not Reach(False, frozenset({HILL})).covers(frozenset())
    assert Reach(True).covers(frozenset())
