"""To whom a policy speaks: duties first, and a rule belongs to the first it names."""

from handbook.library import Library
from handbook.roles import bound_by, roles_of


def test_everyone_comes_first_and_organisations_last(library: Library) -> None:
    found = roles_of(library, library.trusts["collaborative"]).spoken_to
    assert found[:2] == ("staff", "all")
    assert found[-2:] == ("trust", "schools")


def test_a_role_the_policy_never_mentions_is_told(library: Library) -> None:
    cockburn = roles_of(library, library.trusts["cockburn"])
    assert "volunteers" in cockburn.unmentioned
    assert "volunteers" in roles_of(library, library.trusts["lydiate"]).spoken_to


def test_what_is_required_stands_before_what_is_advised(library: Library) -> None:
    duties = [one.duty for one in bound_by(library.trusts["cockburn"], "staff").own]
    assert duties.index("should") > max(place for place, duty in enumerate(duties) if duty in ("must", "must-not"))


def test_no_rule_is_lost_between_whom_it_binds_and_whom_it_involves(library: Library) -> None:
    for trust in library.trusts.values():
        for audience in roles_of(library, trust).spoken_to:
            found = bound_by(trust, audience)
            asking = [
                one.ref
                for one in trust.provisions.values()
                if audience in one.who and one.duty not in ("info", "definition")
            ]
            assert sorted([one.ref for one in (*found.own, *found.involving)]) == sorted(asking)
            assert not {one.ref for one in found.own} & {one.ref for one in found.involving}


def test_the_headteacher_is_involved_in_what_staff_have_to_ask(library: Library) -> None:
    found = bound_by(library.trusts["creating-tomorrow"], "headteacher")
    assert "6.5" in [one.ref for one in found.involving]
    assert "8.1.2/1" in [one.ref for one in found.own]
