"""Who has passed the training, and until when does it count?"""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from quiz.courses import canonical, digest
from register.completions import Completion, standing
from tests.register.world import CREATING, World, make_site


def completion(version: int, expires_on: date) -> Completion:
    return Completion(id=1, training_version=version, expires_on=expires_on, passed_on=expires_on.replace(year=2026))


def test_a_completion_counts_on_its_last_day_and_not_on_the_next() -> None:
    done = [completion(1, date(2027, 11, 21))]
    assert standing(done, True, 1, date(2027, 11, 21)).status == "passed"
    assert standing(done, True, 1, date(2027, 11, 22)).status == "expired"


def test_a_raised_training_version_asks_everybody_to_train_again() -> None:
    assert standing([completion(1, date(2027, 11, 21))], True, 2, date(2026, 12, 1)).status == "train-again"


DAYS = st.dates(date(2026, 1, 1), date(2030, 1, 1))


@given(st.lists(st.tuples(st.integers(1, 3), DAYS), max_size=5), st.integers(1, 3), DAYS)
def test_one_completion_that_counts_is_enough_and_nothing_less(
    several: list[tuple[int, date]], asked_for: int, today: date
) -> None:
    done = [Completion(id=n, training_version=v, expires_on=day) for n, (v, day) in enumerate(several)]
    counts = any(v >= asked_for and day >= today for v, day in several)
    assert standing(done, bool(done), asked_for, today).current == counts


def test_a_changed_course_of_the_same_training_version_leaves_completions_alone(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    world.passes(ada)
    for changes, status in (
        ({"pass_mark": 70}, "It counts until 21 November 2027"),
        ({"training_version": 2}, "Train again"),
    ):
        data = {**world.course(), **changes}
        make_site(world.settings.site, {CREATING: canonical({**data, "digest": digest(data)})})
        assert status in ada.text("/my/")
    assert ada.get("/api/me").json()["completion"] is None


def test_me_tells_who_is_here_and_whether_the_training_counts(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    assert ada.get("/api/me").json() == {"person": {"trust": CREATING, "first_name": "Ada"}, "completion": None}
    world.passes(ada)
    assert ada.get("/api/me").json()["completion"] == {
        "passed_on": "2026-11-21",
        "expires_on": "2027-11-21",
        "score": 100,
    }


def test_the_day_is_the_one_in_the_united_kingdom(world: World) -> None:
    world.clock.now = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    body = world.passes(world.signed_in("Ada Teacher"))
    assert body["completion"]["passed_on"] == "2026-07-01"


def test_somebody_who_passes_on_a_leap_day_is_due_on_28_february(world: World) -> None:
    world.clock.now = datetime(2028, 2, 29, 12, tzinfo=UTC)
    assert world.passes(world.signed_in("Ada Teacher"))["completion"]["expires_on"] == "2029-02-28"
