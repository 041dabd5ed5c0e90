"""What `clearpost check` reports on request: what is exercised, whether every parameter matters, the scenarios."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from handbook.courses import is_answered
from handbook.coverage import Coverage, coverage, stale_reasons
from handbook.library import Library
from handbook.parameters import Change, changes, tally
from handbook.scenario_figures import ScenarioFigures, scenario_figures
from handbook.sources.unfinished import guesses
from quiz.courses import Course
from quiz.decisions import DECISIONS

# Of each file so many guesses are listed, unless all are asked for.
FIRST_GUESSES = 5


def report_unfinished(root: Path, library: Library, every: bool, say: Callable[[str], None]) -> None:
    """Say what is no error, but not finished: guesses nobody has confirmed, decisions nobody has answered."""
    for trust in library.trusts.values():
        file = trust.folder / "policy.md"
        found = list(guesses((root / file).read_text(encoding="utf-8-sig"), file))
        for problem in found if every else found[:FIRST_GUESSES]:
            say(f"{problem}")
        if not every and len(found) > FIRST_GUESSES:
            say(f"{file.as_posix()}: {len(found)} guesses in all; list them with clearpost check --guesses")
        left = [one for one in DECISIONS if one not in trust.positions]
        if left:
            shown = "none of them" if len(left) == len(DECISIONS) else f"not yet: {', '.join(left)}"
            say(
                f"{(trust.folder / 'positions.yml').as_posix()}: {len(DECISIONS) - len(left)} of {len(DECISIONS)} "
                f"decisions answered ({shown}); until all are, {trust.short_name} has no training"
            )


def report_coverage(library: Library, courses: Sequence[Course], say: Callable[[str], None]) -> bool:
    """Say per trust which rules that bind staff are exercised; return whether every other has a reason that holds."""
    for course in courses:
        if not is_answered(library.trusts[course.trust]):
            say(f"{course.data['name']}: not every decision is answered yet, so nothing is exercised")
    found = [coverage(library, course) for course in courses if is_answered(library.trusts[course.trust])]
    for one in found:
        _say_coverage(one, say)
    stale = tuple(stale_reasons(found))
    for problem in stale:
        say(str(problem))
    return not stale and not any(one.unexplained for one in found)


def _say_coverage(found: Coverage, say: Callable[[str], None]) -> None:
    all_of_them = found.exercises
    say(
        f"{found.trust.name}: {len(all_of_them)} rules bind staff; positions reach "
        f"{sum(one.by_position for one in all_of_them)}, scenarios {sum(one.by_scenario for one in all_of_them)}, "
        f"both {sum(one.reached for one in all_of_them)} ({found.share:.0%})"
    )
    for one in all_of_them:
        if not one.reached:
            short = " and ".join(
                what for what, reached in (("position", one.by_position), ("scenario", one.by_scenario)) if not reached
            )
            where = f"{found.trust.folder.as_posix()}/policy.md:{one.provision.line}"
            why_not = one.why_not or "NO REASON GIVEN"
            say(f"  {where}: {one.provision.ref} ({one.provision.duty}), no {short}: {why_not}")


def report_parameters(library: Library, courses: Sequence[Course], say: Callable[[str], None]) -> bool:
    """Say which parameters could be changed without any question noticing; return whether there are none."""
    unnoticed = 0
    for course in courses:
        found = tuple(changes(library, course))
        noticed, of = tally(found, _whole)
        values, of_values = tally(found, _value)
        say(
            f"{course.data['name']}: {noticed} of {of} changed parameters change an answer; "
            f"of single values in lists, {values} of {of_values}"
        )
        for change in found:
            if _whole(change) and not change.noticed:
                say(f"  no question notices: {change}")
        unnoticed += of - noticed
    return unnoticed == 0


def _whole(change: Change) -> bool:
    return not change.value


def _value(change: Change) -> bool:
    return change.value


def report_scenarios(courses: Iterable[Course], say: Callable[[str], None]) -> bool:
    """Say of every scenario how many questions it makes, how hard they are to read, and whether length gives them away.

    There is nothing to fail here: `clearpost check` has refused what cannot be asked.
    """
    found = scenario_figures(courses)
    width = max((len(one.slug) for one in found), default=0)
    say(f"{'scenario':{width}}  {'decision':16}  questions  variants  differ  grade  right options  longest is right")
    for one in found:
        say(
            f"{one.slug:{width}}  {one.decision:16}  {one.questions:9}  {one.variants:8}  {one.trusts_differ:6}  "
            f"{one.grade:5.1f}  {one.ever_right:6} of {one.options}    {_share(one)}{'  critical' * one.critical}"
        )
    questions = sum(one.questions for one in found)
    longest = sum(one.longest_right for one in found)
    chance = sum(one.by_chance for one in found)
    if questions:
        say(
            f"{len(found)} scenarios, {questions} questions, reading grade at most {max(one.grade for one in found)}; "
            f"the longest option is right in {longest / questions:.0%} of them (by chance: {chance / questions:.0%})"
        )
    return True


def _share(one: ScenarioFigures) -> str:
    return f"{one.longest_right / one.questions:4.0%} (chance {one.by_chance / one.questions:.0%})"
