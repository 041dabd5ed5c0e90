"""What would change if this list were taken over: who is new, changed, moved, back or gone? Nothing is touched here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from hashlib import sha256

from quiz.courses import canonical
from quiz.nearest import nearest
from register.people import kind_of
from register.schools import folded
from register.staff_import.lines import Line, Lines, Problem

DIFFERING = ("name", "email", "role")


@dataclass(frozen=True)
class Present:
    """A person on record, their schools by name.

    `kept` says why this list cannot make them leave, None if it can; of whoever is `protected` it changes nothing.
    """

    id: int
    name: str
    first_name: str
    email: str
    role: str
    number: str | None
    schools: tuple[str, ...]
    left_on: date | None
    kept: str | None = None
    protected: bool = False

    def has_left(self, today: date) -> bool:
        """Say whether the last day is over or is today."""
        return self.left_on is not None and self.left_on <= today


@dataclass(frozen=True)
class Meeting:
    """A line of the list and the person it is about."""

    line: Line
    person: Present

    @property
    def changes(self) -> tuple[tuple[str, str, str], ...]:
        """What differs: the field, what it was, what it would be."""
        return tuple(
            (name, getattr(self.person, name), getattr(self.line, name))
            for name in DIFFERING
            if getattr(self.line, name) and getattr(self.line, name) != getattr(self.person, name)
        )

    @property
    def moves(self) -> bool:
        """Whether the person works in other schools than before; a list without schools moves nobody."""
        return self.line.schools is not None and _alike(self.line.schools) != _alike(self.person.schools)

    @property
    def numbered(self) -> bool:
        """Whether the list tells a staff number that is not on record."""
        return self.line.number is not None and self.line.number != self.person.number


@dataclass(frozen=True)
class Leaving:
    """Somebody who leaves, on which day, and the row that says so; without one they are no longer on the list."""

    person: Present
    on: date
    row: int | None = None


@dataclass(frozen=True)
class Plan:
    """All that would happen, in the order of the list; `problems` are empty or nothing may happen at all."""

    new: tuple[Line, ...] = ()
    changed: tuple[Meeting, ...] = ()
    moved: tuple[Meeting, ...] = ()
    back: tuple[Meeting, ...] = ()
    gone: tuple[Leaving, ...] = ()
    numbered: tuple[Meeting, ...] = ()
    same: int = 0
    new_schools: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    unknown_titles: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it can be taken over."""
        return not self.problems and not self.unknown_titles

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to take over."""
        return bool(self.new or self.changed or self.moved or self.back or self.gone or self.numbered)

    @property
    def counts(self) -> dict[str, int]:
        """How many people of each kind."""
        groups = {"new": self.new, "changed": self.changed, "moved": self.moved, "back": self.back, "gone": self.gone}
        return {name: len(several) for name, several in groups.items()}

    @property
    def digest(self) -> str:
        """The plan's digest: what was shown and what is confirmed are the same, or nothing is done."""
        return sha256(canonical({"plan": _plain(asdict(self))}).encode()).hexdigest()


def plan(lines: Lines, present: Iterable[Present], schools: Iterable[str], today: date, *, whole: bool) -> Plan:
    """Compare a list with everybody on record, leavers included; of a `whole` list, whoever is missing has left."""
    known = list(present)
    problems = list(lines.problems)
    met: dict[int, Meeting] = {}
    new: list[Line] = []
    for line, person in _matched(lines.people, known, problems):
        if person is None:
            new.append(line)
        elif person.id in met:
            says = f"{line.name} is the same person as {met[person.id].line.name} in row {met[person.id].line.row}."
            problems.append(Problem(says, line.row))
        else:
            met[person.id] = Meeting(line, person)
    met, spared = _spared(met, today)
    leaving = [
        Leaving(one.person, one.line.left_on, one.line.row) for one in met.values() if _leaves(one) and one.line.left_on
    ]
    missing, kept = _missing(known, met, lines.people, today) if whole else ([], [])
    arriving = [one for one in new if one.left_on is None or one.left_on > today]
    staying = [one for one in met.values() if one.line.left_on is None or one.line.left_on > today]
    new_schools, alike = _new_schools((*arriving, *(one.line for one in staying)), list(schools))
    changed = tuple(one for one in staying if one.changes)
    moved = tuple(one for one in staying if one.moves)
    back = tuple(one for one in staying if one.person.has_left(today))
    touched = {one.person.id for one in (*changed, *moved, *back)} | {one.person.id for one in leaving}
    skipped = len(new) - len(arriving)
    gone_already = (
        [f"{skipped} on the list have left before they were on record; they were left out."] if skipped else []
    )
    return Plan(
        tuple(arriving), changed, moved, back, (*leaving, *missing),
        tuple(one for one in staying if one.numbered), sum(one not in touched for one in met), new_schools,
        tuple(sorted(problems, key=lambda one: (one.row or 0, one.says))), dict(lines.unknown_titles or {}),
        (*lines.notes, *alike, *spared, *kept, *gone_already),
    )  # fmt: skip


def _matched(
    people: Sequence[Line], known: Sequence[Present], problems: list[Problem]
) -> Iterator[tuple[Line, Present | None]]:
    """Yield each line with the person of the same staff number, or else of the same address."""
    by_email = {one.email: one for one in known}
    by_number = {one.number: one for one in known if one.number}
    told = {line.number for line in people if line.number}
    for line in people:
        numbered, addressed = by_number.get(line.number or ""), by_email.get(line.email)
        if numbered and addressed and numbered.id != addressed.id and addressed.number not in told:
            says = f"{line.name} has the staff number of {numbered.name} and the e-mail address of {addressed.name}."
            problems.append(Problem(f"{says} Correct one of them.", line.row))
        elif addressed and not numbered and line.number and addressed.number and addressed.name != line.name:
            says = f"{line.name} has the e-mail address of {addressed.name}, who has another staff number."
            problems.append(Problem(f"{says} Correct one of them.", line.row))
        else:
            yield line, numbered or addressed


def _spared(met: Mapping[int, Meeting], today: date) -> tuple[dict[int, Meeting], list[str]]:
    """Return the meetings with what is not the importer's to change taken out, and a note of each.

    A changed address is as good as a key: whoever may do more than the importer is changed by nobody's list.
    """
    spared: dict[int, Meeting] = {}
    notes = []
    for one in met.values():
        line, person = one.line, one.person
        if person.kept and _leaves(one):
            notes.append(f"{person.name} leaves, says row {line.row}, but stays: {person.kept}")
            line = replace(line, left_on=None)
        if person.protected:
            same = replace(
                line, name=person.name, email=person.email, role=person.role, schools=None, number=None, left_on=None
            )
            if one.changes or one.moves or one.numbered or person.has_left(today):
                notes.append(f"{person.name} differs in row {line.row}, but stays as on record: {person.kept}")
            line = replace(same, left_on=person.left_on if person.has_left(today) else None)
        spared[person.id] = Meeting(line, person)
    return spared, notes


def _leaves(one: Meeting) -> bool:
    return one.line.left_on is not None and one.line.left_on != one.person.left_on


def _missing(
    known: Sequence[Present], met: Mapping[int, Meeting], people: Sequence[Line], today: date
) -> tuple[list[Leaving], list[str]]:
    """Return who is no longer on the list: only among the schools and the kinds of people that it names at all."""
    kinds = {kind_of(one.role) for one in people if one.role}
    named = {folded(school) for one in people for school in one.schools or ()}
    of_trust = any(one.schools == () for one in people)
    silent = any(one.schools is None for one in people)
    leaving, kept = [], []
    for one in known:
        own = _alike(one.schools)
        covered = silent or (own <= named if own else of_trust)
        if one.id in met or one.has_left(today) or kind_of(one.role) not in kinds or not covered:
            continue
        if one.kept:
            kept.append(f"{one.name} is not on the list, but stays: {one.kept}")
        else:
            leaving.append(Leaving(one, today))
    return leaving, kept


def _new_schools(people: Iterable[Line], schools: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    known = {folded(one) for one in schools}
    new: dict[str, str] = {}
    for one in people:
        for school in one.schools or ():
            if folded(school) not in known:
                new.setdefault(folded(school), school)
    notes = []
    for name in new.values():
        like = nearest(name, schools)
        if like:
            notes.append(f"“{name}” would be a new school. If it is {like}, correct the list first.")
    return tuple(new.values()), notes


def _alike(schools: Iterable[str]) -> frozenset[str]:
    return frozenset(folded(one) for one in schools)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
