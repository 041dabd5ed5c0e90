"""What becomes of answers that are sent in?"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from httpx import Response
from sqlalchemy import select

from quiz.courses import canonical, digest
from register.attempts import Attempt
from register.completions import Completion
from register.events import Event
from register.readings import Reading
from tests.register.world import API, CREATING, LYDIATE, World, make_site


def code(response: Response) -> str:
    error = response.json()["error"]
    assert set(error) == {"code", "says"}
    return str(error["code"])


def nothing_recorded(world: World) -> bool:
    return world.count(Attempt) == world.count(Completion) == 0


def test_a_passed_attempt_is_recorded_with_a_receipt_and_its_days(world: World) -> None:
    body = world.passes(world.signed_in("Ada Teacher"))
    assert body["completion"] == {"passed_on": "2026-11-21", "expires_on": "2027-11-21", "score": 100}
    assert body["attempt"]
    assert world.count(Completion) == 1


def test_a_failed_attempt_is_kept_but_completes_nothing(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    response = ada.api("/api/attempts", world.filled(ada, right=False))
    assert response.status_code == 201
    assert response.json()["completion"] is None
    assert not response.json()["result"]["passed"]
    assert (world.count(Attempt), world.count(Completion)) == (1, 0)


def test_a_pass_counts_only_once_every_section_has_been_confirmed_and_no_answer_is_lost(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    sent = world.filled(ada)
    first, *others = world.course()["read"]
    for confirmed in ([one["id"] for one in others], []):
        response = ada.api("/api/attempts", {**sent, "confirmed": confirmed})
        assert (response.status_code, code(response)) == (422, "not-read")
        says = response.json()["error"]["says"]
        assert first["title"] in says
        assert (others[0]["title"] in says) is (confirmed == [])
    assert nothing_recorded(world)
    assert world.count(Reading) == 0
    response = ada.api("/api/attempts", sent)
    assert response.status_code == 201
    assert response.json()["completion"]
    assert world.count(Reading) == 1


def test_what_is_confirmed_is_on_record_section_by_section(world: World) -> None:
    world.passes(world.signed_in("Ada Teacher"))
    with world.database.reading() as db:
        event = db.scalars(select(Event).where(Event.name == "reading.confirmed")).one()
    assert event.facts == {"sections": [one["id"] for one in world.course()["read"]]}


def test_an_attempt_that_did_not_pass_needs_no_section_and_confirms_none(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    failed = world.filled(ada, right=False)
    del failed["confirmed"]
    assert ada.api("/api/attempts", failed).status_code == 201
    assert (world.count(Attempt), world.count(Reading)) == (1, 0)


def test_the_register_believes_only_its_own_grading(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    claimed = {**world.filled(ada, right=False), "result": {"passed": True, "score": 100}}
    assert not ada.api("/api/attempts", claimed).json()["result"]["passed"]
    assert world.count(Completion) == 0


def test_the_same_sent_twice_returns_the_first_result(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    sent = world.filled(ada)
    first, second = ada.api("/api/attempts", sent), ada.api("/api/attempts", sent)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert (world.count(Attempt), world.count(Completion)) == (1, 1)


def test_a_lost_answer_is_given_again_even_after_the_ticket_has_expired(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    sent = world.filled(ada)
    first = ada.api("/api/attempts", sent)
    world.clock.turn(days=2)
    assert ada.api("/api/attempts", sent).json() == first.json()


def test_a_used_ticket_takes_no_other_answers(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    failed = world.filled(ada, right=False)
    ada.api("/api/attempts", failed)
    improved = {**failed, "answers": world.filled(ada)["answers"]}
    response = ada.api("/api/attempts", improved)
    assert (response.status_code, code(response)) == (409, "ticket-used")
    assert (world.count(Attempt), world.count(Completion)) == (1, 0)


def test_of_two_sendings_at_once_one_is_recorded_and_both_get_its_result(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    for _ in range(5):
        before = world.count(Attempt)
        sent = world.filled(ada)
        twins = [world.browser() for _ in range(4)]
        for twin in twins:
            twin.cookies = ada.cookies
        with ThreadPoolExecutor(4) as pool:
            sending = [pool.submit(twin.api, "/api/attempts", sent) for twin in twins]
        responses = [one.result() for one in sending]
        assert sorted(one.status_code for one in responses) == [200, 200, 200, 201]
        assert len({one.text for one in responses}) == 1
        assert world.count(Attempt) == before + 1


def test_another_persons_ticket_is_refused(world: World) -> None:
    ada, ben = world.signed_in("Ada Teacher"), world.signed_in("Ben Teacher")
    response = ben.api("/api/attempts", world.filled(ada))
    assert (response.status_code, code(response)) == (403, "ticket-foreign")
    assert nothing_recorded(world)


def test_a_ticket_of_another_trusts_person_is_refused(world: World) -> None:
    ada, other = world.signed_in("Ada Teacher"), world.signed_in("Ada Teacher", LYDIATE)
    assert code(other.api("/api/attempts", world.filled(ada))) == "ticket-foreign"
    assert nothing_recorded(world)


def test_a_tampered_ticket_is_unknown(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    sent = world.filled(ada)
    sent["ticket"] = sent["ticket"][:-1] + ("a" if sent["ticket"][-1] != "a" else "b")
    response = ada.api("/api/attempts", sent)
    assert (response.status_code, code(response)) == (404, "ticket-unknown")
    assert nothing_recorded(world)


def test_an_expired_ticket_is_refused_and_the_person_can_start_again(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    sent = world.filled(ada)
    world.clock.turn(days=14)
    ada = world.signed_in("Ada Teacher")
    response = ada.api("/api/attempts", sent)
    assert (response.status_code, code(response)) == (410, "ticket-expired")
    assert nothing_recorded(world)
    world.passes(ada)


def test_answers_to_questions_that_were_not_asked_are_refused(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    sent = world.filled(ada)
    of_another_seed = world.filled(ada)["answers"]
    assert of_another_seed != sent["answers"]
    for wrong in (
        of_another_seed,
        [*sent["answers"], sent["answers"][0]],
        [{"question": "made-up/0", "chosen": "0"}],
        [{**sent["answers"][0], "chosen": "99"}, *sent["answers"][1:]],
    ):
        response = ada.api("/api/attempts", {**sent, "answers": wrong})
        assert (response.status_code, code(response)) == (422, "not-asked")
    assert nothing_recorded(world)
    assert ada.api("/api/attempts", sent).status_code == 201, "the ticket is still good"


def test_an_unfinished_attempt_is_refused(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    sent = world.filled(ada)
    for number in (0, 1, len(sent["answers"]) - 1):
        assert code(ada.api("/api/attempts", {**sent, "answers": sent["answers"][:number]})) == "unfinished"
    assert nothing_recorded(world)


def test_answers_to_another_version_of_the_course_are_refused(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    sent = world.filled(ada)
    response = ada.api("/api/attempts", {**sent, "course_digest": "0" * 64})
    assert (response.status_code, code(response)) == (409, "course-changed")
    assert nothing_recorded(world)


def test_a_course_that_changed_in_the_meantime_is_refused_with_start_again(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    sent = world.filled(ada)
    changed = {**world.course(), "pass_mark": 70}
    make_site(world.settings.site, {CREATING: canonical({**changed, "digest": digest(changed)})})
    response = ada.api("/api/attempts", sent)
    assert code(response) == "course-changed"
    assert "again" in response.json()["error"]["says"]
    assert nothing_recorded(world)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"ticket": 1}',
        b'{"ticket": "x", "course_digest": "y", "answers": [{"question": {}}]}',
        b"\xff",
        b'{"ticket": "\\ud800", "course_digest": "y", "answers": []}',
    ],
)
def test_what_is_no_submission_is_refused_in_words(world: World, body: bytes) -> None:
    ada = world.signed_in("Ada Teacher")
    response = ada.post("/api/attempts", content=body, headers={**API, "Content-Type": "application/json"})
    assert (response.status_code in (400, 422), code(response)) == (True, "not-understood")


def test_a_submission_that_is_far_too_large_is_refused(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    response = ada.post("/api/attempts", content=b"x" * 1_100_000, headers={**API, "Content-Type": "application/json"})
    assert response.status_code == 413
    assert nothing_recorded(world)


def test_nobody_who_is_signed_out_submits(world: World) -> None:
    response = world.browser().api("/api/attempts", {"ticket": "x", "course_digest": "y", "answers": []})
    assert (response.status_code, code(response)) == (401, "signed-out")
