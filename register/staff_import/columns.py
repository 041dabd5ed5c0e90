"""Which column of a staff list is what? Known by many names; what is not, the manager says once."""

from collections.abc import Mapping, Sequence
from re import sub

EMAIL, NAME, FIRST, LAST, ROLE, SCHOOL, SECOND, NUMBER, LEAVING = (
    "email", "name", "first", "last", "role", "school", "second-school", "number", "leaving",
)  # fmt: skip
FIELDS: Mapping[str, str] = {
    EMAIL: "E-mail address",
    NAME: "Full name",
    FIRST: "First name",
    LAST: "Surname",
    ROLE: "Role or job title",
    SCHOOL: "School",
    SECOND: "Second school",
    NUMBER: "Staff number",
    LEAVING: "Last day",
}
_KNOWN: Mapping[str, Sequence[str]] = {
    EMAIL: (
        "email", "emailaddress", "mail", "workemail", "workemailaddress", "schoolemail", "staffemail", "primaryemail",
        "primaryemailaddress", "mainemail", "userprincipalname", "upn", "contactemail",
    ),
    NAME: (
        "name", "fullname", "staff", "staffname", "staffmember", "employee", "employeename", "displayname", "person",
        "legalfullname", "preferredfullname", "governor", "governorname", "volunteer", "volunteername",
    ),
    FIRST: (
        "firstname", "forename", "givenname", "first", "preferredfirstname", "preferredforename", "knownas",
        "legalforename", "chosenname", "legalfirstname",
    ),
    LAST: (
        "surname", "lastname", "familyname", "last", "preferredsurname", "preferredlastname", "legalsurname",
        "legallastname",
    ),
    ROLE: (
        "role", "jobtitle", "job", "position", "post", "posttitle", "jobrole", "stafftype", "staffrole",
        "category", "type", "occupation", "roletitle", "contractpost", "maincontractpost", "businessrole",
    ),
    SCHOOL: (
        "school", "site", "academy", "schoolname", "academyname", "location", "worklocation", "workplace",
        "establishment", "base", "school1", "primaryschool", "mainschool", "organisation", "organisationname",
    ),
    SECOND: ("school2", "secondschool", "otherschool", "alsoworksat", "secondsite", "site2", "academy2"),
    NUMBER: (
        "staffnumber", "employeenumber", "employeeid", "staffid", "payrollnumber", "payrollno", "staffcode",
        "personnelnumber", "id", "employeeno", "staffno", "personid", "externalid", "sourcedid",
    ),
    LEAVING: (
        "leavingdate", "dateofleaving", "dateleft", "leaver", "leftdate", "lastday", "enddate", "employmentenddate",
        "lefton", "termofofficeends", "termends", "contractenddate",
    ),
}  # fmt: skip


def folded(header: str) -> str:
    """Return a column's name as it is compared: only its letters and figures count."""
    return sub(r"[^a-z0-9]", "", header.casefold().replace("é", "e"))


def recognised(head: Sequence[str], said: Mapping[str, str]) -> dict[str, int]:
    """Return the place of each field's column: what the trust has said goes before what is known of other lists."""
    names = [folded(one) for one in head]
    found: dict[str, int] = {}
    for field, name in said.items():
        if field in FIELDS and folded(name) in names:
            found[field] = names.index(folded(name))
    for field, known in _KNOWN.items():
        place = next((names.index(name) for name in known if name in names), None)
        if field not in found and place is not None and place not in found.values():
            found[field] = place
    return found


def twice(head: Sequence[str], columns: Mapping[str, int]) -> list[str]:
    """Return the columns in use whose name another column has too: only the first of them is read."""
    names = [folded(one) for one in head]
    return [head[place] for place in sorted(columns.values()) if names.count(names[place]) > 1]


def missing(columns: Mapping[str, int]) -> list[str]:
    """Return which fields have to be named by the manager before the list can be understood, in words."""
    named = NAME in columns or (FIRST in columns and LAST in columns)
    return [
        *([] if EMAIL in columns else ["the e-mail address"]),
        *([] if named else ["the name (or the first name and the surname)"]),
    ]
