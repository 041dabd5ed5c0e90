"""Coverage: every rule that binds staff is exercised, or the trust says why it is not."""

import pytest

from handbook.courses import course_data
from handbook.coverage import EVERYBODY, Coverage, coverage, stale_reasons
from handbook.library import Library
from quiz.courses import Course
from tests.handbook.sources.tree import Tree, plant

TRUSTS = ("cockburn", "collaborative", "creating-tomorrow", "lydiate", "wren-spinney")


def covered(tree: Tree) -> Coverage:
    library = tree.load()
    return coverage(library, Course(course_data(library, "oak")))


@pytest.fixture
def oak(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return plant(tmp_path_factory.mktemp("oak"))


@pytest.mark.parametrize("trust", TRUSTS)
def test_each_of_the_five_policies_is_exercised_and_every_gap_has_a_reason_that_holds(
    library: Library, courses: dict[str, Course], trust: str
) -> None:
    found = coverage(library, courses[trust])
    assert found.share >= 0.85
    assert [one.provision.id for one in found.unexplained] == []
    assert [str(one) for one in stale_reasons([found])] == []


@pytest.mark.parametrize("trust", TRUSTS)
def test_every_topic_that_asks_something_of_staff_has_a_scenario(
    library: Library, courses: dict[str, Course], trust: str
) -> None:
    course = courses[trust]
    asking = {
        one.provision.topic
        for one in coverage(library, course).exercises
        if EVERYBODY.intersection(one.provision.who) and one.why_not is None
    }
    assert asking - {topic for slug in course.scenarios for topic in course.topics(slug)} == set()


def test_a_rule_is_reached_by_a_row_that_cites_it_and_a_question_whose_ruling_does(oak: Tree) -> None:
    found = {one.provision.ref: (one.by_position, one.by_scenario) for one in covered(oak).exercises}
    # photos/3 is cited, but no question is about a named picture; photos/2 is a "should", which binds nobody.
    assert found == {"4.1": (False, False), "photos/1": (True, True), "photos/3": (True, False)}


def test_a_rule_for_leaders_needs_no_reason(oak: Tree) -> None:
    oak.edit("policy_src/oak/policy.md", 'topic=account-approval who="staff"', 'topic=account-approval who="slt"')
    (leaders,) = (one for one in covered(oak).exercises if one.provision.ref == "4.1")
    assert leaders.why_not == "binds leaders only"


def test_a_trust_says_why_a_rule_is_not_asked_about(oak: Tree) -> None:
    reason = 'not_asked:\n  - {cites: ["4.1"], reason: no-situation, why: It is plain.}\n'
    reason += "  - {cites: [photos/3], reason: same-duty, as: photos/1}\n"
    oak.edit("policy_src/oak/trust.yml", "training:\n", f"{reason}training:\n")
    found = covered(oak)
    assert found.unexplained == ()
    assert [one.why_not for one in found.exercises if not one.reached] == [
        "cannot be put as a situation: It is plain.",
        "the same duty as photos/1",
    ]
    assert list(stale_reasons([found])) == []


def test_a_reason_that_does_not_hold_is_named_with_its_line(oak: Tree) -> None:
    reason = "not_asked:\n  - {cites: [photos/1, photos/2], reason: same-duty, as: photos/3}\n"
    oak.edit("policy_src/oak/trust.yml", "training:\n", f"{reason}training:\n")
    where = "policy_src/oak/trust.yml:13: not_asked: "
    assert [str(one) for one in stale_reasons([covered(oak)])] == [
        f'{where}"photos/1" is reached by a position and a scenario; delete it here',
        f'{where}"photos/2" asks nothing of staff that has to be exercised; delete it here',
        f'{where}"photos/3" is not reached itself; name a provision that is',
    ]
