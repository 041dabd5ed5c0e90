"""Is every rule that binds staff exercised? Which provisions positions and scenarios reach, and why the others are not.

A provision is reached by a position that cites it, and by a scenario if the ruling of one of its questions cites it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from handbook.courses import cited_refs
from handbook.library import NO_SITUATION, SAME_DUTY, Library, NotAsked, Provision, Trust
from handbook.problems import Problem
from quiz.courses import Course
from quiz.feedback import cited

# What somebody has to do or to leave undone; a "may", a meaning or a remark is nothing to be exercised in.
EXERCISED = frozenset({"must", "must-not", "should-not", "process"})
EVERYBODY = frozenset({"staff", "administrator", "all"})
LEADERS = frozenset(
    {"ceo", "directors", "dsl", "executive-committee", "governance", "governors", "headteacher", "hr", "it-lead"}
    | {"line-manager", "marketing", "slt", "subject-leader", "trustees"}
)
# That something binds leaders only is read off whom the provision speaks to; for the rest, trust.yml gives a reason.
BINDS_LEADERS = "binds leaders only"
IN_WORDS = {NO_SITUATION: "cannot be put as a situation", SAME_DUTY: "the same duty as"}


@dataclass(frozen=True)
class Exercise:
    """One provision that binds staff, whether a position and a scenario reach it, and if not, why (None: no reason)."""

    provision: Provision
    by_position: bool
    by_scenario: bool
    why_not: str | None

    @property
    def reached(self) -> bool:
        """Whether both reach it."""
        return self.by_position and self.by_scenario


@dataclass(frozen=True)
class Coverage:
    """What is exercised of one trust's policy."""

    trust: Trust
    exercises: tuple[Exercise, ...]

    @property
    def share(self) -> float:
        """The share that is reached, of all that bind staff; 1 where nothing does."""
        return sum(one.reached for one in self.exercises) / len(self.exercises) if self.exercises else 1.0

    @property
    def unexplained(self) -> tuple[Exercise, ...]:
        """What is not reached, without a reason."""
        return tuple(one for one in self.exercises if not one.reached and one.why_not is None)


def coverage(library: Library, course: Course) -> Coverage:
    """Return what the positions and the questions of a trust's course exercise of its policy."""
    trust = library.trusts[course.trust]
    stated = {f"{trust.id}/{ref}" for ref in cited_refs(trust.positions)}
    asked = {one for variant in course.variants.values() for one in cited(course.ruling_on(variant))}
    reasons = {ref: row for row in trust.not_asked for ref in row.cites}
    exercises = (
        Exercise(one, one.id in stated, one.id in asked, _why_not(one, reasons.get(one.ref)))
        for one in trust.provisions.values()
        if binds_staff(one)
    )
    return Coverage(trust, tuple(exercises))


def binds_staff(provision: Provision) -> bool:
    """Say whether a provision asks something of people who work for the trust, leaders among them."""
    return provision.duty in EXERCISED and bool((EVERYBODY | LEADERS).intersection(provision.who))


def _why_not(provision: Provision, row: NotAsked | None) -> str | None:
    if not EVERYBODY.intersection(provision.who):
        return BINDS_LEADERS
    if row is None:
        return None
    return f"{IN_WORDS[row.reason]} {row.same_as}" if row.same_as else f"{IN_WORDS[row.reason]}: {row.why}"


def stale_reasons(found: Iterable[Coverage]) -> Iterator[Problem]:
    """Yield every reason given for what needs none, or that rests on a provision that is not reached itself."""
    for one in found:
        exercises = {each.provision.ref: each for each in one.exercises}
        for row in one.trust.not_asked:
            yield from (
                Problem(one.trust.folder / "trust.yml", row.line, message) for message in _stale(row, exercises)
            )


def _stale(row: NotAsked, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    for ref in row.cites:
        if ref not in exercises:
            yield f'not_asked: "{ref}" asks nothing of staff that has to be exercised; delete it here'
        elif exercises[ref].reached:
            yield f'not_asked: "{ref}" is reached by a position and a scenario; delete it here'
    if row.same_as and not (row.same_as in exercises and exercises[row.same_as].reached):
        yield f'not_asked: "{row.same_as}" is not reached itself; name a provision that is'
