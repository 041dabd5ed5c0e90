"""Which required answers does a changed policy change, and whom does that touch?

A *required answer* is the right option of a question. Every form of a scenario that the old course holds is decided
twice, by the old positions and by the new ones; the answer has changed where other options of that same form are
right. So new words, new names and new scenarios change no answer, while a changed duty or row does. Of a critical
scenario the new course's forms count too.

Both courses are decided by the engine of today, so that what only the engine changed is no change of the policy. A
decision that only one of the courses knows gives nothing to compare. Where the engine can no longer decide an old
position, its answer is unknown, and counts as changed: better trained once too often than wrongly.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quiz.courses import Course, canonical
from quiz.decisions import DECISIONS
from quiz.feedback import cited, headline, to_do
from quiz.questions import Variant, askable, variants
from quiz.rulings import Ruling


class NotComparable(ValueError):
    """A course so old that today's engine cannot read it at all."""


# What the data of another engine may lead to in this one.
_UNREADABLE = (AttributeError, LookupError, TypeError, ValueError)


@dataclass(frozen=True)
class Answer:
    """What one of the courses says: the verdict, its headline, and the texts of the right options.

    No option need fit a policy it was not written for; `do` says in any case what to do, a sentence each.
    """

    verdict: str
    headline: str
    right: tuple[str, ...]
    do: tuple[str, ...]


@dataclass(frozen=True)
class Wording:
    """How a provision stands in one of the courses."""

    duty: str
    label: str
    text: str


@dataclass(frozen=True)
class Ground:
    """A provision that explains a changed answer; `then` or `now` is None where that course does not hold it.

    `change` is `duty` where that differs, else `new` or `gone` where only one of the two rulings cites it, `text` where
    its words differ, `same` where nothing about the provision has changed: then a row of the positions has.
    """

    id: str
    ref: str
    clause: str
    url: str
    change: str
    then: Wording | None
    now: Wording | None

    @property
    def shown(self) -> Wording | None:
        """How it stands now, or stood then if it is gone."""
        return self.now or self.then

    @property
    def says(self) -> str:
        """What has happened to the provision, in a sentence."""
        if self.change == "duty" and self.then and self.now:
            return f"This was “{self.then.label}” and is now “{self.now.label}”."
        return _SAYS[self.change]


_SAYS = {
    "text": "The words of this have changed.",
    "new": "This decides now.",
    "gone": "This no longer decides.",
    "same": "The trust now applies this differently.",
}


@dataclass(frozen=True)
class ChangedAnswer:
    """A form of a scenario whose right answer has changed, and why.

    `variant` is its id, in the old course if that holds the form; `asked` is whether the old course could ask it,
    `critical` whether either course holds the scenario for critical. `then` is None where it is unknown.
    """

    scenario: str
    variant: str
    story: str
    asks: str
    critical: bool
    asked: bool
    then: Answer | None
    now: Answer
    grounds: tuple[Ground, ...]


def changed_answers(old: Course, new: Course) -> tuple[ChangedAnswer, ...]:
    """Return every answer that differs between two courses of one trust, by scenario.

    Raises NotComparable if today's engine cannot read one of them.
    """
    try:
        return tuple(_changed(_decidable(old), _decidable(new)))
    except _UNREADABLE as error:
        raise NotComparable(f"a course of {new.trust} cannot be read by today's engine: {error}") from error


def due_again(asked: Collection[str] | None, changes: Collection[ChangedAnswer]) -> tuple[ChangedAnswer, ...]:
    """Return the changes that touch somebody, those they were asked first.

    `asked` are the variants asked in the attempt that passed; None, where that is not known, stands for all of them.
    A critical situation counts in every form, any other only in the form that was asked.
    """
    own = tuple(one for one in changes if one.asked and (asked is None or one.variant in asked))
    return (*own, *(one for one in changes if one.critical and one not in own))


def _decidable(course: Course) -> Course:
    """Return a course without the decisions, and scenarios on them, that today's engine no longer has."""
    positions = {decision: raw for decision, raw in course.data["positions"].items() if decision in DECISIONS}
    scenarios = {slug: one for slug, one in course.data["scenarios"].items() if one["decision"] in positions}
    return Course({**course.data, "positions": positions, "scenarios": scenarios})


def _changed(old: Course, new: Course) -> Iterator[ChangedAnswer]:
    for slug in sorted({*old.data["scenarios"], *new.data["scenarios"]}):
        critical = any(slug in course.data["scenarios"] and course.critical(slug) for course in (old, new))
        for decision, variant, known in _forms(slug, old, new, critical):
            if decision in old.positions and decision in new.positions:
                then, now = _old_ruling(old, decision, variant), new.rule(decision, variant.facts)
                could_ask = then is None or askable(variant, then)
                differs = then is None or variant.right(then) != variant.right(now)
                if differs and (could_ask or askable(variant, now)):
                    yield ChangedAnswer(
                        slug,
                        variant.id,
                        variant.story,
                        variant.asks,
                        critical,
                        known and could_ask,
                        _answer(variant, old, then) if then else None,
                        _answer(variant, new, now),
                        _grounds(old, then, new, now),
                    )


def _old_ruling(old: Course, decision: str, variant: Variant) -> Ruling | None:
    try:
        return old.rule(decision, variant.facts)
    except _UNREADABLE:
        return None


def _forms(slug: str, old: Course, new: Course, critical: bool) -> Iterator[tuple[str, Variant, bool]]:
    """Yield each form to compare with its decision, and whether it is the old course's.

    A form of the new course that has the facts and claims of an old one is the same question, however it is worded.
    """
    seen = set()
    for course in (old, new) if critical else (old,):
        scenario = course.data["scenarios"].get(slug)
        for variant in variants(slug, scenario) if scenario else ():
            same = canonical([scenario["decision"], variant.facts, [claims for _, _, claims in variant.options]])
            if course is old or same not in seen:
                yield scenario["decision"], variant, course is old
            seen.add(same)


def _answer(variant: Variant, course: Course, ruling: Ruling) -> Answer:
    keys = variant.right(ruling)
    right = tuple(text for key, text, _ in variant.options if key in keys)
    return Answer(ruling.verdict, headline(ruling), right, tuple(to_do(course, ruling)))


def _grounds(old: Course, then: Ruling | None, new: Course, now: Ruling) -> tuple[Ground, ...]:
    """Return what the rulings cite differently, what decides now first; if that is nothing, all that decides now."""
    before = cited(then) if then else ()
    both = dict.fromkeys([*cited(now), *before])
    found = tuple(_ground(one, old, one in before, new, one in cited(now)) for one in both)
    return tuple(one for one in found if one.change != "same") or found


def _ground(provision: str, old: Course, cited_then: bool, new: Course, cited_now: bool) -> Ground:
    then, now = (course.data["provisions"].get(provision) for course in (old, new))
    if then and now and then["duty"] != now["duty"]:
        change = "duty"
    elif cited_then != cited_now:
        change = "new" if cited_now else "gone"
    elif then and now and then["text"] != now["text"]:
        change = "text"
    else:
        change = "same"
    shown = now or then
    return Ground(provision, shown["ref"], shown["clause"], shown["url"], change, _wording(then), _wording(now))


def _wording(provision: Mapping[str, Any] | None) -> Wording | None:
    return Wording(provision["duty"], provision["label"], provision["text"]) if provision else None
