"""What a change of the policy touches: required answers and nothing else, each with what explains it."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.courses import Course
from quiz.impact import ChangedAnswer, NotComparable, changed_answers, due_again

CREATING, COCKBURN = "creating-tomorrow", "cockburn"
TRUSTS = ("cockburn", "collaborative", "creating-tomorrow", "lydiate", "wren-spinney")
TAGS = f"{CREATING}/5.1/4"
FOLLOWERS = f"{CREATING}/5.1/9"
WEAKER = {"must": "should", "should": "must", "must-not": "should-not", "should-not": "must-not"}
LABELS = {"must": "Must", "should": "Should", "must-not": "Must not", "should-not": "Should not"}
WORDS = st.text(alphabet="abc äé,.?’", min_size=1, max_size=20)


def with_duty(course: Course, *provisions: str) -> Course:
    """Return the course of a policy that words some provisions more weakly, or more strongly."""
    changed = dict(course.data["provisions"])
    for one in provisions:
        duty = WEAKER[changed[one]["duty"]]
        changed[one] = {**changed[one], "duty": duty, "label": LABELS[duty]}
    return Course({**course.data, "provisions": changed})


def with_scenarios(course: Course, scenarios: Mapping[str, Any]) -> Course:
    return Course({**course.data, "scenarios": scenarios})


def without(course: Course, decision: str) -> Course:
    """Return a course from before the decision existed."""
    positions = {name: one for name, one in course.data["positions"].items() if name != decision}
    scenarios = {slug: one for slug, one in course.data["scenarios"].items() if one["decision"] != decision}
    return Course({**course.data, "positions": positions, "scenarios": scenarios})


def duties(course: Course) -> list[str]:
    return [one for one, about in sorted(course.data["provisions"].items()) if about["duty"] in WEAKER]


def ids(changes: tuple[ChangedAnswer, ...]) -> set[str]:
    return {one.variant for one in changes}


def test_the_same_course_changes_no_answer(courses: dict[str, Course]) -> None:
    for course in courses.values():
        assert changed_answers(course, Course(dict(course.data))) == ()


@given(trust=st.sampled_from(TRUSTS), word=WORDS)
@settings(max_examples=20)
def test_other_words_and_other_training_settings_change_no_answer(
    courses: dict[str, Course], trust: str, word: str
) -> None:
    course = courses[trust]
    data = {
        **course.data,
        "name": word,
        "pass_mark": 1,
        "questions": 3,
        "provisions": {
            one: {**about, "text": word, "clause": word} for one, about in course.data["provisions"].items()
        },
        "scenarios": {
            slug: {
                **one,
                "story": word + one["story"],
                "question": word,
                "options": [{**option, "text": word + option["text"]} for option in one["options"]],
            }
            for slug, one in course.data["scenarios"].items()
        },
    }
    assert changed_answers(course, Course(data)) == ()


@given(trust=st.sampled_from(TRUSTS), data=st.data())
@settings(max_examples=8)
def test_scenarios_that_are_added_renamed_taken_away_or_made_critical_change_no_answer(
    courses: dict[str, Course], trust: str, data: st.DataObject
) -> None:
    course = courses[trust]
    scenarios = course.data["scenarios"]
    kept = data.draw(st.lists(st.sampled_from(sorted(scenarios)), unique=True))
    new_names = {f"new-{slug}": scenarios[slug] for slug in kept}
    critical = {slug: {**one, "critical": True} for slug, one in scenarios.items() if slug in kept}
    for others in ({**scenarios, **new_names}, {slug: scenarios[slug] for slug in kept}, new_names, critical):
        assert changed_answers(course, with_scenarios(course, others)) == ()
        assert changed_answers(with_scenarios(course, others), course) == ()


@given(data=st.data())
@settings(max_examples=20)
def test_exactly_the_questions_whose_right_option_differs_have_changed(
    courses: dict[str, Course], data: st.DataObject
) -> None:
    old = courses[data.draw(st.sampled_from(sorted(courses)))]
    new = with_duty(old, *data.draw(st.lists(st.sampled_from(duties(old)), unique=True, min_size=1, max_size=5)))
    differs = {
        variant.id
        for variant in old.variants.values()
        if variant.right(old.ruling_on(variant))
        != variant.right(new.rule(old.data["scenarios"][variant.scenario]["decision"], variant.facts))
    }
    there, back = changed_answers(old, new), changed_answers(new, old)
    assert {one.variant for one in there if one.asked} == differs
    assert [(one.variant, one.now, one.then) for one in back] == [(one.variant, one.then, one.now) for one in there]


@given(data=st.data())
@settings(max_examples=30)
def test_every_changed_answer_names_a_provision_that_has_changed(
    courses: dict[str, Course], data: st.DataObject
) -> None:
    old = courses[data.draw(st.sampled_from(sorted(courses)))]
    changed = data.draw(st.sampled_from(duties(old)))
    for one in changed_answers(old, with_duty(old, changed)):
        assert changed in {ground.id for ground in one.grounds if ground.change == "duty"}


def only(course: Course, *slugs: str) -> Course:
    return with_scenarios(course, {slug: course.data["scenarios"][slug] for slug in slugs})


def test_a_changed_answer_tells_the_question_both_answers_and_the_provision(courses: dict[str, Course]) -> None:
    old = only(courses[CREATING], "tag-the-winner")
    first, *_ = changes = changed_answers(old, with_duty(old, TAGS))
    assert ids(changes) == {"tag-the-winner/0", "tag-the-winner/1"}
    assert first.story.startswith("A pupil of fifteen")
    assert first.asks == "Do you tag her?"
    assert first.then
    assert (first.then.headline, first.now.headline) == ("Better not", "No")
    assert first.then.right == ("Better not, because the policy advises against it.",)
    assert first.now.right == ("No, because the policy forbids it.",)
    (ground,) = first.grounds
    assert (ground.id, ground.ref, ground.says) == (TAGS, "5.1/4", "This was “Should not” and is now “Must not”.")
    assert ground.now
    assert ground.now.text == old.data["provisions"][TAGS]["text"]
    assert ground.url == old.data["provisions"][TAGS]["url"]


def test_a_row_that_changes_while_its_provision_does_not_is_explained_by_that_provision(
    courses: dict[str, Course],
) -> None:
    old = only(courses[CREATING], "friend-request")
    connect = old.data["positions"]["connect-with"]
    rows = [{**row, "age_below": 30} if row["cites"] == ["5.1/9"] else row for row in connect["barred"]]
    positions = {**old.data["positions"], "connect-with": {**connect, "barred": rows}}
    changes = changed_answers(old, Course({**old.data, "positions": positions}))
    facts = {one.id: one.facts for one in old.variants.values()}
    assert changes
    assert all(18 <= facts[one.variant]["age"] < 30 for one in changes), "those the row now reaches"
    assert all(FOLLOWERS in {ground.id for ground in one.grounds} for one in changes)


def test_a_policy_that_falls_silent_changes_the_answers_and_says_what_no_longer_decides(
    courses: dict[str, Course],
) -> None:
    old = only(courses[COCKBURN], "friend-request")
    silent = {**old.data["positions"], "connect-with": {"silent": "Nothing is said."}}
    changes = changed_answers(old, Course({**old.data, "positions": silent}))
    spoken = {one.id for one in old.variants.values() if old.ruling_on(one).because}
    assert ids(changes) == spoken
    assert {one.now.headline for one in changes} == {"The policy does not say"}
    assert {ground.change for one in changes for ground in one.grounds} == {"gone"}


def test_a_new_critical_scenario_counts_where_the_policy_it_is_about_has_changed_too(
    courses: dict[str, Course],
) -> None:
    new = with_duty(courses[CREATING], TAGS)
    slug = "tag-the-winner"
    old = with_scenarios(new, {one: about for one, about in new.data["scenarios"].items() if one != slug})
    old = Course({**old.data, "provisions": courses[CREATING].data["provisions"]})
    assert changed_answers(old, new) == (), "nobody was asked it"
    critical = {**new.data["scenarios"], slug: {**new.data["scenarios"][slug], "critical": True}}
    changes = changed_answers(old, with_scenarios(new, critical))
    assert ids(changes) == {f"{slug}/0", f"{slug}/1"}
    assert due_again(frozenset(), changes) == changes


def test_a_critical_scenario_in_other_words_is_told_once_in_the_words_the_person_was_asked(
    courses: dict[str, Course],
) -> None:
    old = courses[CREATING]
    new = with_duty(old, FOLLOWERS)
    request = new.data["scenarios"]["friend-request"]
    reworded = {**new.data["scenarios"], "friend-request": {**request, "story": f"On Monday. {request['story']}"}}
    assert changed_answers(old, with_scenarios(new, reworded)) == changed_answers(old, new)


def test_a_critical_situation_touches_everybody_and_any_other_only_who_was_asked_that_form(
    courses: dict[str, Course],
) -> None:
    old = only(courses[CREATING], "friend-request", "tag-the-winner")
    changes = changed_answers(old, with_duty(old, TAGS, FOLLOWERS))
    requests = {one.variant for one in changes if one.scenario == "friend-request"}
    assert requests
    assert ids(changes) == requests | {"tag-the-winner/0", "tag-the-winner/1"}
    assert ids(due_again(frozenset(), changes)) == requests
    told = due_again({"tag-the-winner/1"}, changes)
    assert told[0].variant == "tag-the-winner/1", "what they were asked comes first"
    assert ids(told) == requests | {"tag-the-winner/1"}
    assert ids(due_again(None, changes)) == ids(changes), "nobody knows what was asked: everything may have been"


def test_a_form_the_old_course_could_not_ask_touches_nobody(courses: dict[str, Course]) -> None:
    new = only(courses[CREATING], "tag-the-winner")
    scenario = new.data["scenarios"]["tag-the-winner"]
    (name, values), *_ = scenario["vary"].items()
    hidden = {name: [{**one, "only_where": ["advised-against"]} for one in values]}
    now = with_scenarios(new, {"tag-the-winner": {**scenario, "vary": hidden}})
    then = with_duty(now, TAGS)
    assert then.variants == {}, "not worth asking where the policy forbids it"
    changes = changed_answers(then, now)
    assert ids(changes) == set(now.variants)
    assert due_again(None, changes) == ()
    assert ids(due_again(None, changed_answers(now, then))) == set(now.variants)


@pytest.mark.parametrize("decision", ["connect-with", "message-pupil"])
def test_a_decision_that_only_one_of_the_courses_knows_gives_nothing_to_compare(
    courses: dict[str, Course], decision: str
) -> None:
    for course in courses.values():
        assert changed_answers(without(course, decision), course) == ()
        assert changed_answers(course, without(course, decision)) == ()


def test_a_course_with_a_decision_the_engine_has_given_up_is_compared_in_all_else(courses: dict[str, Course]) -> None:
    course = courses[CREATING]
    positions = {**course.data["positions"], "fax-machine": {"barred": [{"cites": ["5.1/4"]}]}}
    fax = {**course.data["scenarios"]["tag-the-winner"], "decision": "fax-machine"}
    old = Course({**course.data, "positions": positions, "scenarios": {**course.data["scenarios"], "fax": fax}})
    assert ids(changed_answers(old, with_duty(course, TAGS))) == {"tag-the-winner/0", "tag-the-winner/1"}


def test_an_old_answer_that_todays_engine_cannot_find_counts_as_changed_and_no_other(
    courses: dict[str, Course],
) -> None:
    course = courses[CREATING]
    connect = {"barred": [{"shoe_size": 9, "cites": ["5.1/9"]}]}
    old = Course({**course.data, "positions": {**course.data["positions"], "connect-with": connect}})
    changes = changed_answers(old, course)
    about = {slug for slug, one in course.data["scenarios"].items() if one["decision"] == "connect-with"}
    assert {one.scenario for one in changes} == about
    assert {one.then for one in changes} == {None}
    assert all(one.now.right and one.asked for one in changes)


def test_a_course_that_todays_engine_cannot_read_is_refused_in_words(courses: dict[str, Course]) -> None:
    course = courses[CREATING]
    old = with_scenarios(course, {"a-riddle": {"decision": "connect-with", "critical": False, "topics": []}})
    with pytest.raises(NotComparable, match=f"a course of {CREATING} cannot be read by today's engine: 'story'"):
        changed_answers(old, course)
