"""How long does a pass count at this trust, and what is the last day on which it still does?"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from register import audit, recertification
from register.completions import IN_GRACE, PASSED, Completion, standing
from register.days import day_of, months_later
from register.events import Event
from register.recertification import BY_ANNIVERSARY, TOO_SOON, DayOfYear, Rule, day_of_year, set_rule
from tests.register.staffed import staffed
from tests.register.test_posting_rights import granted
from tests.register.world import CREATING, LYDIATE, World

SEPTEMBER = Rule(DayOfYear(9, 1))
DAY = timedelta(days=1)

PASSED_ON = st.dates(date(2024, 1, 1), date(2040, 12, 31))
MONTHS = st.integers(1, 60)
YEARLY = st.sampled_from([12, 24, 36])
# Beginnings of terms and of years, ends of months, and the days around 29 February.
DUE = st.sampled_from([(1, 1), (1, 31), (2, 28), (3, 1), (4, 30), (9, 1), (12, 31)]) | st.dates(
    date(2027, 1, 1), date(2027, 12, 31)
).map(lambda day: (day.month, day.day))


@pytest.mark.parametrize(
    ("passed_on", "until"),
    [
        (date(2026, 11, 21), date(2027, 8, 31)),
        (date(2027, 6, 30), date(2027, 8, 31)),
        (date(2027, 7, 1), date(2028, 8, 31)),
        (date(2027, 8, 31), date(2028, 8, 31)),
        (date(2027, 9, 1), date(2028, 8, 31)),
        (date(2028, 2, 29), date(2028, 8, 31)),
    ],
)
def test_by_1_september_everybody_is_due_with_the_school_year(passed_on: date, until: date) -> None:
    assert SEPTEMBER.counts_until(passed_on, 12) == until


@given(PASSED_ON, MONTHS)
def test_by_anniversary_it_is_the_same_day_or_the_last_of_a_month_that_is_too_short(
    passed_on: date, months: int
) -> None:
    until = BY_ANNIVERSARY.counts_until(passed_on, months)
    assert until == months_later(passed_on, months)
    assert until.day == passed_on.day or (until.day < passed_on.day and (until + DAY).day == 1)
    assert (until.year - passed_on.year) * 12 + until.month - passed_on.month == months


@given(PASSED_ON, YEARLY, DUE)
def test_by_a_day_of_the_year_everybody_is_due_on_it_and_nobody_too_soon(
    passed_on: date, months: int, due: tuple[int, int]
) -> None:
    until = Rule(DayOfYear(*due)).counts_until(passed_on, months)
    assert ((until + DAY).month, (until + DAY).day) == due
    assert until + DAY - passed_on >= TOO_SOON
    assert until < months_later(passed_on, months) + TOO_SOON


@given(PASSED_ON, MONTHS, DUE)
def test_no_rule_takes_a_pass_away_at_once_or_lets_it_last_much_longer(
    passed_on: date, months: int, due: tuple[int, int]
) -> None:
    anniversary = months_later(passed_on, months)
    until = Rule(DayOfYear(*due)).counts_until(passed_on, months)
    assert min(anniversary, passed_on + TOO_SOON - DAY) <= until < anniversary + TOO_SOON


@given(PASSED_ON, PASSED_ON, YEARLY, DUE)
def test_whoever_passes_later_is_never_due_earlier(one: date, other: date, months: int, due: tuple[int, int]) -> None:
    rule = Rule(DayOfYear(*due))
    first, second = sorted((one, other))
    assert rule.counts_until(first, months) <= rule.counts_until(second, months)


@given(PASSED_ON, st.integers(0, 90), st.integers(-400, 400))
def test_days_of_grace_lengthen_what_counts_by_exactly_so_many_days(passed_on: date, grace: int, after: int) -> None:
    until = BY_ANNIVERSARY.counts_until(passed_on, 12)
    done = Completion(id=1, attempt_id=1, training_version=1, passed_on=passed_on, expires_on=until)
    training = standing([done], True, 1, until + after * DAY, None, grace)
    assert training.current == (after <= grace)
    assert (training.status == PASSED) == (after <= 0)
    assert (training.status == IN_GRACE) == (0 < after <= grace)


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC)),
    st.sampled_from(["Europe/London", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu"]),
)
def test_the_day_of_a_pass_is_that_of_the_school_wherever_the_clock_stands(moment: datetime, zone: str) -> None:
    day = day_of(moment.astimezone(ZoneInfo(zone)))
    assert day == day_of(moment)
    assert day in (moment.date(), moment.date() + DAY)
    assert day == moment.date() or moment.hour == 23


def test_a_day_that_not_every_year_has_is_no_day_of_the_year() -> None:
    assert day_of_year(2, 28) == DayOfYear(2, 28)
    for month, day in ((2, 29), (4, 31), (13, 1), (0, 1)):
        with pytest.raises(ValueError, match="every year has"):
            day_of_year(month, day)


def decide(world: World, rule: Rule, trust: str = CREATING) -> None:
    with world.database.writing() as db:
        set_rule(db, world.clock(), None, trust, rule)


def test_a_rule_holds_from_its_day_on_and_redates_nothing(world: World) -> None:
    world.passes(world.signed_in("Ada Teacher"))
    decide(world, SEPTEMBER)
    assert "It counts until 21 November 2027" in world.signed_in("Ada Teacher").text("/my/")
    body = world.passes(world.signed_in("Ben Teacher"))
    assert body["completion"]["expires_on"] == "2027-08-31"
    assert world.passes(world.signed_in("Ada Teacher", LYDIATE), LYDIATE)["completion"]["expires_on"] == "2027-11-21"
    with world.database.reading() as db:
        assert audit.verify(db).found is None


def test_what_a_trust_decides_is_an_event_and_the_same_again_is_none(world: World) -> None:
    decide(world, Rule(DayOfYear(9, 1), 14))
    decide(world, Rule(DayOfYear(9, 1), 14))
    with world.database.reading() as db:
        logged = db.scalars(select(Event).where(Event.name == "recertification.changed")).all()
        assert [one.facts for one in logged] == [{"due_month": 9, "due_day": 1, "grace_days": 14}]
        assert recertification.rule(db, CREATING) == Rule(DayOfYear(9, 1), 14)
        assert recertification.rule(db, LYDIATE) == BY_ANNIVERSARY
    with pytest.raises(ValueError, match="0 to 90"):
        decide(world, Rule(None, 91))


def test_within_the_days_of_grace_a_right_stays_and_the_day_after_it_lapses(world: World) -> None:
    decide(world, Rule(None, 14))
    granted(world)
    world.clock.turn(days=365 + 14)
    ada = world.signed_in("Ada Teacher")
    said = ada.text("/my/")
    assert "Your training was due again on 21 November 2027. You may post until 5 December 2027." in said
    assert "You may post on X @hill." in said
    mia = world.signed_in("Mia Manager")
    assert "Overdue, still counts" in mia.text("/manage/completions/?status=overdue")
    world.clock.turn(days=1)
    assert "You may not post on X @hill at present" in world.signed_in("Ada Teacher").text("/my/")


def test_a_cancelled_pass_does_not_count_and_stays_on_record(world: World) -> None:
    _, mia, _ = granted(world)
    ada = world.person("Ada Teacher").id
    with world.database.reading() as db:
        done = db.scalars(select(Completion)).one()
    page = f"/manage/people/{ada}/"
    assert "Record that it does not count : the pass of 21 November 2026" in mia.text(page)
    path = f"{page}completions/{done.id}/cancel"
    assert mia.submit(path, page=page, reason="made-up").status_code == 422
    assert mia.submit(path, page=page, reason="somebody-else").headers["location"] == page
    assert mia.submit(path, page=page, reason="somebody-else").status_code == 303
    said = mia.text(page)
    assert "It does not count: Somebody else answered the questions, on 21 November 2026" in said
    own = world.signed_in("Ada Teacher")
    assert "You have not passed yet" in own.text("/my/")
    assert "You may not post on X @hill at present" in own.text("/my/")
    assert "The trust found that this pass does not count." in world.browser().text(f"/verify/{done.code}/")
    with world.database.reading() as db:
        assert audit.verify(db).found is None
        kept = db.scalars(select(Completion)).one()
        assert (kept.passed_on, kept.expires_on) == (done.passed_on, done.expires_on)
    ben = world.person("Ben Teacher").id
    assert (
        mia.submit(f"/manage/people/{ben}/completions/{done.id}/cancel", page=page, reason="asked-for").status_code
        == 404
    )


def test_a_trust_administrator_changes_the_rule_on_its_page_and_others_read_it(world: World) -> None:
    theo = staffed(world).world.signed_in("Theo Administrator")
    page = "/manage/recertification/"
    assert "Everybody trains again on their own date. There are no days of grace." in theo.text(page)
    for wrong, says in (
        ({"when": "day", "day": "29", "month": "2", "grace": "0"}, "Enter a day that every year has"),
        ({"when": "day", "day": "x", "month": "9", "grace": "0"}, "Enter a day that every year has"),
        ({"when": "day", "day": "1", "month": "9", "grace": "999"}, "Enter a number of days from 0 to 90."),
        ({"when": "often", "grace": "1"}, "Choose when everybody trains again."),
    ):
        response = theo.submit(page, page=page, **wrong)
        assert response.status_code == 422
        assert says in response.text
    fields = {"when": "day", "day": "1", "month": "9", "grace": "14"}
    assert theo.submit(page, page=page, **fields).status_code == 303
    assert "Everybody trains again by 1 September. Posting rights last 14 more days." in theo.text(page)
    mia = world.signed_in("Mia Manager")
    assert "by 1 September" in mia.text(page)
    assert "Keep this rule" not in mia.text(page)
    assert mia.submit(page, page="/manage/", **fields).status_code == 403
