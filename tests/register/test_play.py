"""Does the register ask and grade exactly as the engine in the browser does, and refuse what is no part of it?"""

import json
from typing import Any

import pytest

from handbook.library import Library
from handbook.positions import positions_json
from quiz import engine
from quiz.courses import digest
from quiz.decisions import DECISIONS
from quiz.facts import plain
from register.database import Record
from tests.register.world import API, CREATING, LYDIATE, World, answers, make_site

SEEDS = [f"seed-{number}" for number in range(6)]


def asked(world: World, trust: str = CREATING, *, seed: str = "seed", answers: object = ()) -> dict[str, Any]:
    return {"trust": trust, "course_digest": world.course(trust)["digest"], "seed": seed, "answers": answers}


@pytest.mark.parametrize("trust", [CREATING, LYDIATE])
@pytest.mark.parametrize("right", [True, False])
def test_every_step_of_every_paper_is_as_the_engine_has_it(world: World, trust: str, right: bool) -> None:
    course, anybody = world.courses[trust], world.browser()
    for seed in SEEDS:
        given = answers(course, seed, right=right)
        for number in range(len(given) + 1):
            response = anybody.api("/api/play", asked(world, trust, seed=seed, answers=given[:number]))
            assert response.status_code == 200, response.text
            assert response.json() == json.loads(engine.play(course, seed, json.dumps(given[:number])))
        assert response.json()["result"]["passed"] is right


@pytest.mark.parametrize("trust", [CREATING, LYDIATE])
def test_every_similar_question_after_a_mistake_is_as_the_engine_has_it(world: World, trust: str) -> None:
    course, anybody = world.courses[trust], world.browser()
    missed = json.dumps(answers(course, "seed", right=False)[:1])
    tried: list[dict[str, str]] = []
    while True:
        sent = {**asked(world, trust, answers=json.loads(missed)), "tried": tried}
        response = anybody.api("/api/another", sent)
        assert response.status_code == 200, response.text
        assert response.json() == json.loads(engine.another(course, "seed", missed, json.dumps(tried)))
        if not (similar := response.json()["similar"]):
            break
        tried.append({"question": similar["id"], "chosen": similar["options"][0]["key"]})
    assert tried
    response = anybody.api("/api/another", {**sent, "tried": [*tried, tried[0]]})
    assert (response.status_code, response.json()["error"]["code"]) == (422, "not-asked")


def test_asking_leaves_no_trace(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    before = {table: world.count(table) for table in Record.__subclasses__()}
    given = answers(world.courses[CREATING], "seed")
    assert ada.api("/api/play", asked(world, answers=given)).json()["result"]["passed"]
    missed = answers(world.courses[CREATING], "seed", right=False)[:1]
    assert ada.api("/api/another", {**asked(world, answers=missed), "tried": []}).json()["similar"]
    assert {table: world.count(table) for table in Record.__subclasses__()} == before


def test_another_version_of_the_course_is_refused_so_that_the_page_loads_the_new_one(world: World) -> None:
    sent = asked(world)
    assert world.browser().api("/api/play", sent).status_code == 200
    changed = {**world.course(), "pass_mark": 90}
    rebuilt = {**changed, "digest": digest(changed)}
    make_site(world.settings.site, {CREATING: json.dumps(rebuilt)})
    response = world.browser().api("/api/play", sent)
    assert (response.status_code, response.json()["error"]["code"]) == (409, "course-changed")
    assert world.browser().api("/api/play", {**sent, "course_digest": rebuilt["digest"]}).status_code == 200


ODD_NAMES = ["nowhere", "", "..", "../handbook/creating-tomorrow", "creating-tomorrow/", "a\0b", "é" * 200]


@pytest.mark.parametrize("trust", ODD_NAMES)
@pytest.mark.parametrize("path", ["/api/play", "/api/another", "/api/consult"])
def test_a_trust_that_is_not_there_is_unknown_whatever_it_is_called(world: World, path: str, trust: str) -> None:
    sent = {**asked(world), "tried": [], "decision": "use-photo", "facts": {}, "trust": trust}
    response = world.browser().api(path, sent)
    assert (response.status_code, response.json()["error"]["code"]) == (404, "course-unknown")


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"answers": [{"question": "x", "chosen": "y"}] * 401}, "answers: "),
        ({"answers": [{"question": "x" * 201, "chosen": "y"}]}, "answers.0.question: "),
        ({"answers": [{"question": "x"}]}, "answers.0.chosen: "),
        ({"answers": "all"}, "answers: "),
        ({"seed": "x" * 201}, "seed: "),
        ({"seed": "\ud800"}, "seed: "),
        ({"seed": None}, "seed: "),
        ({"course_digest": 5}, "course_digest: "),
        ({"trust": "x" * 201}, "trust: "),
    ],
)
def test_what_has_not_the_right_shape_is_named(world: World, wrong: dict[str, object], named: str) -> None:
    # As any program may write it: half a character fits into JSON.
    content = json.dumps({**asked(world), **wrong}).encode()
    response = world.browser().post("/api/play", content=content, headers={**API, "Content-Type": "application/json"})
    assert (response.status_code, response.json()["error"]["code"]) == (422, "not-understood")
    assert named in response.json()["error"]["says"]


@pytest.mark.parametrize("wrong", ["another question", "another option", "one too many"])
def test_answers_to_what_was_not_asked_are_refused(world: World, wrong: str) -> None:
    given = answers(world.courses[CREATING], "seed")
    sent = {
        "another question": [{**given[0], "question": given[1]["question"]}],
        "another option": [{**given[0], "chosen": "made-up"}],
        "one too many": [*given, given[-1]],
    }[wrong]
    response = world.browser().api("/api/play", asked(world, answers=sent))
    assert (response.status_code, response.json()["error"]["code"]) == (422, "not-asked")


@pytest.mark.parametrize("path", ["/api/play", "/api/another", "/api/consult"])
def test_no_other_sites_page_can_ask(world: World, path: str) -> None:
    sent = {**asked(world), "tried": [], "decision": "use-photo", "facts": {}}
    assert world.browser().post(path, json=sent).status_code == 403
    assert world.browser(Origin="https://evil.example").api(path, sent).status_code == 403
    assert world.browser().post(path, json=sent, headers=API).status_code == 200


@pytest.mark.parametrize("trust", [CREATING, LYDIATE])
@pytest.mark.parametrize("decision", DECISIONS)
def test_may_i_is_answered_as_the_engine_does(world: World, library: Library, trust: str, decision: str) -> None:
    positions, anybody = positions_json(library, trust), world.browser()
    for facts in more_and_more_facts(decision):
        response = anybody.api("/api/consult", {"trust": trust, "decision": decision, "facts": facts})
        assert response.status_code == 200, response.text
        assert response.json() == json.loads(engine.consult(positions, decision, json.dumps(facts)))


def more_and_more_facts(decision: str) -> list[dict[str, Any]]:
    """Return nothing, and then one fact more each time, with the value taken for it if it is left out."""
    ways: list[dict[str, Any]] = [{}]
    for fact in DECISIONS[decision].facts:
        ways.append({**ways[-1], fact.name: plain(fact.default)})
    return ways


@pytest.mark.parametrize(
    ("sent", "status", "says"),
    [
        ({"decision": "use-foto"}, 404, "There is no question 'use-foto' (did you mean use-photo?"),
        ({"facts": {"year": 9}}, 422, "there is no fact 'year'"),
        ({"facts": {"year_group": 99}}, 422, "year_group: 99 is not between"),
        ({"facts": {"year_group": 9.5}}, 422, "facts.year_group"),
        ({"facts": {"dignified": "true"}}, 422, "dignified: 'true' is neither true nor false"),
        ({"facts": {"consents": ["x"] * 61}}, 422, "facts.consents"),
        ({"facts": {f"fact-{number}": True for number in range(61)}}, 422, "facts: "),
        ({"facts": {"x" * 201: True}}, 422, "facts."),
    ],
)
def test_a_wrong_question_is_refused_with_what_is_wrong(
    world: World, sent: dict[str, Any], status: int, says: str
) -> None:
    response = world.browser().api("/api/consult", {"trust": CREATING, "decision": "use-photo", "facts": {}, **sent})
    assert response.status_code == status
    assert says in response.json()["error"]["says"]
