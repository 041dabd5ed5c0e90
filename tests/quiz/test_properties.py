"""Properties of every ruling, whatever the facts: of all decisions, for all five trusts.

How allowed something is has one order here: a plain yes, then silence, then every objection by its strictness. Silence
is no yes, and nothing stands against the act either.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.courses import Course, canonical, read_course
from quiz.decisions import DECISIONS
from quiz.decisions.decision import Decision
from quiz.facts import CONTENTS, Choice, Choices, Fact, Flag, Number, plain
from quiz.rulings import NOT_COVERED, STRICTNESS, VERDICTS, Ruling

type Case = tuple[str, dict[str, Any]]

LESS_AND_LESS_ALLOWED = ("allowed", NOT_COVERED, *STRICTNESS[1:])
SAYING_SOMETHING = [one.id for one in DECISIONS.values() if any(fact.name == "contains" for fact in one.facts)]
# Facts that tell which rules apply, not whether they are kept: neither of their values is the kinder one.
NEITHER_KINDER = {
    # Whose consent is needed changes: a parent's no longer serves for a pupil who can decide.
    ("use-photo", "pupil_cannot_decide"): {
        "year_group": 13, "consents": ["parent"], "on_do_not_publish_list": False, "objected": False,
        "named_with_photo": False, "account": "school-official", "equipment": "organisation", "dignified": True,
    },
    # Without a link to the employer the policy does not bind the account, and says neither yes nor no.
    ("personal-account", "mentions_employer"): {
        "disclaimer": True, "uses_logo": False, "contains": ["personal-view"], "excessive_in_work_time": False,
        "anonymous": False,
    },
}  # fmt: skip


def facts_of(decision: Decision) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={fact.name: _values(fact) for fact in decision.facts})


def _values(fact: Fact) -> st.SearchStrategy[Any]:
    match fact:
        case Flag():
            return st.booleans()
        case Number():
            return st.integers(fact.least, fact.most)
        case Choice():
            return st.sampled_from(fact.values)
        case Choices():
            return st.lists(st.sampled_from(fact.values), unique=True)


def _kinder() -> Iterator[tuple[str, str, Any, Any]]:
    """Yield (decision, fact, cautious value, what is given, agreed or ruled out) of every fact that has a kinder side.

    A flag's default is the cautious side; a set that is empty by default holds approvals and what else has been got.
    """
    for decision in DECISIONS.values():
        for fact in decision.facts:
            if isinstance(fact, Flag) and (decision.id, fact.name) not in NEITHER_KINDER:
                yield decision.id, fact.name, fact.default, not fact.default
            elif isinstance(fact, Choices) and not fact.default:
                yield from ((decision.id, fact.name, [], [value]) for value in fact.values)


KINDER = list(_kinder())
CASES = st.sampled_from(sorted(DECISIONS)).flatmap(lambda one: st.tuples(st.just(one), facts_of(DECISIONS[one])))
KINDER_CASES = st.sampled_from(KINDER).flatmap(lambda one: st.tuples(st.just(one), facts_of(DECISIONS[one[0]])))
POSTS = st.sampled_from(SAYING_SOMETHING).flatmap(lambda one: st.tuples(st.just(one), facts_of(DECISIONS[one])))


def less_allowed(ruling: Ruling) -> int:
    return LESS_AND_LESS_ALLOWED.index(ruling.verdict)


@pytest.fixture(scope="module")
def reread(courses: dict[str, Course]) -> dict[str, Course]:
    """Return the same courses as somebody else reads them."""
    return {trust: read_course(canonical(course.data)) for trust, course in courses.items()}


@given(case=CASES)
def test_every_ruling_that_is_not_silent_cites_something_and_a_silent_one_nothing(
    courses: dict[str, Course], case: Case
) -> None:
    for course in courses.values():
        ruling = course.rule(*case)
        assert ruling.verdict in VERDICTS
        assert bool(ruling.because) == (ruling.verdict != NOT_COVERED)


@given(case=CASES)
def test_whatever_a_ruling_cites_or_wants_stands_in_a_provision_of_the_trust(
    courses: dict[str, Course], case: Case
) -> None:
    for course in courses.values():
        ruling = course.rule(*case)
        wants = {one.provision for one in ruling.unmet} | {one.provision for one in ruling.steps}
        assert {*ruling.because, *wants} <= course.data["provisions"].keys()


@given(case=CASES)
def test_what_is_still_unmet_never_stands_beside_a_plain_yes(courses: dict[str, Course], case: Case) -> None:
    for course in courses.values():
        ruling = course.rule(*case)
        assert not (ruling.verdict == "allowed" and ruling.unmet)
        assert ruling.verdict != "allowed-if" or ruling.unmet


@given(case=CASES)
def test_the_same_facts_in_any_order_and_through_json_give_the_same_ruling(
    courses: dict[str, Course], reread: dict[str, Course], case: Case
) -> None:
    decision, facts = case
    turned = {name: given[::-1] if isinstance(given, list) else given for name, given in reversed(facts.items())}
    for trust, course in courses.items():
        ruling = course.rule(decision, facts)
        assert ruling == course.rule(decision, facts) == course.rule(decision, turned)
        elsewhere = reread[trust].rule(decision, json.loads(json.dumps(facts)))
        assert canonical(elsewhere.as_json()) == canonical(ruling.as_json())


@given(case=CASES)
def test_a_fact_left_out_counts_as_its_default_and_is_named(courses: dict[str, Course], case: Case) -> None:
    decision, facts = case
    for course in courses.values():
        ruling = course.rule(decision, facts)
        assumed = {name: plain(value) for name, value in ruling.assumed.items()}
        assert assumed == ruling.as_json()["assumed"]
        assert assumed.keys() == {fact.name for fact in DECISIONS[decision].facts} - facts.keys()
        stated = course.rule(decision, {**assumed, **facts})
        assert stated.assumed == {}
        assert ruling._replace(assumed={}) == stated


@settings(max_examples=300)
@given(case=KINDER_CASES)
def test_an_approval_a_consent_or_a_danger_ruled_out_never_makes_it_less_allowed(
    courses: dict[str, Course], case: tuple[tuple[str, str, Any, Any], dict[str, Any]]
) -> None:
    (decision, fact, cautious, kinder), facts = case
    before = {**facts, fact: cautious}
    after = {**facts, fact: kinder}
    if isinstance(kinder, list):
        before[fact] = [one for one in facts.get(fact, []) if one not in kinder]
        after[fact] = before[fact] + kinder
    for course in courses.values():
        assert less_allowed(course.rule(decision, after)) <= less_allowed(course.rule(decision, before))


@pytest.mark.parametrize(
    "fact",
    [
        ("open-account", "approvals"),
        ("open-account", "training_done"),
        ("posting-right", "approvals"),
        ("posting-right", "training_current"),
        ("publish-post", "authorised"),
        ("publish-post", "permissions"),
        ("use-photo", "consents"),
        ("group-chat", "permission"),
        ("speak-to-press", "authorised"),
        ("speak-to-press", "in_writing"),
        ("reuse-material", "permission"),
    ],
)
def test_every_kind_of_approval_consent_and_permission_counts_as_kinder(fact: tuple[str, str]) -> None:
    assert fact in {(decision, name) for decision, name, _, _ in KINDER}


@pytest.mark.parametrize("fact", NEITHER_KINDER)
def test_where_neither_value_is_the_kinder_one_the_less_cautious_is_less_allowed_somewhere(
    courses: dict[str, Course], fact: tuple[str, str]
) -> None:
    decision, name = fact
    facts = NEITHER_KINDER[fact]
    yes, no = ([course.rule(decision, {**facts, name: flag}) for course in courses.values()] for flag in (True, False))
    assert any(less_allowed(one) > less_allowed(other) for one, other in zip(no, yes, strict=True))


@settings(max_examples=300)
@given(post=POSTS, content=st.sampled_from(CONTENTS))
def test_another_content_never_makes_a_post_more_allowed(courses: dict[str, Course], post: Case, content: str) -> None:
    """What a content brings alone it brings in any company, and it mends nothing that stood there before.

    On a post with nothing in it a policy may have nothing to say; the first content may be one that it accepts.
    """
    decision, facts = post
    others = [one for one in facts.get("contains", []) if one != content]
    for course in courses.values():
        without, alone, together = (
            course.rule(decision, {**facts, "contains": contents})
            for contents in (others, [content], [*others, content])
        )
        assert less_allowed(together) >= less_allowed(alone)
        accepted = not others and without.verdict == NOT_COVERED and together.verdict == "allowed"
        assert accepted or less_allowed(together) >= less_allowed(without)


def test_every_default_is_the_cautious_one(courses: dict[str, Course]) -> None:
    """Leaving a fact out is never answered more kindly than stating it, unless the policy is silent without it."""
    for trust, course in courses.items():
        for decision in DECISIONS.values():
            unknown = course.rule(decision.id, {})
            if unknown.verdict == NOT_COVERED:
                continue
            for fact in decision.facts:
                for value in _all_values(fact):
                    stated = course.rule(decision.id, {fact.name: value})
                    assert less_allowed(stated) <= less_allowed(unknown), f"{trust}: {decision.id}, {fact.name}={value}"


def _all_values(fact: Fact) -> list[Any]:
    match fact:
        case Flag():
            return [True, False]
        case Number():
            return list(range(fact.least, fact.most + 1))
        case Choice():
            return list(fact.values)
        case Choices():
            return [[value] for value in fact.values]
