"""Who may do what over whom? One pure function, `may`, that every address asks before anything else happens.

Everybody on a staff list may do what concerns themselves. All else comes with a post: a role, given for one school or
for the whole trust. A post for a school reaches whoever works there; a post for the trust reaches everybody in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

APPROVER, AUDITOR, MANAGER, TRUST_ADMIN = "approver", "auditor", "manager", "trust-admin"
ROLES: Mapping[str, str] = {
    APPROVER: "Approver",
    AUDITOR: "Auditor",
    MANAGER: "Manager",
    TRUST_ADMIN: "Trust administrator",
}


class Action(Enum):
    """What somebody wants to do.

    `OPEN` is for anybody, `OWN` for whoever is signed in and concerns only themselves, `READ` for programs with a key.
    """

    OPEN = auto()
    OWN = auto()
    READ = auto()
    SEE_REQUESTS = auto()
    SEE_PEOPLE = auto()
    APPROVE = auto()
    DECIDE = auto()
    STAFF = auto()
    TAKE_OVER = auto()
    APPOINT = auto()
    CONNECT = auto()


WHO: Mapping[Action, frozenset[str]] = {
    Action.SEE_REQUESTS: frozenset({APPROVER, AUDITOR, MANAGER, TRUST_ADMIN}),
    Action.SEE_PEOPLE: frozenset({AUDITOR, MANAGER, TRUST_ADMIN}),
    Action.APPROVE: frozenset({APPROVER, MANAGER, TRUST_ADMIN}),
    Action.DECIDE: frozenset({MANAGER, TRUST_ADMIN}),
    Action.STAFF: frozenset({MANAGER, TRUST_ADMIN}),
    Action.TAKE_OVER: frozenset({MANAGER, TRUST_ADMIN}),
    Action.APPOINT: frozenset({TRUST_ADMIN}),
    Action.CONNECT: frozenset({TRUST_ADMIN}),
}
# What changes a person or lets somebody sign in as them needs a reach over all of that person, not a part.
OVER_ALL_OF_THEM = frozenset({Action.STAFF, Action.APPOINT})
RANK: Mapping[str, int] = {APPROVER: 1, AUDITOR: 1, MANAGER: 2, TRUST_ADMIN: 3}


@dataclass(frozen=True)
class Post:
    """A role somebody has, for a school or without one for the whole trust; `approval` is which one they can give."""

    role: str
    school_id: int | None = None
    approval: str | None = None


@dataclass(frozen=True)
class Powers:
    """All the posts of a person of a trust; who has none is staff and nothing else."""

    trust_id: str
    posts: tuple[Post, ...] = ()

    def to(self, action: Action) -> list[Post]:
        """Return the posts that let somebody do this at all, somewhere."""
        return [post for post in self.posts if post.role in WHO[action]]

    def reach(self, action: Action) -> "Reach":
        """Return over whom."""
        posts = self.to(action)
        whole = any(post.school_id is None for post in posts)
        return Reach(whole, frozenset(post.school_id for post in posts if post.school_id is not None))


@dataclass(frozen=True)
class Reach:
    """A whole trust, or some of its schools, or with none nobody at all."""

    whole: bool
    schools: frozenset[int] = frozenset()

    def touches(self, schools: Iterable[int]) -> bool:
        """Say whether somebody of these schools, or with none of the trust itself, is within it."""
        return self.whole or not self.schools.isdisjoint(schools)

    def covers(self, schools: frozenset[int]) -> bool:
        """Say whether all of these schools are within it; the trust itself is in no school's reach."""
        return self.whole or (bool(schools) and schools <= self.schools)


WHOLE_TRUST = Reach(whole=True)


@dataclass(frozen=True)
class Over:
    """What or whom something is done to: its trust, its schools (none: the trust's own), and a person's own posts."""

    trust_id: str
    schools: frozenset[int] = frozenset()
    posts: tuple[Post, ...] = ()


def may(powers: Powers, action: Action, over: Over) -> bool:
    """Say whether somebody with these powers may do this over that.

    Nobody changes or signs in somebody who may do more than they themselves.
    """
    if action in (Action.OPEN, Action.OWN):
        return over.trust_id == powers.trust_id
    if over.trust_id != powers.trust_id:
        return False
    reach = powers.reach(action)
    if action not in OVER_ALL_OF_THEM:
        return reach.touches(over.schools)
    posts = powers.to(action)
    return reach.covers(over.schools) and all(any(_at_least(own, theirs) for own in posts) for theirs in over.posts)


def over_right(trust_id: str, of_account: int | None, works: frozenset[int], action: Action) -> Over:
    """Return a posting right as scope sees it, by the school of its account and those its person works in.

    Whoever decides has to reach the account; whoever only agrees or looks reaches it through the person as well, if the
    account is the trust's own.
    """
    if of_account is not None:
        return Over(trust_id, frozenset({of_account}))
    return Over(trust_id, works if action in (Action.APPROVE, Action.SEE_REQUESTS) else frozenset())


def may_approve(powers: Powers, approval: str, over: Over) -> bool:
    """Say whether somebody may record that a role has agreed: managers for anybody, approvers for their own role."""
    fitting = tuple(post for post in powers.posts if post.role != APPROVER or post.approval == approval)
    return may(Powers(powers.trust_id, fitting), Action.APPROVE, over)


def _at_least(own: Post, theirs: Post) -> bool:
    return RANK[own.role] >= RANK[theirs.role] and own.school_id in (None, theirs.school_id)
