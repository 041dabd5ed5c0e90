"""Staff lists: read as spreadsheet programs write them, and what is wrong is said by its line."""

import pytest

from quiz.staff_lists import read


@pytest.mark.parametrize(
    "text",
    [
        "Name,School\nAda Lee,Hill\nBen Ode,Dale\n",
        "\ufeffschool;STAFF;notes\r\nHill;Ada Lee;x\r\nDale;Ben Ode;\r\n",
        "Full name\tSchool\rAda  Lee\tHill\rBen Ode\tDale",
        "\n\nFirst name,Surname,School\nAda,Lee,Hill\n,,\nBen,Ode,Dale\n\n",
        "givenName,familyName,School,role\nAda,Lee,Hill,teacher\nBen,Ode,Dale\n",
    ],
)
def test_names_are_found_however_the_list_is_written(text: str) -> None:
    found = read(text)
    assert [(one.name, one.school) for one in found.members] == [("Ada Lee", "Hill"), ("Ben Ode", "Dale")]
    assert found.problems == ()


def test_a_list_of_addresses_alone_is_a_staff_list() -> None:
    (one,) = read("E-mail address\nada@hill.example\n").members
    assert (one.shown, one.line) == ("ada@hill.example", 2)


def test_somebody_is_known_by_name_and_by_address_in_any_writing() -> None:
    found = read("Name,E-mail\nZoë  Lee,zoe@hill.example\n")
    assert found.called(" zoe\u0308 LEE ") == found.called("ZOE@hill.example") == list(found.members)
    assert found.called("Zoe Lee") == []


def test_every_line_that_cannot_be_used_is_told_and_the_others_count() -> None:
    found = read('Name,E-mail\nAda,\n,\n"Ben\nOde",b@hill.example\n , ,\nada ,\nCy,c@hill.example,extra\n,,Hill\n')
    assert [(one.name, one.line) for one in found.members] == [("Ada", 2), ("Ben Ode", 5)]
    assert found.problems == (
        "Line 7 is Ada again, as in line 2. It counts once.",
        "Line 8 has more cells than the first line names. It is left out.",
        "Line 9 has more cells than the first line names. It is left out.",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The staff list is empty."),
        (" \n \n", "The staff list is empty."),
        ("PK\x03\x04rest", "This is an Excel workbook. Save it as CSV in Excel, and give that file."),
        ("Name\n", "The staff list names nobody below its first line."),
        (
            "Ada Lee,Hill\nBen Ode,Dale\n",
            "Name a column of the staff list “Name” or “E-mail” in its first line. It names: Ada Lee, Hill.",
        ),
        ("School,Name\nHill,\n", "Line 2 has neither a name nor an e-mail address. It is left out."),
    ],
)
def test_a_list_that_names_nobody_says_what_to_do(text: str, says: str) -> None:
    found = read(text)
    assert found.members == ()
    assert found.problems == (says,)


def test_a_cell_without_end_is_a_problem_and_no_traceback() -> None:
    (says,) = read(f'Name\n"{"x" * 200_000}\n').problems
    assert says.startswith("The staff list cannot be read as CSV (")
