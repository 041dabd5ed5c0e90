"""Who is on the list, and what is wrong with it, row by row?"""

from datetime import date

import pytest

from register.staff_import.columns import missing, recognised
from register.staff_import.lines import Lines, day, mangled, understood
from register.staff_import.tables import read_table
from register.staff_import.titles import role_of


def read(text: str, everyone_is: str | None = None, said: dict[str, str] | None = None) -> Lines:
    table = read_table(text.encode())
    return understood(table, recognised(table.head.cells, {}), said or {}, everyone_is)


def wrong(text: str) -> list[tuple[int | None, str]]:
    return [(one.row, one.says) for one in read(text).problems]


HEAD = "Name,E-mail,School,Role\n"


@pytest.mark.parametrize(
    "head",
    [
        ("Name", "E-mail", "School", "Role"),
        ("Role", "School", "E-mail", "Name"),
        ("Staff Member", "Work Email", "Academy", "Job Title"),
        ("full_name", "EMAIL ADDRESS", "Site", "Post Title"),
    ],
)
def test_columns_are_known_by_many_names_in_any_order(head: tuple[str, ...]) -> None:
    assert set(recognised(head, {})) == {"name", "email", "school", "role"}


def test_first_name_and_surname_make_a_name() -> None:
    (ada,) = read("Forename,Surname,Email,Role\nAda,Hill,a@h.org,Teacher\n").people
    assert (ada.name, ada.first_name) == ("Ada Hill", "Ada")


def test_a_name_turned_round_is_turned_back() -> None:
    (ada,) = read('Name,Email,Role\n"Hill, Ada",a@h.org,Teacher\n').people
    assert (ada.name, ada.first_name) == ("Ada Hill", "Ada")


def test_what_the_trust_has_said_goes_before_what_is_known() -> None:
    head = ("Contact", "E-mail", "Name")
    assert recognised(head, {"email": "Contact"}) == {"email": 0, "name": 2}
    assert missing(recognised(("Contact", "Who"), {})) == [
        "the e-mail address",
        "the name (or the first name and the surname)",
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",a@h.org,Hill,Teacher", "there is no name"),
        ("Ada Hill,,Hill,Teacher", "Ada Hill has no e-mail address. Write it in, or take the row out."),
        ("Ada Hill,Hill School,a@h.org,Teacher", "“Hill School” is no e-mail address"),
        ("=1+1,a@h.org,Hill,Teacher", "the name begins with =, like a formula"),
        ('"@SUM(A1)",a@h.org,Hill,Teacher', "the name begins with @, like a formula"),
        ("Ada,=a@h.org,Hill,Teacher", "the e-mail address begins with =, like a formula"),
        ("#REF!,a@h.org,Hill,Teacher", "the name is an error of the spreadsheet (#REF!)"),
        ("JosÃ© Hill,a@h.org,Hill,Teacher", "was saved in a wrong encoding (perhaps José Hill)"),
        ("Jos\ufffd Hill,a@h.org,Hill,Teacher", "was saved in a wrong encoding. Save the list again"),
        (f"{'A' * 201},a@h.org,Hill,Teacher", "the name has 201 characters"),
        ("Ada\u202eHill,a@h.org,Hill,Teacher", "the name holds characters nobody sees"),
        ("Ada Hill,a@h.org,Hill,", "there is no role"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_with_its_number_and_hides_no_other_row(row: str, says: str) -> None:
    found = read(f"{HEAD}Zoë Well,z@h.org,Hill,Teacher\n{row}\nBen Well,b@h.org,Hill,Teacher\n")
    assert [one.row for one in found.problems] == [3]
    assert says in found.problems[0].says
    assert [one.name for one in found.people] == ["Zoë Well", "Ben Well"]


def test_two_people_with_one_address_are_a_problem_of_the_later_row() -> None:
    says = "Ben Dale has the e-mail address of Ada Hill in row 2. Everybody needs their own."
    assert wrong(f"{HEAD}Ada Hill,a@h.org,Hill,Teacher\nBen Dale,A@H.org,Hill,Teacher\n") == [(3, says)]


def test_two_people_with_one_staff_number_are_a_problem_of_the_later_row() -> None:
    text = "Name,E-mail,Role,Staff number\nAda Hill,a@h.org,Teacher,7\nBen Dale,b@h.org,Teacher,7\n"
    assert wrong(text) == [(3, "Ben Dale has the staff number of Ada Hill in row 2. Correct one of them.")]


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("=1+1", "the staff number begins with =, like a formula"),
        ("7" * 201, "the staff number has 201 characters"),
        ("7\u200b", "the staff number holds characters nobody sees"),
    ],
)
def test_a_staff_number_nobody_would_recognise_is_a_problem_of_its_row(number: str, says: str) -> None:
    ((row, said),) = wrong(f"Name,E-mail,Role,Staff number\nAda,a@h.org,Teacher,{number}\n")
    assert row == 2
    assert says in said


def test_of_two_columns_of_one_name_the_first_is_read_and_that_is_said() -> None:
    found = read("Name,E-mail,Role,E mail\nAda,a@h.org,Teacher,home@example.com\n")
    assert found.people[0].email == "a@h.org"
    assert found.notes == (
        "Two columns are called “E-mail”; the first was read. If it is the other, give them different names.",
    )
    assert read("Name,E-mail,Role,Note,Note\nAda,a@h.org,Teacher,x,y\n").notes == ()


def test_a_row_for_each_school_makes_one_person_of_two_schools() -> None:
    found = read(f"{HEAD}Ada Hill,a@h.org,Hill,Teacher\nAda Hill,a@h.org,Dale,Teacher\n")
    (ada,) = found.people
    assert ada.schools == ("Hill", "Dale")
    assert "1 rows name somebody again" in found.notes[0]
    (ben,) = read(f"{HEAD}Ben,b@h.org,Hill; Dale,Teacher\n").people
    assert ben.schools == ("Hill", "Dale")


def test_a_list_without_schools_says_nothing_of_schools() -> None:
    (ada,) = read("Name,E-mail,Role\nAda,a@h.org,Teacher\n").people
    assert ada.schools is None
    (ben,) = read(f"{HEAD}Ben,b@h.org,,Trustee\n").people
    assert ben.schools == ()


def test_without_a_column_of_roles_somebody_has_to_say_what_everybody_is() -> None:
    text = "Governor,E-mail\nAda,a@h.org\n"
    assert "No column says what people's roles are" in read(text).problems[0].says
    (ada,) = read(text, everyone_is="governor").people
    assert ada.role == "governor"


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Teacher", "teacher"),
        ("Class teacher", "teacher"),
        ("Teacher of Maths", "teacher"),
        ("Teaching Assistant", "support-staff"),
        ("HLTA", "support-staff"),
        ("Headteacher", "headteacher"),
        ("Head Teacher", "headteacher"),
        ("Executive Principal", "headteacher"),
        ("Deputy Headteacher", "school-leader"),
        ("Assistant Principal", "school-leader"),
        ("Head of Science", "department-lead"),
        ("Chair of Governors", "governor"),
        ("Parent Governor", "governor"),
        ("Trustee", "trustee"),
        ("Volunteer", "volunteer"),
        ("CEO", "trust-officer"),
        ("Caretaker", "support-staff"),
        ("support-staff", "support-staff"),
        ("Wizard", None),
    ],
)
def test_common_job_titles_are_known_and_others_are_not_guessed(title: str, role: str | None) -> None:
    assert role_of(title, {}) == role


def test_an_unknown_title_is_asked_about_once_however_many_bear_it_and_then_known() -> None:
    text = f"{HEAD}Ada,a@h.org,Hill,Wizard\nBen,b@h.org,Hill,WIZARD\n"
    assert read(text).unknown_titles == {"wizard": 2}
    found = read(text, said={"wizard": "teacher"})
    assert not found.unknown_titles
    assert {one.role for one in found.people} == {"teacher"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("31/08/2027", date(2027, 8, 31)),
        ("2027-08-31", date(2027, 8, 31)),
        ("31.08.2027", date(2027, 8, 31)),
        ("31 August 2027", date(2027, 8, 31)),
        ("31-Aug-27", date(2027, 8, 31)),
        ("03/04/2027", date(2027, 4, 3)),
        ("29/02/2028", date(2028, 2, 29)),
        ("29/02/2027", None),
        ("08/31/2027", None),
        ("soon", None),
    ],
)
def test_days_are_read_the_british_way_round(text: str, meant: date | None) -> None:
    assert day(text) == meant


def test_a_last_day_that_is_none_is_a_problem_of_its_row() -> None:
    assert wrong("Name,E-mail,Role,Leaving date\nAda,a@h.org,Teacher,08/31/2027\n") == [
        (2, "the last day “08/31/2027” is no date. Write it like 31/08/2027.")
    ]


@pytest.mark.parametrize("name", ["Zoë", "João", "Müller-Lüdenscheidt", "Ó Briain", "林", "Ŵyn"])
def test_names_that_are_as_they_should_be_are_left_alone(name: str) -> None:
    assert mangled(name) is None
