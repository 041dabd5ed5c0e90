"""May this person post on this account today? The gate asks the decision `posting-right` with the facts on record."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.facts import APPROVERS
from quiz.feedback import provision
from quiz.positions import Position
from quiz.rulings import HEADLINES, Ruling
from register import accounts, completions, holds, openings, posting_rights, readings
from register.accounts import Account
from register.completions import Training
from register.days import day_of, in_words
from register.holds import Hold
from register.people import Person
from register.posting_rights import GRANTED, Approval, PostingRight

DECISION = "posting-right"
UNANSWERED = "Nobody has worked out yet what the trust's policy says about who may post."
NO_TRAINING = "The trust has no training yet, and nobody posts without it. Tell whoever looks after the handbook."


@dataclass(frozen=True)
class Reason:
    """What keeps the person from posting, and the provisions that ask for it; none where the policy is silent."""

    says: str
    provisions: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Step:
    """Something to do next, whom to ask and the provision."""

    does: str
    to: str | None
    by: str | None
    provision: Mapping[str, Any]


@dataclass(frozen=True)
class Clearance:
    """The gate's answer; `reasons` is empty exactly when the person is clear to post."""

    ruling: Ruling
    reasons: tuple[Reason, ...]
    steps: tuple[Step, ...]
    on_hold: bool = False
    notes: tuple[str, ...] = ()

    @property
    def clear(self) -> bool:
        """Whether the policy allows it, and nothing else stands in the way."""
        return not self.reasons

    @property
    def headline(self) -> str:
        """The verdict in words."""
        return HEADLINES[self.ruling.verdict]


@dataclass(frozen=True)
class Claim:
    """A right with whose it is, on what, what the gate says today and what it was told."""

    right: PostingRight
    person: Person
    account: Account
    clearance: Clearance
    approvals: tuple[Approval, ...]
    holders: tuple[Person, ...]

    @property
    def in_force(self) -> bool:
        """Whether the person may post today: granted, and still clear."""
        return self.right.state == GRANTED and self.clearance.clear


@dataclass(frozen=True)
class Circumstances:
    """All that is on record about some people of a trust on one day, gathered in a few queries."""

    course: Course
    today: date
    people: Mapping[int, Person]
    trainings: Mapping[int, Training]
    readers: frozenset[int]
    rights: Sequence[tuple[PostingRight, Account]]
    approvals: Mapping[int, Sequence[Approval]]
    holders: Mapping[int, Sequence[Person]]
    holds: Sequence[tuple[Hold, str]]

    def claims(self) -> Iterator[Claim]:
        """Yield every right of these people with what the gate says of it."""
        return (self.claim(right, account) for right, account in self.rights)

    def claim(self, right: PostingRight, account: Account) -> Claim:
        """Return one right with what the gate says of it."""
        person = self.people[right.person_id]
        return Claim(
            right,
            person,
            account,
            self.clearance(right, person, account),
            tuple(self.approvals.get(right.id, ())),
            tuple(self.holders.get(account.id, ())),
        )

    def clearance(self, right: PostingRight, person: Person, account: Account) -> Clearance:
        """Ask the gate."""
        holding = [(hold, author) for hold, author in self.holds if hold.covers(account)]
        facts = self.facts(right, person, account, on_hold=bool(holding))
        ruling = self.rule(facts)
        reasons = tuple(self._reasons(facts, ruling, person, holding))
        asked = [*ruling.steps]
        notes = [ruling.note]
        if account.opened_at is None:
            opening = self._opening(facts, person, account)
            known = {one.says for one in reasons} | {one.key for one in ruling.unmet}
            reasons += tuple(self._in_the_way_of_opening(opening, known))
            reasons += tuple(
                Reason(f"Not said yet: {one.says[:1].lower()}{one.says[1:]}.", one.provisions)
                for one in openings.undecided(self.course, account, person.role)
            )
            told = {(one.to, one.provision) for one in ruling.steps}
            asked += [one for one in opening.steps if (one.to, one.provision) not in told]
            notes.append(opening.note)
        steps = tuple(
            Step(one.does, self.course.role_name(one.to) if one.to else None, one.by, self.provision(one.provision))
            for one in asked
        )
        return Clearance(ruling, reasons, steps, bool(holding), tuple(dict.fromkeys(one for one in notes if one)))

    def named_roles(self, right: PostingRight, account: Account) -> list[str]:
        """Return the roles whose agreement the policy asks for here; nobody else's makes a difference."""
        person = self.people[right.person_id]
        facts = {**self.facts(right, person, account, on_hold=False), "approvals": ()}
        asked = [role for role in APPROVERS if self._tells(facts, role)]
        if account.opened_at is None:
            nobody = self._opening(facts, person, account)
            tells = [
                one for one in APPROVERS if self._opening({**facts, "approvals": (one,)}, person, account) != nobody
            ]
            asked = [role for role in APPROVERS if role in asked or role in tells]
        return asked

    def _tells(self, facts: Mapping[str, object], role: str) -> bool:
        without, given = (self.rule({**facts, "approvals": each}) for each in ((), (role,)))
        return (without.verdict, without.unmet, without.steps) != (given.verdict, given.unmet, given.steps)

    def _opening(self, facts: Mapping[str, Any], person: Person, account: Account) -> Ruling:
        return openings.ruling(
            self.course,
            account,
            role=person.role,
            approvals=facts["approvals"],
            training_done=facts["training_current"],
            named_holders=facts["named_holders"],
        )

    def _in_the_way_of_opening(self, opening: Ruling, known: Collection[str]) -> Iterator[Reason]:
        """Yield what keeps a proposed account from being opened, without what is said already."""
        if opening.verdict == "forbidden":
            says = "The policy does not let this account be opened as it is described."
            yield Reason(says, tuple(self._forbidding(opening)))
        for one in opening.unmet:
            if one.key not in known and one.says not in known:
                yield Reason(one.says, (self.provision(one.provision),))

    def rule(self, facts: Mapping[str, object]) -> Ruling:
        """Return the ruling; where nobody has answered the decision for the trust yet, that nothing is known."""
        if self._is_answered:
            return self.course.rule(DECISION, facts)
        return DECISIONS[DECISION].decide(Position(self.course.trust, silent=UNANSWERED), facts)

    @property
    def _is_answered(self) -> bool:
        return DECISION in self.course.positions

    def facts(self, right: PostingRight, person: Person, account: Account, *, on_hold: bool) -> dict[str, object]:
        """Return the facts of the decision as they are on record; none is left to be assumed."""
        return {
            "account": account.kind,
            "role": person.role,
            "training_current": self.trainings[person.id].current,
            "approvals": [one.role for one in self.approvals.get(right.id, ())],
            "named_holders": min(len(self.holders.get(account.id, ())), 99),
            "hold_active": on_hold,
            "has_left": person.has_left(self.today),
            "policy_read": person.id in self.readers,
        }

    def _forbidding(self, opening: Ruling) -> Iterator[Mapping[str, Any]]:
        """Yield the provisions that forbid it, without those that only make conditions."""
        conditions = {one.provision for one in opening.unmet}
        for number, one in enumerate(opening.because):
            cited = self.provision(one)
            if number == 0 or (cited["duty"] == "must-not" and one not in conditions):
                yield cited

    def provision(self, provision_id: str) -> Mapping[str, Any]:
        """Return a provision as pages show it."""
        return provision(self.course, provision_id)

    def _reasons(
        self, facts: Mapping[str, object], ruling: Ruling, person: Person, holding: Sequence[tuple[Hold, str]]
    ) -> Iterator[Reason]:
        """Yield what stands in the way: what bars it first, then each unmet condition, then a verdict short of yes.

        A leaver, a hold and a missing training stop anybody, even where a policy does not speak of them.
        """
        found = False
        for reason in (*self._bars(facts, person, holding), *self._conditions(facts, ruling)):
            found = True
            yield reason
        if not found and ruling.verdict != "allowed":
            yield Reason(_short_of_yes(ruling), tuple(map(self.provision, ruling.because)))

    def _bars(
        self, facts: Mapping[str, object], person: Person, holding: Sequence[tuple[Hold, str]]
    ) -> Iterator[Reason]:
        if not self._is_answered:
            yield Reason(UNANSWERED)
        free = self.rule({**facts, "has_left": False, "hold_active": False})
        if free.verdict == "forbidden":
            yield Reason("The policy lets nobody post on this account.", tuple(map(self.provision, free.because)))
        if facts["has_left"] and person.left_on:
            yield Reason(f"{person.name} left on {in_words(person.left_on)}.", self._added(facts, free, "has_left"))
        for hold, author in holding:
            what = holds.what(hold)
            since = in_words(day_of(hold.starts_at))
            says = f"Posting on {what} is on hold since {since}: {hold.reason} (set by {author})."
            yield Reason(says, self._added(facts, free, "hold_active"))

    def _added(self, facts: Mapping[str, object], free: Ruling, fact: str) -> tuple[Mapping[str, Any], ...]:
        """Return the provisions that forbid posting because of one fact alone."""
        other = "hold_active" if fact == "has_left" else "has_left"
        barred = self.rule({**facts, other: False})
        return tuple(self.provision(one) for one in barred.because if one not in free.because)

    def _conditions(self, facts: Mapping[str, object], ruling: Ruling) -> Iterator[Reason]:
        for one in ruling.unmet:
            yield Reason(one.says, (self.provision(one.provision),))
        if not self.course.is_training:
            yield Reason(NO_TRAINING)
        elif not facts["training_current"] and "training" not in {one.key for one in ruling.unmet}:
            yield Reason("The training is passed and has not expired. The trust asks for it before anybody posts.")


def _short_of_yes(ruling: Ruling) -> str:
    if ruling.verdict == "not-covered":
        return "The policy does not say who may post on this account. Ask whoever it names for doubts."
    return "The policy advises against it as things stand. Take the steps below first."


def circumstances(
    db: Session,
    course: Course,
    now: datetime,
    only: Person | None = None,
    several: Iterable[Person] = (),
) -> Circumstances:
    """Gather what is on record about one person of the course's trust, or about several."""
    today = day_of(now)
    chosen = {one.id: one for one in ((only,) if only else several)}
    rights = posting_rights.of_people(db, chosen)
    return Circumstances(
        course=course,
        today=today,
        people=chosen,
        trainings=completions.trainings(db, course, today, chosen),
        readers=readings.readers(db, course, chosen),
        rights=rights,
        approvals=posting_rights.approvals(db, (right.id for right, _ in rights)),
        holders=accounts.holders(db, {account.id for _, account in rights}, today),
        holds=holds.in_force(db, course.trust, now),
    )
