"""What would change if this list were taken over?"""

from dataclasses import replace
from datetime import date

import pytest

from register.staff_import.lines import Line, Lines, Problem
from register.staff_import.plan import Plan, Present, plan

TODAY = date(2026, 11, 21)


def line(name: str, *schools: str, row: int = 2, **more: object) -> Line:
    first = name.split()[0]
    own: dict[str, object] = {"email": f"{first.lower()}@h.org", "role": "teacher", "schools": schools, **more}
    return Line(row, name, first, **own)  # type: ignore[arg-type]


def present(id: int, name: str, *schools: str, **more: object) -> Present:
    first = name.split()[0]
    own: dict[str, object] = {
        "email": f"{first.lower()}@h.org",
        "role": "teacher",
        "number": None,
        "left_on": None,
        **more,
    }
    return Present(id, name, first, schools=schools, **own)  # type: ignore[arg-type]


def planned(lines: list[Line], known: list[Present], *, whole: bool = True) -> Plan:
    return plan(Lines(tuple(lines)), known, ["Hill", "Dale"], TODAY, whole=whole)


def test_new_changed_moved_back_gone_and_the_same_are_told_apart() -> None:
    found = planned(
        [
            line("Nia New", "Hill"),
            line("Ada Changed", "Hill", email="ada@h.org"),
            line("Moe Move", "Dale"),
            line("Bea Back", "Hill"),
            line("Sam Same", "Hill"),
        ],
        [
            present(1, "Ada Hill", "Hill"),
            present(2, "Moe Move", "Hill"),
            present(3, "Bea Back", "Hill", left_on=date(2025, 7, 31)),
            present(4, "Sam Same", "Hill"),
            present(5, "Gus Gone", "Hill"),
        ],
    )
    assert [one.name for one in found.new] == ["Nia New"]
    assert [one.changes for one in found.changed] == [(("name", "Ada Hill", "Ada Changed"),)]
    assert [one.person.id for one in found.moved] == [2]
    assert [one.person.id for one in found.back] == [3]
    assert [(one.person.id, one.on) for one in found.gone] == [(5, TODAY)]
    assert found.same == 1
    assert found.ready


def test_a_list_that_only_adds_sends_nobody_away() -> None:
    assert planned([line("Ada Hill", "Hill")], [present(5, "Gus Gone", "Hill")], whole=False).gone == ()


@pytest.mark.parametrize(
    "stays",
    [
        present(5, "Dan Dale", "Dale"),
        present(5, "Tova Both", "Hill", "Dale"),
        present(5, "Tara Trust"),
        present(5, "Gil Governor", "Hill", role="governor"),
        present(5, "Lea Left", "Hill", left_on=date(2025, 7, 31)),
    ],
)
def test_a_list_of_one_schools_staff_sends_away_only_staff_of_that_school(stays: Present) -> None:
    assert planned([line("Ada Hill", "Hill")], [stays]).gone == ()


def test_nobody_is_sent_away_who_is_not_the_importers_to_send() -> None:
    found = planned([line("Ada Hill", "Hill")], [present(5, "Mia Manager", "Hill", kept="this is you.")])
    assert found.gone == ()
    assert "Mia Manager is not on the list, but stays: this is you." in found.notes


def test_a_list_changes_nothing_about_whoever_may_do_more_than_its_importer() -> None:
    admin = present(1, "Theo Admin", "Hill", kept="a trust administrator has to record it.", protected=True)
    for changed in (
        line("Theo Admin", "Hill", email="mine@h.org", number="7"),
        line("Theo Admin", "Dale"),
        line("Theo Other", "Hill", email="theo@h.org"),
        line("Theo Admin", "Hill", left_on=TODAY),
    ):
        known = [replace(admin, number="7")]
        found = planned([changed], known, whole=False)
        assert not found.changes_anything
        assert "a trust administrator has to record it." in found.notes[0]
    assert planned([line("Theo Admin", "Hill")], [admin]).notes == ()


def test_nobody_lets_themselves_leave_by_a_list_but_may_be_moved_by_it() -> None:
    own = present(1, "Mia Manager", "Hill", kept="this is you.")
    assert planned([line("Mia Manager", "Hill", left_on=TODAY)], [own]).gone == ()
    assert [one.person.id for one in planned([line("Mia Manager", "Dale")], [own]).moved] == [1]


def test_whoever_is_back_for_a_while_has_their_new_last_day() -> None:
    found = planned(
        [line("Bea Back", "Hill", left_on=date(2027, 7, 31))],
        [present(3, "Bea Back", "Hill", left_on=date(2025, 7, 31))],
    )
    assert [one.person.id for one in found.back] == [3]
    assert [one.on for one in found.gone] == [date(2027, 7, 31)]


def test_a_staff_number_follows_somebody_whose_name_and_address_have_changed() -> None:
    found = planned([line("Ada Newname", "Hill", number="7")], [present(1, "Bea Old", "Hill", number="7")])
    assert found.new == ()
    assert found.gone == ()
    assert [change[0] for change in found.changed[0].changes] == ["name", "email"]


def test_a_staff_number_and_an_address_of_two_people_are_a_problem() -> None:
    found = planned(
        [line("Ada Hill", "Hill", number="7")],
        [present(1, "Ada Hill", "Hill"), present(2, "Ben Dale", "Hill", number="7")],
        whole=False,
    )
    assert "has the staff number of Ben Dale and the e-mail address of Ada Hill" in found.problems[0].says


def test_a_last_day_in_the_list_counts_whatever_the_day() -> None:
    for day in (date(2026, 1, 1), date(2027, 8, 31)):
        found = planned([line("Ada Hill", "Hill", left_on=day)], [present(1, "Ada Hill", "Hill")], whole=False)
        assert [(one.person.id, one.on) for one in found.gone] == [(1, day)]
        again = [present(1, "Ada Hill", "Hill", left_on=day)]
        assert planned([line("Ada Hill", "Hill", left_on=day)], again, whole=False).gone == ()


def test_whoever_left_before_they_were_on_record_is_not_added() -> None:
    found = planned([line("Ada Hill", "Hill", left_on=date(2026, 1, 1))], [])
    assert found.new == ()
    assert "1 on the list have left" in found.notes[-1]


def test_schools_are_known_however_they_are_spelt_and_new_ones_are_named() -> None:
    found = planned([line("Ada Hill", " hill"), line("Nia New", "Hull", row=3)], [present(1, "Ada Hill", "Hill")])
    assert found.moved == ()
    assert found.new_schools == ("Hull",)
    assert "If it is Hill, correct the list first" in found.notes[0]


def test_one_problem_and_nothing_is_ready() -> None:
    lines = Lines((line("Ada Hill", "Hill"),), (Problem("wrong", 3),))
    assert not plan(lines, [], [], TODAY, whole=True).ready
    unknown = Lines((line("Ada Hill", "Hill", role=""),), unknown_titles={"wizard": 1})
    assert not plan(unknown, [], [], TODAY, whole=True).ready


def test_the_digest_changes_with_the_list_and_with_the_register() -> None:
    first = planned([line("Ada Hill", "Hill")], [present(1, "Ada Hill", "Hill")])
    assert first.digest == planned([line("Ada Hill", "Hill")], [present(1, "Ada Hill", "Hill")]).digest
    assert first.digest != planned([line("Ada Hill", "Dale")], [present(1, "Ada Hill", "Hill")]).digest
    new = [line("Ada Changed", "Hill", email="ada@h.org")]
    assert (
        planned(new, [present(1, "Ada Hill", "Hill")]).digest != planned(new, [present(1, "Ada Dale", "Hill")]).digest
    )
