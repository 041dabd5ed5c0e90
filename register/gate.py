"""Does the rule of this address let this visitor through? Asked before any page, form or call is looked at."""

from collections.abc import Iterable, Mapping

from fastapi import Request
from sqlalchemy.orm import Session

from register import (
    accounts,
    appointments,
    holds,
    keys,
    people,
    posting_rights,
    programs,
    schools,
    staff_lists,
    webhooks,
)
from register.accounts import Account
from register.desk import AtDesk
from register.doorway import LARGEST_ID, Visitor, anybody
from register.people import Person
from register.refusals import NotFound, Refused, SignedOut
from register.rules import RULES, Rule
from register.scope import Action, Over, may, over_right

SAYS = {
    Action.SEE_REQUESTS: "This page is for managers. Your own page is My training.",
    Action.APPOINT: "Only a trust administrator can do this.",
    Action.CONNECT: "Only a trust administrator can do this.",
}
FOR_MANAGERS = "This is for managers. Your own page is My training."
BEYOND = (
    "This is beyond your scope: it concerns more than your schools, or somebody who may do more than you. "
    "Ask a manager of the whole trust."
)


def rule_of(request: Request) -> Rule:
    """Return the rule of the address a request came to; raises LookupError for an address nobody wrote one for."""
    route = f"{request.method} {request.scope['route'].path}".replace("HEAD ", "GET ", 1)
    if route not in RULES:
        raise LookupError(f"{route} has no rule in register/rules.py: say there who may use it")
    return RULES[route]


def within_scope(request: Request, desk: AtDesk) -> None:
    """Let the request through, or raise: SignedOut, Refused, or NotFound for what is not the visitor's business."""
    rule = rule_of(request)
    if rule.action is Action.OPEN:
        return
    if rule.action is Action.READ:
        keys.program(request, desk)
        return
    visitor = anybody(request, desk)
    if visitor is None:
        raise SignedOut
    if rule.action is Action.OWN:
        return
    if not visitor.powers.to(rule.action):
        raise Refused(403, "managers-only", SAYS.get(rule.action, FOR_MANAGERS))
    if rule.over is not None:
        with desk.database.reading() as db:
            target = over(db, visitor, rule, request.path_params.get(rule.over))
            if rule.over == "person_id" and target and not may(visitor.powers, Action.SEE_REQUESTS, target):
                raise NotFound
            check(visitor, rule.action, target)


def check(visitor: Visitor, action: Action, target: Over | None) -> None:
    """Raise NotFound for what is outside the visitor's reach, Refused for what is within it and still not theirs to do.

    What concerns the trust as a whole is no secret from anybody in it: it is refused in words.
    """
    if target is None or target.trust_id != visitor.powers.trust_id:
        raise NotFound
    if not may(visitor.powers, action, target):
        if target.schools and not may(visitor.powers, Action.SEE_REQUESTS, target):
            raise NotFound
        raise Refused(403, "beyond-scope", BEYOND)


def over(db: Session, visitor: Visitor, rule: Rule, given: object) -> Over | None:
    """Return what an address is about, None if there is no such thing in the visitor's trust."""
    trust_id = visitor.person.trust_id
    if rule.over == "trust":
        return Over(trust_id)
    number = int(str(given)) if str(given).isdecimal() and len(str(given)) < 11 else 0
    if not 1 <= number <= LARGEST_ID:
        return None
    return _OVER[rule.over or ""](db, trust_id, number, rule.action)


def over_people(db: Session, several: Iterable[Person]) -> Mapping[int, Over]:
    """Return some people as scope sees them, by id."""
    known = {one.id: one for one in several}
    works, roles = schools.workplaces(db, known), appointments.of_people(db, known)
    return {
        one.id: Over(one.trust_id, works.get(one.id, frozenset()), tuple(role.post for role in roles.get(one.id, ())))
        for one in known.values()
    }


def _person(db: Session, trust_id: str, number: int, _action: Action) -> Over | None:
    person = people.in_trust(db, trust_id, number)
    if person is None:
        return None
    return over_people(db, [person])[person.id]


def _right(db: Session, trust_id: str, number: int, action: Action) -> Over | None:
    found = posting_rights.in_trust(db, trust_id, number)
    if found is None:
        return None
    right, account = found
    works = schools.workplaces(db, [right.person_id]).get(right.person_id, frozenset())
    return over_right(trust_id, account.school_id, works, action)


def over_account(account: Account) -> Over:
    """Return an account as scope sees it."""
    return _at(account.trust_id, account.school_id)


def _account(db: Session, trust_id: str, number: int, _action: Action) -> Over | None:
    account = accounts.in_trust(db, trust_id, number)
    return over_account(account) if account else None


def _hold(db: Session, trust_id: str, number: int, _action: Action) -> Over | None:
    hold = holds.in_trust(db, trust_id, number)
    if hold is None:
        return None
    return _account(db, trust_id, hold.account_id, _action) if hold.account_id else _at(trust_id, hold.school_id)


def _school(db: Session, trust_id: str, number: int, _action: Action) -> Over | None:
    return _at(trust_id, number) if schools.in_trust(db, trust_id, number) else None


def _staff_list(db: Session, trust_id: str, number: int, _action: Action) -> Over | None:
    return Over(trust_id) if staff_lists.in_trust(db, trust_id, number) else None


def _program(db: Session, trust_id: str, number: int, _action: Action) -> Over | None:
    return Over(trust_id) if programs.in_trust(db, trust_id, number) else None


def _webhook(db: Session, trust_id: str, number: int, _action: Action) -> Over | None:
    return Over(trust_id) if webhooks.in_trust(db, trust_id, number) else None


def _at(trust_id: str, school_id: int | None) -> Over:
    return Over(trust_id, frozenset() if school_id is None else frozenset({school_id}))


_OVER = {
    "person_id": _person,
    "right_id": _right,
    "account_id": _account,
    "hold_id": _hold,
    "school_id": _school,
    "staff_list_id": _staff_list,
    "program_id": _program,
    "webhook_id": _webhook,
}
