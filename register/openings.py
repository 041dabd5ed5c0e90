"""What does a trust's policy ask of an account before it is opened, and what was said of this one?

What is asked is found by asking the decision `open-account` what matters to it for this kind of account on this
platform: another trust, another kind or a changed policy make another form.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.decisions.open_account import PLAN
from quiz.feedback import cited, provision
from quiz.positions import Position
from quiz.relevance import Matters, asked, mattering
from quiz.rulings import Ruling
from register.accounts import Account

DECISION = "open-account"
UNANSWERED = "Nobody has worked out yet what the trust's policy says about opening accounts."
PURPOSE, AUDIENCE = "plan-purpose", "plan-audience"
TEXT, YES, CHOICE = "text", "yes", "choice"
MOST_HOLDERS = 9
LOGO_PERMISSION = "logo-permission"
BRANDING = {
    "own-logo": "A logo of your own",
    "crest-in-design": "The crest inside a design of your own",
    "crest-alone": "The crest alone",
    "trust-cog": "The trust's cog",
    "none": "No logo",
}
ADDRESSES = {"organisation": "One of the school's or the trust's", "personal": "A private one"}
# By fact: the words of the question, and what is to be written down beside it.
_CONFIRMED = {
    "settings_agreed": ("Its settings are agreed", ""),
    "profile_agreed": ("The wording of its profile is agreed", "The wording of its profile"),
    "address_notified": ("A leader has been given its address", "Its address on the platform"),
    "acceptable_use_linked": ("It links to the acceptable use policy", ""),
}
_known: dict[str, Matters] = {}


@dataclass(frozen=True)
class Demand:
    """One thing the form asks: the field's name, its words, how it is answered, and the provisions that ask for it."""

    name: str
    says: str
    kind: str
    provisions: tuple[Mapping[str, Any], ...]
    choices: Mapping[str, str] | None = None

    def answer(self, given: str) -> str:
        """Return an answer in words."""
        if self.kind == YES:
            return "yes" if given == "yes" else "not yet"
        return (self.choices or {}).get(given, given) or "not said"


def demands(course: Course, account: Account, role: str) -> list[Demand]:
    """Return what the policy asks about such an account, if somebody of this role would run it."""
    if DECISION not in course.positions:
        return []
    known = {"account": account.kind, "platform": account.platform, "role": role}
    matters = asked(DECISIONS[DECISION], course.positions[DECISION], known, _mattering(course))
    found = [
        Demand(f"plan-{point}", PLAN[point].capitalize(), TEXT, _asking(course, known, {"plan": [point]}))
        for point in matters.get("plan", ())
    ]
    if "contact_email" in matters:
        provisions = _asking(course, known, {"contact_email": "organisation"})
        found.append(Demand("contact_email", "The e-mail address it is linked to", CHOICE, provisions, ADDRESSES))
    if "branding" in matters:
        each = (_asking(course, {**known, "branding": one}, {"branding": "none"}) for one in BRANDING)
        provisions = tuple({one["id"]: one for several in each for one in several}.values())
        found.append(Demand("branding", "Its logo", CHOICE, provisions, BRANDING))
        if any(one.key == LOGO_PERMISSION for one in course.rule(DECISION, {**known, "branding": "crest-alone"}).unmet):
            says = "There is written permission to use the logo"
            found.append(Demand(LOGO_PERMISSION, says, YES, provisions))
    for fact, (says, beside) in _CONFIRMED.items():
        if fact in matters:
            provisions = _asking(course, known, {fact: True})
            if beside:
                found.append(Demand(f"{fact}-text", beside, TEXT, provisions))
            found.append(Demand(fact, says, YES, provisions))
    return found


def holders_wanted(course: Course, account: Account, role: str) -> int:
    """Return how many holders the policy asks such an account to have, whether as a condition or as advice; 0: none."""
    if DECISION not in course.positions:
        return 0
    for number in range(MOST_HOLDERS + 1):
        facts = {"account": account.kind, "platform": account.platform, "role": role, "named_holders": number}
        found = course.rule(DECISION, facts)
        if "holders" not in {one.key for one in found.unmet} | {one.key for one in found.steps}:
            return number
    return MOST_HOLDERS


def ruling(
    course: Course,
    account: Account,
    *,
    role: str,
    approvals: Collection[str],
    training_done: bool,
    named_holders: int,
) -> Ruling:
    """Return whether the account may be opened, as far as it is described.

    Permission for a logo is no fact of the decision: it is met where somebody has said that there is one. Where nobody
    has answered the decision for the trust yet, nothing is known.
    """
    if DECISION not in course.positions:
        return DECISIONS[DECISION].decide(Position(course.trust, silent=UNANSWERED), {})
    found = course.rule(
        DECISION,
        {
            "account": account.kind,
            "platform": account.platform,
            "role": role,
            "approvals": list(approvals),
            "training_done": training_done,
            "named_holders": min(named_holders, 99),
            **_said(account),
        },
    )
    if account.plans.get(LOGO_PERMISSION) == "yes":
        found = found._replace(unmet=tuple(one for one in found.unmet if one.key != LOGO_PERMISSION))
    return found


def undecided(course: Course, account: Account, role: str) -> list[Demand]:
    """Return what has to be chosen and has not been: until then nothing is held against the account for it."""
    said = answers(account)
    return [one for one in demands(course, account, role) if one.choices and said.get(one.name) not in one.choices]


def answers(account: Account) -> dict[str, str]:
    """Return what has been said so far, by the name of the field."""
    return {PURPOSE: account.purpose, AUDIENCE: account.audience, **{k: str(v) for k, v in account.plans.items()}}


def _said(account: Account) -> dict[str, object]:
    """Return the facts that what was said amounts to; a choice not made stands against nothing (see `undecided`)."""
    said = answers(account)
    facts: dict[str, object] = {"plan": [point for point in PLAN if said.get(f"plan-{point}")]}
    for name, values, harmless in (("contact_email", ADDRESSES, "organisation"), ("branding", BRANDING, "none")):
        facts[name] = said[name] if said.get(name) in values else harmless
    for fact, (_, beside) in _CONFIRMED.items():
        facts[fact] = said.get(fact) == "yes" and bool(not beside or said.get(f"{fact}-text"))
    return facts


def _asking(course: Course, known: Mapping[str, object], answer: Mapping[str, object]) -> tuple[Mapping[str, Any], ...]:
    """Return the provisions that speak no more once this is answered."""
    after = set(cited(course.rule(DECISION, {**known, **answer})))
    return tuple(provision(course, one) for one in cited(course.rule(DECISION, known)) if one not in after)


def _mattering(course: Course) -> Matters:
    digest = str(course.data["digest"])
    if digest not in _known:
        _known[digest] = mattering(DECISIONS[DECISION], course.positions[DECISION])
    return _known[digest]
