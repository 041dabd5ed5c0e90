"""/manage/recertification/: when are trainings due again, and does a completion still count?"""

from collections.abc import Mapping

from fastapi import APIRouter, Response

from register import cancellations, recertification
from register.cancellations import REASONS
from register.completions import Completion
from register.desk import AtDesk, Desk
from register.doorway import AManager, Id, OwnForm, Visitor
from register.pages.page import Problem, page, see
from register.recertification import MOST_GRACE, Rule, day_of_year
from register.refusals import NotFound, Refused
from register.scope import Action

router = APIRouter(include_in_schema=False)

OWN_DATE, ONE_DAY = "anniversary", "day"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


@router.get("/manage/recertification/")
def rule_page(manager: AManager, desk: AtDesk) -> Response:
    """Show the trust's rule, and the form to those who may change it."""
    return _page(desk, manager)


@router.post("/manage/recertification/")
def change(manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Keep what the trust has decided."""
    found = _read(fields)
    if isinstance(found, Problem):
        return _page(desk, manager, fields, (found,))
    with desk.database.writing() as db:
        recertification.set_rule(db, desk.now, manager.person.id, manager.person.trust_id, found)
    return see("/manage/recertification/")


@router.post("/manage/people/{person_id}/completions/{completion_id}/cancel")
def cancel(person_id: Id, completion_id: Id, manager: AManager, desk: AtDesk, fields: OwnForm) -> Response:
    """Record that a completion of a person does not count."""
    reason = fields.get("reason", "")
    with desk.database.writing() as db:
        completion = db.get(Completion, completion_id)
        if completion is None or completion.person_id != person_id:
            raise NotFound
        if reason not in REASONS:
            raise Refused(422, "no-reason", "Choose why the completion does not count. Nothing was changed.")
        cancellations.cancel(
            db, desk.now, manager.person.id, completion_id=completion_id, person_id=person_id, reason=reason
        )
    return see(f"/manage/people/{person_id}/")


def _read(fields: Mapping[str, str]) -> Rule | Problem:
    grace = fields.get("grace", "")
    if not grace.isdecimal() or len(grace) > 3 or int(grace) > MOST_GRACE:
        return Problem("grace", f"Enter a number of days from 0 to {MOST_GRACE}.")
    if fields.get("when") not in (OWN_DATE, ONE_DAY):
        return Problem("when-anniversary", "Choose when everybody trains again.")
    if fields["when"] == OWN_DATE:
        return Rule(None, int(grace))
    day, month = fields.get("day", ""), fields.get("month", "")
    try:
        if not (day.isdecimal() and month.isdecimal() and len(day + month) <= 4):
            raise ValueError
        return Rule(day_of_year(int(month), int(day)), int(grace))
    except ValueError:
        return Problem("day", "Enter a day that every year has, such as 1 September.")


def _page(
    desk: Desk, manager: Visitor, fields: Mapping[str, str] | None = None, problems: tuple[Problem, ...] = ()
) -> Response:
    course = desk.shelf.current(manager.person.trust_id)
    with desk.database.reading() as db:
        rule = recertification.rule(db, manager.person.trust_id)
    due = rule.due or recertification.DayOfYear(9, 1)
    kept = {
        "when": ONE_DAY if rule.due else OWN_DATE,
        "day": str(due.day),
        "month": str(due.month),
        "grace": str(rule.grace_days),
    }
    context = {
        "trust": course.data["name"],
        "months": course.data["validity_months"],
        "rule": rule,
        "changes": bool([one for one in manager.powers.to(Action.APPOINT) if one.school_id is None]),
        "month_names": [(number, name) for number, name in enumerate(MONTHS, 1)],
        "fields": {**kept, **(fields or {})},
    }
    return page(desk, manager, "recertification/page.html", context, 422 if problems else 200, problems)
