"""Whose required answers has a change of the policy touched since they passed? Only theirs, and they are told."""

import csv
import secrets
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, update

from handbook.courses import course_data
from handbook.sources import load
from quiz.courses import Course, canonical, digest, read_course
from register import completions, tickets
from register.attempts import Attempt
from register.courses import KeptCourse
from tests.register.tampering import unlock
from tests.register.test_posting_rights import granted
from tests.register.world import API, CREATING, LYDIATE, Browser, World, answers, make_site, words

ROOT = Path(__file__).parents[2]
STRICTER_ON_TAGS = ('{.should-not ref="5.1/4"', '{.must-not ref="5.1/4"')
STRICTER_ON_FOLLOWERS = ('{.should-not ref="5.1/9"', '{.must-not ref="5.1/9"')
REWORDED = ("never tag a pupil's personal account in a post", "leave pupils' personal accounts untagged in posts")
TAGGED = "tag-the-winner"

type NewPolicy = Callable[..., World]


@pytest.fixture
def new_policy(world: World, tmp_path: Path) -> NewPolicy:
    """Let the trust change words of its policy, and its course be made again; the scenarios stay as they are."""
    sources = tmp_path / "sources"
    shutil.copytree(ROOT / "policy_src" / CREATING, sources / "policy_src" / CREATING)
    shutil.copy(ROOT / "policy_src" / "vocabulary.yml", sources / "policy_src")

    def change(*changes: tuple[str, str], training_version: int = 1) -> World:
        policy = sources / "policy_src" / CREATING / "policy.md"
        text = policy.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        policy.write_text(text, encoding="utf-8")
        data = course_data(load(sources, date(2026, 11, 21)), CREATING)
        told = {"training_version": training_version, "scenarios": world.course()["scenarios"]}
        return published(world, {**data, **told})

    return change


def published(world: World, data: dict[str, Any]) -> World:
    course = canonical({**data, "digest": digest(data)})
    make_site(world.settings.site, {CREATING: course})
    return replace(world, courses={**world.courses, CREATING: course})


def passes(world: World, name: str, *, asked: str = "", not_asked: str = "") -> Browser:
    """Let somebody pass in an attempt that asks some form of one scenario, and none of another."""
    course = read_course(world.courses[CREATING])
    seed = next(seed for seed in map(str, count()) if fits(course, seed, asked, not_asked))
    browser, person, token = world.signed_in(name), world.person(name), secrets.token_urlsafe(16)
    with world.database.writing() as db:
        tickets.issue(db, world.clock(), person, course, token, seed)
    body = {
        "ticket": token,
        "course_digest": course.data["digest"],
        "answers": answers(world.courses[CREATING], seed),
        "confirmed": [one["id"] for one in course.data["read"]],
    }
    response = browser.post("/api/attempts", json=body, headers=API)
    assert response.json()["result"]["passed"], response.text
    return browser


def fits(course: Course, seed: str, asked: str, not_asked: str) -> bool:
    scenarios = {one.scenario for one in course.paper(seed)}
    return not_asked not in scenarios and (not asked or asked in scenarios)


def due(browser: Browser) -> bool:
    """Say whether somebody's training no longer counts, which the page and the API have to agree on."""
    page, me = browser.text("/my/"), browser.get("/api/me").json()
    assert ("It counts until" in page) == (me["completion"] is not None)
    return me["completion"] is None


def statuses(world: World) -> dict[str, str]:
    text = world.signed_in("Mia Manager").get("/manage/completions.csv").text.removeprefix("\ufeff")
    return {row["staff"]: row["status"] for row in csv.DictReader(StringIO(text))}


def test_exactly_those_who_were_asked_what_has_changed_are_due_again(world: World, new_policy: NewPolicy) -> None:
    ada = passes(world, "Ada Teacher", asked=TAGGED)
    ben = passes(world, "Ben Teacher", not_asked=TAGGED)
    new_policy(STRICTER_ON_TAGS)
    assert due(ada)
    assert not due(ben)
    assert statuses(world) == {"Ada Teacher": "Train again", "Ben Teacher": "Passed", "Mia Manager": "Not started"}


def test_everybody_due_again_is_told_the_question_both_answers_and_the_provision(
    world: World, new_policy: NewPolicy
) -> None:
    ada = passes(world, "Ada Teacher", asked=TAGGED)
    new_policy(STRICTER_ON_TAGS)
    response = ada.get("/my/")
    page = words(response)
    for said in (
        "Your trust's policy has changed since you passed on 21 November 2026. 1 answer is different now.",
        "A pupil of fifteen has won the county chess final.",
        "Right then Better not, because the policy advises against it.",
        "Right now No, because the policy forbids it.",
        "This was “Should not” and is now “Must not”.",
        "Take the training",
    ):
        assert said in page
    assert f'href="{world.course()["provisions"][f"{CREATING}/5.1/4"]["url"]}"' in response.text


def test_the_manager_reads_why_somebody_has_to_train_again(world: World, new_policy: NewPolicy) -> None:
    passes(world, "Ada Teacher", asked=TAGGED)
    mia = world.signed_in("Mia Manager")
    new_policy(STRICTER_ON_TAGS)
    assert "Ada Teacher Hill School Train again (policy changed: 1 answer)" in mia.text("/manage/completions/")
    new_policy(training_version=2)
    assert "Ada Teacher Hill School Train again (training version 2)" in mia.text("/manage/completions/")


def test_the_right_to_post_lapses_at_once_and_comes_back_with_the_new_training(
    world: World, new_policy: NewPolicy
) -> None:
    ada, _, _ = granted(world)
    passes(world, "Ada Teacher", asked=TAGGED)
    changed = new_policy(STRICTER_ON_TAGS)
    assert "You may not post on X @hill at present" in ada.text("/my/")
    passes(changed, "Ada Teacher")
    assert not due(ada)
    assert "You may post on X @hill." in ada.text("/my/")


def test_a_critical_situation_whose_answer_changes_makes_everybody_due_again(
    world: World, new_policy: NewPolicy
) -> None:
    ada, ben = passes(world, "Ada Teacher"), passes(world, "Ben Teacher")
    elsewhere = world.signed_in("Ada Teacher", LYDIATE)
    world.passes(elsewhere, LYDIATE)
    new_policy(STRICTER_ON_FOLLOWERS)
    assert due(ada)
    assert due(ben)
    assert not due(elsewhere), "the other trust's policy is as it was"


def test_other_words_touch_nobody(world: World, new_policy: NewPolicy) -> None:
    ada = passes(world, "Ada Teacher", asked=TAGGED)
    changed = new_policy(REWORDED)
    assert changed.course()["digest"] != world.course()["digest"]
    assert not due(ada)


def test_a_raised_training_version_still_asks_everybody(world: World, new_policy: NewPolicy) -> None:
    ada, ben = passes(world, "Ada Teacher", asked=TAGGED), passes(world, "Ben Teacher", not_asked=TAGGED)
    new_policy(STRICTER_ON_TAGS, training_version=2)
    assert due(ada)
    assert due(ben)
    assert "The training has changed since you passed" in ben.text("/my/")


def test_it_is_the_last_attempt_that_counts_and_a_policy_that_returns_to_what_it_was_is_no_change(
    world: World, new_policy: NewPolicy
) -> None:
    ada = passes(world, "Ada Teacher", not_asked=TAGGED)
    passes(world, "Ada Teacher", asked=TAGGED)
    ben = passes(world, "Ben Teacher", asked=TAGGED)
    passes(world, "Ben Teacher", not_asked=TAGGED)
    new_policy(STRICTER_ON_TAGS)
    assert (due(ada), due(ben)) == (True, False)
    new_policy((STRICTER_ON_TAGS[1], STRICTER_ON_TAGS[0]))
    assert (due(ada), due(ben)) == (False, False)


def test_training_that_has_expired_is_expired_whatever_has_changed(world: World, new_policy: NewPolicy) -> None:
    ada = passes(world, "Ada Teacher", asked=TAGGED)
    new_policy(STRICTER_ON_TAGS)
    world.clock.turn(days=366)
    ada = world.signed_in("Ada Teacher")
    page = ada.text("/my/")
    assert "Your training has expired It expired on 21 November 2027." in page


@pytest.mark.parametrize("unreadable", [[], ["a"], [{"asked": "tag-the-winner/0"}]])
def test_an_attempt_whose_questions_cannot_be_read_counts_as_having_been_asked_all(
    world: World, new_policy: NewPolicy, unreadable: list[object]
) -> None:
    ben = passes(world, "Ben Teacher", not_asked=TAGGED)
    with world.database.writing() as db:
        unlock(db)
        db.execute(update(Attempt).values(answers=unreadable))
    new_policy(REWORDED)
    assert not due(ben), "no answer has changed"
    new_policy(STRICTER_ON_TAGS)
    assert due(ben)


def taken_in(world: World, **parts: object) -> None:
    """Let what everybody passed have been a course of an engine that wrote it differently."""
    old = canonical({**world.course(), **parts})
    with world.database.writing() as db:
        db.execute(update(KeptCourse).values(text=old))


def test_where_the_old_answer_can_no_longer_be_found_the_page_says_so_and_what_is_right_now(world: World) -> None:
    ada = passes(world, "Ada Teacher")
    data = world.course()
    taken_in(world, positions={**data["positions"], "connect-with": {"barred": [{"shoe_size": 9, "cites": ["5.1/9"]}]}})
    # A new course no other test compares with: what is known of two digests is known for good.
    published(world, {**data, "pass_mark": 61})
    assert due(ada)
    page = ada.text("/my/")
    assert "may be different now" in page
    assert "Right then We can no longer work this out. Right now " in page


def test_training_in_a_course_that_can_no_longer_be_read_is_due_again_and_the_manager_reads_why(world: World) -> None:
    ada = passes(world, "Ada Teacher")
    taken_in(world, scenarios={"a-riddle": {"decision": "connect-with", "critical": False, "topics": []}})
    published(world, {**world.course(), "pass_mark": 62})
    assert due(ada)
    assert "The training has changed since you passed" in ada.text("/my/")
    listed = world.signed_in("Mia Manager").text("/manage/completions/")
    assert "Train again (earlier training cannot be compared)" in listed


def test_no_more_is_asked_of_the_database_for_many_people_than_for_one(world: World, new_policy: NewPolicy) -> None:
    names = ("Ada Teacher", "Ben Teacher", "Mia Manager")
    for name in names:
        passes(world, name, asked=TAGGED)
    course = read_course(new_policy(STRICTER_ON_TAGS).courses[CREATING])
    people = [world.person(name).id for name in names]
    asked: list[str] = []
    event.listen(world.database.engine, "before_cursor_execute", lambda _c, _r, sql, *_: asked.append(sql))

    def selects(several: list[int]) -> int:
        asked.clear()
        with world.database.reading() as db:
            found = completions.trainings(db, course, date(2026, 12, 1), several)
        assert all(one.changes for one in found.values())
        return sum(sql.startswith("SELECT") for sql in asked)

    selects(people[:1])
    assert selects(people) == selects(people[:1])
