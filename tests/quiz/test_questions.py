"""Questions: every variant of every scenario has exactly one right answer, for every trust that is asked it."""

from collections import Counter

import pytest

from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.questions import Variant, askable, claim_holds, fault, merged, variants
from quiz.rulings import Condition, Ruling, Step


def test_every_question_of_every_trust_has_exactly_one_right_answer(courses: dict[str, Course]) -> None:
    for course in courses.values():
        for variant in course.variants.values():
            assert len(variant.right(course.ruling_on(variant))) == 1, f"{course.trust}: {variant.id}"


def test_every_decision_has_at_least_two_scenarios(courses: dict[str, Course]) -> None:
    scenarios = next(iter(courses.values())).data["scenarios"]
    counted = Counter(scenario["decision"] for scenario in scenarios.values())
    assert set(counted) == set(DECISIONS)
    assert min(counted.values()) >= 2


def test_the_same_question_has_other_answers_at_other_trusts(courses: dict[str, Course]) -> None:
    answers = {course.variants["coach-home/0-1"].right(course.ruling_on(course.variants["coach-home/0-1"]))
               for course in courses.values()}  # fmt: skip
    assert len(answers) > 1


def test_no_option_is_given_away_by_being_the_longest(courses: dict[str, Course]) -> None:
    longest = total = 0
    for course in courses.values():
        for variant in course.variants.values():
            right = variant.right(course.ruling_on(variant))[0]
            total += 1
            longest += max(variant.options, key=lambda option: len(option[1]))[0] == right
    assert longest / total < 0.5


def test_every_option_is_right_somewhere_or_is_what_a_colleague_might_do(courses: dict[str, Course]) -> None:
    scenarios = next(iter(courses.values())).data["scenarios"]
    right: dict[str, set[str]] = {slug: set() for slug in scenarios}
    for course in courses.values():
        for variant in course.variants.values():
            right[variant.scenario].update(variant.right(course.ruling_on(variant)))
    for slug, scenario in scenarios.items():
        assert len(right[slug]) >= 2, f"{slug} has the same answer everywhere"
        assert len(scenario["options"]) - len(right[slug]) <= 2, f"{slug} has too many options that are never right"


RULING = Ruling(
    "use-photo", "somewhere", "allowed-if",
    unmet=(Condition("parent-consent", "A parent has agreed.", "somewhere/1"),),
    steps=(Step("Do it.", "somewhere/2", key="holders"), Step("Ask.", "somewhere/2")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "holds"),
    [
        ({"verdict": "allowed-if"}, True),
        ({"verdict": ["forbidden", "allowed-if"]}, True),
        ({"verdict": "allowed"}, False),
        ({"verdict": "allowed-if", "unmet": ["parent-consent"]}, True),
        ({"verdict": "allowed-if", "unmet": ["parent-consent", "pupil-consent"]}, False),
        ({"verdict": "allowed-if", "unmet": []}, False),
        ({"verdict": "allowed-if", "steps": ["holders"]}, True),
        ({"verdict": "allowed-if", "steps": []}, False),
    ],
)
def test_a_claim_holds_where_the_ruling_says_exactly_that(claims: dict[str, object], holds: bool) -> None:
    assert claim_holds(claims, RULING) is holds


def test_a_question_with_no_right_option_or_two_is_a_fault() -> None:
    def variant(*verdicts: str) -> Variant:
        options = tuple((str(place), f"Way {place}.", {"verdict": verdict}) for place, verdict in enumerate(verdicts))
        return Variant("case/0", "case", "A story.", "What now?", {}, options)

    assert fault(variant("allowed-if", "allowed"), RULING) is None
    assert "no option is right for somewhere" in str(fault(variant("allowed", "forbidden"), RULING))
    assert "options 1 and 2 are all right" in str(fault(variant("allowed-if", "allowed-if"), RULING))


def test_two_options_that_read_the_same_are_a_fault() -> None:
    options = (("0", "Post it.", {"verdict": "allowed-if"}), ("1", "post it.", {"verdict": "allowed"}))
    assert fault(Variant("case/0", "case", "A story.", "What now?", {}, options), RULING) == (
        "two options read the same in variant case/0"
    )


def test_variants_fill_every_placeholder_and_add_up_lists() -> None:
    scenario = {
        "decision": "use-photo", "topics": [], "critical": False, "question": "And {who}?", "story": "It is {who}.",
        "facts": {"consents": ["parent"]}, "options": [{"text": "Ask {who}.", "claims": {"verdict": "allowed"}}],
        "vary": {"who": [{"says": "Year 3", "facts": {"consents": ["pupil"]}}, {"says": "Year 4"}]},
    }  # fmt: skip
    first, second = variants("case", scenario)
    assert (first.id, first.story, first.asks, first.options[0][1]) == (
        "case/0",
        "It is Year 3.",
        "And Year 3?",
        "Ask Year 3.",
    )
    assert first.facts == {"consents": ["parent", "pupil"]}
    assert second.facts == {"consents": ["parent"]}


def test_later_facts_win_over_earlier_ones() -> None:
    assert merged([{"year_group": 3}, {"year_group": 9, "objected": True}]) == {"year_group": 9, "objected": True}


def test_a_silent_policy_is_asked_about_only_where_an_option_says_so() -> None:
    silent = Ruling("use-photo", "somewhere", "not-covered")
    yes = ("0", "Yes.", {"verdict": "allowed"})
    unsaid = ("1", "Ask a senior leader; the policy does not say.", {"verdict": "not-covered"})
    assert askable(Variant("case/0", "case", "A story.", "What now?", {}, (yes, unsaid)), silent)
    assert not askable(Variant("case/0", "case", "A story.", "What now?", {}, (yes,)), silent)
