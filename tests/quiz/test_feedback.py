"""Feedback: what to do, why, and which provision, in two or three sentences."""

from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.feedback import explained, first_to_do, headline, to_do
from quiz.questions import Variant
from quiz.rulings import NOT_COVERED, Condition, Ruling, Step


def explanation(course: Course, variant: Variant) -> dict[str, object]:
    return explained(course, course.ruling_on(variant))


def test_every_feedback_says_what_to_do_and_why_in_two_or_three_sentences(courses: dict[str, Course]) -> None:
    for course in courses.values():
        for variant in course.variants.values():
            found = explained(course, course.ruling_on(variant))
            assert 2 <= len(found["says"]) <= 3, variant.id
            assert all(one[0].isupper() and one.endswith((".", "”", "?")) for one in found["says"]), variant.id


def plainly(words: str) -> str:
    """Return words without their quotation marks: what is quoted within a quotation gets other ones."""
    return words.translate(dict.fromkeys(map(ord, "“”‘’")))


def test_the_reason_is_in_the_words_of_the_provision_that_decides(courses: dict[str, Course]) -> None:
    for course in courses.values():
        for variant in course.variants.values():
            ruling = course.ruling_on(variant)
            found = explained(course, ruling)
            if ruling.verdict == NOT_COVERED:
                assert found["deciding"] is None
                assert (ruling.note or "The policy has no rule for this.").startswith(found["says"][-1])
                assert found["note"] in (None, ruling.note)
            else:
                assert found["deciding"]["id"] == ruling.because[0]
                assert plainly(found["deciding"]["text"]) in plainly(found["says"][-1])


def test_nothing_a_ruling_asks_for_is_left_out(courses: dict[str, Course]) -> None:
    for course in courses.values():
        for variant in course.variants.values():
            ruling = course.ruling_on(variant)
            found = explained(course, ruling)
            said = " ".join([*found["says"], *found["further"]])
            for step in ruling.steps:
                assert step.does.partition(";")[0].removesuffix(".") in said
                assert step.to is None or course.role_name(step.to).casefold() in said.casefold()
                assert step.by is None or step.by in said
            told = {one.provision for one in ruling.steps}
            for condition in ruling.unmet:
                assert condition.provision in told or condition.says[1:].removesuffix(".") in said


def test_where_the_policy_is_silent_it_says_whom_to_ask(courses: dict[str, Course]) -> None:
    silent = courses["wren-spinney"].variants["friend-request/4"]
    assert explanation(courses["wren-spinney"], silent)["says"] == [
        "Ask the Trust IT Network Manager, whom the policy names for doubts.",
        "The policy has no rule for this.",
    ]
    alone = courses["cockburn"].variants["last-friday/0-0"]
    assert explanation(courses["cockburn"], alone)["says"] == [
        "Ask a senior leader.",
        "The policy does not say what has to happen when somebody who runs an account leaves.",
    ]


def test_a_duty_that_is_met_does_not_read_like_a_bar(courses: dict[str, Course]) -> None:
    course = courses["cockburn"]
    assert explanation(course, course.variants["department-page/0"])["says"] == [
        "You can go ahead.",
        "What the policy asks for is there: “You must have SLT's approval before you set up a trust account.”",
    ]


def test_a_decision_that_asks_what_to_do_is_not_answered_with_yes_or_no(courses: dict[str, Course]) -> None:
    for course in courses.values():
        for variant in course.variants.values():
            ruling = course.ruling_on(variant)
            if DECISIONS[ruling.decision].task:
                assert headline(ruling) not in ("Yes", "Yes, once…", "No"), variant.id


def test_whom_and_when_stand_in_brackets_unless_the_step_says_so_itself(courses: dict[str, Course]) -> None:
    course = courses["lydiate"]
    steps = (
        Step("Report it; quietly.", "lydiate/3.4/4a", "headteacher", "at once"),
        Step("Tell the Headteacher.", "lydiate/3.4/4a", "headteacher"),
        Step("Report it.", "lydiate/3.4/4a", by="at once"),
    )
    assert to_do(course, Ruling("report-concern", "lydiate", "allowed-if", steps=steps)) == [
        "Report it (Headteacher, at once); quietly.",
        "Tell the Headteacher.",
        "Report it (at once).",
    ]


def test_conditions_that_no_step_tells_are_joined_into_one_sentence(courses: dict[str, Course]) -> None:
    unmet = (Condition("a", "A parent has agreed.", "x/1"), Condition("b", "The pupil has agreed.", "x/2"))
    ruling = Ruling("use-photo", "lydiate", "allowed-if", unmet=unmet)
    assert to_do(courses["lydiate"], ruling) == ["Go ahead once a parent has agreed and the pupil has agreed."]


def test_what_is_forbidden_is_not_followed_by_advice_on_how_to_do_it(courses: dict[str, Course]) -> None:
    ask = Step("Ask for agreement before you open the account.", "lydiate/3.2/3a", "school-leader", key="ask-slt")
    tell = Step("Report what the pupil sent.", "lydiate/3.4/4a", "headteacher", key="tell-headteacher")
    ruling = Ruling("open-account", "lydiate", "forbidden", steps=(ask, tell))
    assert first_to_do(courses["lydiate"], ruling) == ["Do not go ahead.", "Report what the pupil sent (Headteacher)."]
    assert "Ask for agreement before you open the account (SLT)." in to_do(courses["lydiate"], ruling)
