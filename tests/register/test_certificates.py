"""What does a certificate show, to whom, and is it true today?"""

import re
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
import zxingcpp
from alembic import command
from alembic.config import Config
from hypothesis import given
from hypothesis import strategies as st

from quiz.courses import read_course
from quiz.impact import ChangedAnswer
from register import certificates, completions, people
from register.certificates import standing
from register.completions import Completion
from register.database import MIGRATIONS, Database, migrate, open_engine
from register.settings import Settings
from tests.register.test_impact import STRICTER_ON_TAGS, TAGGED, NewPolicy, passes, published
from tests.register.test_impact import new_policy as new_policy
from tests.register.world import CREATING, LYDIATE, Browser, World, words

VALID, NOT_VALID, UNKNOWN = "This certificate is valid", "This certificate is no longer valid", "We do not know this"


def certificate_of(browser: Browser) -> str:
    """Return the address of the newest certificate My training leads to."""
    found = re.search(r'href="(/my/certificate/[^"]+)">[0-9A-Z-]+<', browser.get("/my/").text)
    assert found
    return found[1]


def check_of(browser: Browser) -> str:
    """Return the address at which that certificate is checked."""
    found = re.search(r'href="(/verify/[^"]+)"', browser.get(certificate_of(browser)).text)
    assert found
    return found[1]


def leaves(world: World, name: str) -> None:
    with world.database.writing() as db:
        person = db.merge(world.person(name))
        people.leave(db, world.clock(), None, person, date(2026, 11, 21))


def test_the_answer_to_a_pass_leads_to_its_certificate(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    sent = world.filled(ada)
    first, again = ada.api("/api/attempts", sent).json(), ada.api("/api/attempts", sent).json()
    assert first["certificate"] == f"/my/certificate/{first['attempt']}/" == again["certificate"]
    assert ada.get(first["certificate"]).status_code == 200
    failed = ada.api("/api/attempts", world.filled(ada, right=False)).json()
    assert failed["certificate"] is None
    assert ada.get(f"/my/certificate/{failed['attempt']}/").status_code == 404
    described = ada.get("/api/openapi.json").json()["components"]["schemas"]["Graded"]
    assert "certificate" in described["required"]


def test_a_certificate_shows_what_was_passed_when_and_how_well(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    body = world.passes(ada)
    page = ada.text(body["certificate"])
    course = world.course()
    for shown in (
        "Ada Teacher has passed the social media training of " + course["name"],
        "Passed on 21 November 2026",
        "Expiry 21 November 2027",
        "Score 100%",
        f"Receipt {body['attempt']}",
        f"Training Version {course['training_version']}, course {course['digest'][:12]}",
        *(f"{one['label']}: {one['right']} of {one['of']}" for one in body["result"]["topics"]),
        f"{world.settings.base_url}{check_of(ada)}",
    ):
        assert shown in page
    assert "no longer valid" not in page


def test_its_owner_alone_opens_a_certificate(world: World) -> None:
    place = world.passes(world.signed_in("Ada Teacher"))["certificate"]
    for name, trust in (("Ben Teacher", CREATING), ("Mia Manager", CREATING), ("Ada Teacher", LYDIATE)):
        response = world.signed_in(name, trust).get(place)
        assert response.status_code == 404
        assert "Ada Teacher" not in words(response)
    assert world.browser().get(place).headers["location"] == "/sign-in/"


def test_the_drawn_code_leads_to_the_check_at_the_registers_own_address(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    text = ada.get(world.passes(ada)["certificate"]).text
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', text)[1])  # type: ignore[index]
    scale = 4
    picture = bytearray(b"\xff" * (side * scale) ** 2)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", text):
        for row in range(int(y) * scale, (int(y) + 1) * scale):
            start = row * side * scale + int(x) * scale
            picture[start : start + int(length) * scale] = bytes(int(length) * scale)
    read = zxingcpp.read_barcodes(memoryview(picture).cast("B", (side * scale, side * scale)))
    assert [one.text for one in read] == [f"{world.settings.base_url}{check_of(ada)}"]


def test_whoever_has_the_code_sees_name_trust_and_dates_and_nothing_else(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    body = world.passes(ada)
    response = world.browser().get(check_of(ada))
    page = words(response)
    for shown in (VALID, "until 21 November 2027", "Ada Teacher", world.course()["name"], "Passed on 21 November 2026"):
        assert shown in page
    hidden = (
        body["attempt"],
        "100",
        "@",
        "Hill School",
        "teacher",
        *(one["label"] for one in body["result"]["topics"]),
    )
    main = words(response).partition("Search ")[2].partition("These pages")[0]
    for secret in hidden:
        assert secret not in main.replace("Ada Teacher", "")
    assert 'name="robots" content="noindex"' in response.text
    assert (response.headers["cache-control"], response.headers["referrer-policy"]) == ("no-store", "no-referrer")


def test_a_code_may_be_typed_in_small_letters_and_without_the_last_slash(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    world.passes(ada)
    place = check_of(ada)
    assert VALID in world.browser().text(place.lower())
    assert VALID in world.browser().text(place.replace("-", " "))
    assert world.browser().get(place.removesuffix("/")).headers["location"] == place


def test_an_unknown_code_and_what_is_no_code_are_answered_alike(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    receipt = world.passes(ada)["attempt"]
    code = check_of(ada).split("/")[2]
    other = code[:-1] + ("2" if code[-1] != "2" else "3")
    wrong = (other, code[:-1], code + "2", receipt, "x", "%00", "%F0%9F%98%80", "'%20or%201=1", "A" * 5000, "1")
    answers = [world.browser().get(f"/verify/{one}/") for one in wrong]
    assert {one.status_code for one in answers} == {404}
    assert {one.text for one in answers} == {answers[0].text}
    assert {str({**one.headers}) for one in answers} == {str({**answers[0].headers})}
    assert UNKNOWN in words(answers[0])


def test_a_certificate_is_valid_on_its_last_day_and_not_on_the_next(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    world.passes(ada)
    place = check_of(ada)
    world.clock.turn(days=365)
    assert VALID in world.browser().text(place)
    world.clock.turn(days=1)
    page = world.browser().text(place)
    assert NOT_VALID in page
    assert "It expired on 21 November 2027." in page
    assert "ask for the newer certificate" not in page


def test_after_another_pass_the_expired_certificate_sends_for_the_newer_one(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    world.passes(ada)
    old = check_of(ada)
    world.clock.turn(days=366)
    ada = world.signed_in("Ada Teacher")
    world.passes(ada)
    assert check_of(ada) != old
    assert "It expired on 21 November 2027. The training was passed again: ask for the newer" in world.browser().text(
        old
    )
    assert VALID in world.browser().text(check_of(ada))


def test_a_change_of_the_policy_ends_the_certificates_of_those_it_touches_only(
    world: World, new_policy: NewPolicy
) -> None:
    ada = passes(world, "Ada Teacher", asked=TAGGED)
    ben = passes(world, "Ben Teacher", not_asked=TAGGED)
    touched, untouched = check_of(ada), check_of(ben)
    new_policy(STRICTER_ON_TAGS)
    page = world.browser().text(touched)
    assert NOT_VALID in page
    assert "policy has changed since. The training has to be taken again." in page
    assert VALID in world.browser().text(untouched)
    assert "This certificate is no longer valid. The trust's policy has changed" in ada.text(certificate_of(ada))


def test_a_raised_training_version_ends_every_certificate(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    world.passes(ada)
    place = check_of(ada)
    published(world, {**world.course(), "training_version": 2})
    page = world.browser().text(place)
    assert NOT_VALID in page
    assert "training has changed since." in page


def test_who_has_left_has_no_valid_certificate(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    world.passes(ada)
    place = check_of(ada)
    leaves(world, "Ada Teacher")
    page = world.browser().text(place)
    assert NOT_VALID in page
    assert "The person no longer works for the trust." in page


def test_my_training_lists_every_pass_with_its_certificate(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    assert "What I have passed" not in ada.text("/my/")
    first = world.passes(ada)
    world.clock.turn(days=366)
    ada = world.signed_in("Ada Teacher")
    assert "Your training has expired" in ada.text("/my/")
    second = world.passes(ada)
    page = ada.get("/my/")
    assert f"21 November 2026 100% 21 November 2027 (over) {first['attempt']}" in words(page)
    assert f"22 November 2027 100% 22 November 2028 {second['attempt']}" in words(page)
    assert f'<a href="{second["certificate"]}">Print your certificate</a>' in page.text
    assert ada.get(first["certificate"]).status_code == 200


def test_my_training_says_first_what_to_do_next(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    page = ada.text("/my/")
    assert "You have not started yet Read what matters, then answer the questions. Take the training" in page
    ada.api("/api/attempts", world.filled(ada, right=False))
    assert "You have not passed yet Read what to reread, then try again. Take the training" in ada.text("/my/")
    world.passes(ada)
    page = ada.text("/my/")
    assert "You are ready You passed on 21 November 2026 with 100%. It counts until 21 November 2027." in page
    assert "Ask for posting rights Print your certificate" in page
    assert "Take the training" not in page
    world.clock.turn(days=335)
    ada = world.signed_in("Ada Teacher")
    page = ada.text("/my/")
    assert "Train again soon" in page
    assert "Take the training again before then. Take the training" in page


VERSIONS, DAYS = st.integers(1, 3), st.dates(date(2026, 1, 1), date(2030, 1, 1))


@given(st.lists(st.tuples(VERSIONS, DAYS), min_size=1, max_size=5), VERSIONS, DAYS, st.booleans(), st.booleans())
def test_somebody_has_a_valid_certificate_exactly_when_their_training_counts(
    several: list[tuple[int, date]], asked_for: int, today: date, changed: bool, left: bool
) -> None:
    done = [
        Completion(id=n, attempt_id=n, training_version=v, expires_on=day, passed_on=day - timedelta(365))
        for n, (v, day) in enumerate(several)
    ]
    touched: dict[int, tuple[ChangedAnswer, ...]] = {one.attempt_id: () for one in done} if changed else {}
    training = completions.standing(done, True, asked_for, today, touched)
    found = {one.id: standing(one, training, asked_for, today, left=left) for one in done}
    assert any(one.valid for one in found.values()) == (training.current and not left)
    assert training.completion is not None
    assert found[training.completion.id].valid == (training.current and not left)
    assert all(one.renewed == (training.current and not left) for one in found.values() if not one.valid)


@pytest.mark.parametrize("days", [0, 365, 366])
def test_the_page_says_valid_exactly_when_the_register_says_that_the_training_counts(world: World, days: int) -> None:
    ada = world.signed_in("Ada Teacher")
    world.passes(ada)
    place = check_of(ada)
    world.clock.turn(days=days)
    person, course = world.person("Ada Teacher"), read_course(world.courses[CREATING])
    with world.database.reading() as db:
        counts = completions.trainings(db, course, world.clock().date(), [person.id])[person.id].current
    assert (VALID in world.browser().text(place)) == counts


def test_a_completion_recorded_before_there_were_codes_gets_one_of_its_own(tmp_path: Path) -> None:
    settings = Settings(tmp_path, tmp_path)
    upgrade_to(settings, "0001")
    old = sqlite3.connect(tmp_path / "register.sqlite3")
    old.executescript("""
        INSERT INTO trusts VALUES ('hill', 'Hill');
        INSERT INTO people (id, trust_id, name, first_name, email, role, access)
            VALUES (1, 'hill', 'Ada', 'Ada', 'ada@hill.example.org', 'teacher', 'staff');
        INSERT INTO courses (digest, trust_id, training_version, text, kept_at)
            VALUES ('d', 'hill', 1, '{}', '2026-11-21 12:00:00');
    """)
    for number in (1, 2):
        old.execute(
            "INSERT INTO tickets (id, token_hash, person_id, trust_id, course_digest, seed, issued_at, expires_at) "
            "VALUES (?, ?, 1, 'hill', 'd', 's', '2026-11-21 12:00:00', '2026-11-22 12:00:00')",
            (number, str(number)),
        )
        old.execute(
            "INSERT INTO attempts (id, ticket_id, person_id, answers, result, receipt, submitted_at) "
            "VALUES (?, ?, 1, '[]', '{}', ?, '2026-11-21 12:00:00')",
            (number, number, str(number)),
        )
        old.execute(
            "INSERT INTO completions (id, person_id, attempt_id, trust_id, course_digest, training_version, score, "
            "passed_on, expires_on, recorded_at) "
            "VALUES (?, 1, ?, 'hill', 'd', 1, 100, '2026-11-21', '2027-11-21', '2026-11-21 12:00:00')",
            (number, number),
        )
    old.commit()
    old.close()
    migrate(settings)
    database = Database.at(settings)
    with database.reading() as db:
        both = [db.get_one(Completion, number) for number in (1, 2)]
        found = [certificates.with_code(db, one.code) for one in both]
        assert [one.completion.id for one in found if one] == [1, 2]
        assert both[0].code != both[1].code
    database.engine.dispose()


def upgrade_to(settings: Settings, revision: str) -> None:
    """Bring an empty database to the shape it had at an earlier revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = open_engine(settings).execution_options(writes=True)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
