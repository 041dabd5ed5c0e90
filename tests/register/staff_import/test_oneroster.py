"""Who is staff in a OneRoster 1.2 file?"""

from collections.abc import Mapping
from datetime import date

import pytest

from register.staff_import.oneroster import Roster, roster
from register.staff_import.tables import Unreadable

TODAY = date(2026, 11, 21)
MANIFEST = """propertyName,value
manifest.version,1.0
oneroster.version,1.2
file.orgs,bulk
file.users,bulk
file.roles,bulk
file.enrollments,absent
"""
ORGS = """sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
t,,,The Trust,district,,
h,,,Hill School,school,,t
d,,,Dale School,school,,t
"""
USERS = (
    "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,"
    "sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,"
    "preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n"
    "1,,,true,ada,,Adelaide,Hill,,,ada@h.org,,,,,,,,Ada,,,h,\n"
    "2,,,true,ben,,Ben,Dale,,,ben@h.org,,,,,,,,,,,d,\n"
    "3,,,true,cara,,Cara,Office,,,cara@h.org,,,,,,,,,,,t,\n"
    "4,,,true,pupil,,Pip,Pupil,,,,,,,,,,,,,,h,\n"
    "5,,,true,mum,,Pat,Parent,,,pat@home.org,,,,,,,,,,,h,\n"
)
ROLES = """sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,\
userProfileSourcedId
r1,,,1,secondary,aide,,,d,
r2,,,1,primary,teacher,2020-09-01,,h,
r3,,,2,primary,principal,,,d,
r4,,,3,primary,districtAdministrator,,,t,
r5,,,4,primary,student,,,h,
r6,,,5,primary,guardian,,,h,
r7,,,2,secondary,teacher,2020-09-01,2025-07-31,h,
"""


def read(**changed: str) -> Roster:
    files: Mapping[str, str] = {"manifest": MANIFEST, "orgs": ORGS, "users": USERS, "roles": ROLES, **changed}
    return roster({f"{name}.csv": text.encode() for name, text in files.items() if text}, TODAY)


def test_staff_are_taken_with_their_schools_and_primary_role_and_pupils_and_family_are_not() -> None:
    found = read()
    assert [(one.name, one.role, one.schools, one.number) for one in found.lines.people] == [
        ("Ada Hill", "teacher", ("Hill School", "Dale School"), "1"),
        ("Ben Dale", "headteacher", ("Dale School",), "2"),
        ("Cara Office", "trust-officer", (), "3"),
    ]
    assert found.bulk
    assert "2 users are pupils, family or without a role" in found.lines.notes[0]
    assert not found.lines.problems


def test_whoever_teaches_a_class_works_in_its_school() -> None:
    enrolments = (
        "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
        "e1,,,c,h,2,teacher,true,,\ne2,,,c,h,4,student,,,\n"
    )
    found = read(enrollments=enrolments)
    assert found.lines.people[1].schools == ("Dale School", "Hill School")
    assert len(found.lines.people) == 3


def test_in_a_delta_file_whoever_is_to_be_deleted_leaves_today_and_nobody_else_is_gone() -> None:
    delta = MANIFEST.replace("users,bulk", "users,delta").replace("roles,bulk", "roles,delta")
    users = USERS.replace("1,,,true,ada", "1,tobedeleted,2026-11-20T00:00:00Z,true,ada")
    found = read(manifest=delta, users=users)
    assert not found.bulk
    assert [one.left_on for one in found.lines.people] == [TODAY, None, None]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"manifest": MANIFEST.replace("oneroster.version,1.2", "oneroster.version,1.1")}, "This is OneRoster 1.1"),
        ({"roles": ""}, "has no roles.csv"),
        ({"orgs": ORGS.replace("name,", "title,")}, "orgs.csv has no column name"),
        ({"manifest": MANIFEST.replace("file.roles,bulk", "file.roles,delta")}, "not of one kind"),
    ],
)
def test_what_is_missing_is_named_with_its_file(changed: dict[str, str], says: str) -> None:
    with pytest.raises(Unreadable) as error:
        read(**changed)
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"users": USERS.replace("ada@h.org", "")}, "users.csv: Ada Hill has no e-mail address."),
        ({"users": USERS.replace("ben@h.org", "ada@h.org")}, "Ben Dale has the e-mail address of Ada Hill"),
        ({"roles": ROLES.replace("teacher,2020-09-01,,h", "teacher,2020-09-01,,x")}, "that orgs.csv does not name"),
        ({"roles": ROLES.replace("principal", "king")}, "the role 'king' of Ben Dale is not in the standard"),
    ],
)
def test_what_is_wrong_with_a_user_is_told_with_the_row(changed: dict[str, str], says: str) -> None:
    (problem,) = read(**changed).lines.problems
    assert says in problem.says
    assert problem.row in (2, 3)
