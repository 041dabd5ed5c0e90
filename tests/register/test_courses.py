"""Which training is required now, and which was it when somebody passed?"""

import json
from pathlib import Path

import pytest

from quiz.courses import canonical, digest
from register.attempts import Attempt
from register.courses import CourseUnknown, CourseUnusable, KeptCourse, Shelf
from tests.register.world import CREATING, LYDIATE, World, make_site


def shelf_with(folder: Path, text: str) -> Shelf:
    return Shelf(make_site(folder, {CREATING: text}))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "this is not JSON"),
        ("[]", "this is no course"),
        ("{}", "there is no trust, no name"),
        ("\udcff", "this is not JSON"),
    ],
)
def test_a_file_that_is_no_course_is_named_with_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    path = make_site(tmp_path, {CREATING: ""}) / "handbook" / CREATING / "course.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(CourseUnusable, match=says) as error:
        Shelf(tmp_path).current(CREATING)
    assert str(path) in str(error.value)


def test_a_changed_question_file_is_noticed_by_its_digest(tmp_path: Path, courses: dict[str, str]) -> None:
    with pytest.raises(CourseUnusable, match="the digest does not fit"):
        shelf_with(tmp_path, courses[CREATING].replace('"pass_mark":80', '"pass_mark":1')).current(CREATING)


def test_a_course_in_the_wrong_trusts_folder_is_refused(tmp_path: Path, courses: dict[str, str]) -> None:
    with pytest.raises(CourseUnusable, match="the course of 'lydiate'"):
        shelf_with(tmp_path, courses[LYDIATE]).current(CREATING)


def test_a_trust_without_a_course_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(CourseUnknown):
        shelf_with(tmp_path, "").current(LYDIATE)


def test_a_site_that_is_away_for_a_moment_costs_nobody_their_answers(world: World, tmp_path: Path) -> None:
    ada = world.signed_in("Ada Teacher")
    sent = world.filled(ada)
    world.settings.site.rename(tmp_path / "away")
    assert ada.api("/api/attempts", sent).status_code == 503, "what is refused for good starts with a 4"
    (tmp_path / "away").rename(world.settings.site)
    assert ada.api("/api/attempts", sent).status_code == 201


def test_every_version_used_is_kept_and_an_old_attempt_can_be_graded_again(world: World) -> None:
    from register.attempts import graded
    from register.tickets import Ticket

    ada = world.signed_in("Ada Teacher")
    first = world.passes(ada)
    data = {**world.course(), "pass_mark": 70}
    make_site(world.settings.site, {CREATING: canonical({**data, "digest": digest(data)})})
    world.ticket(ada)
    assert world.count(KeptCourse) == 2
    with world.database.reading() as db:
        attempt = db.get_one(Attempt, 1)
        ticket = db.get_one(Ticket, attempt.ticket_id)
        kept = db.get_one(KeptCourse, ticket.course_digest)
        assert graded(kept.text, ticket.seed, attempt.answers) == first["result"]
        assert json.loads(kept.text) == world.course()


def test_a_course_that_breaks_while_the_register_runs_is_told_in_words(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    ada = world.signed_in("Ada Teacher")
    (world.settings.site / "handbook" / CREATING / "course.json").write_text("{")
    assert ada.get("/my/").status_code == 503
    assert ada.api("/api/tickets", {"trust": CREATING}).json()["error"]["code"] == "course-unusable"
    assert "this is not JSON" in caplog.text
