"""How are staff told that their training is due, and managers what needs doing? Against a real mail server."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import select

from register.courses import Shelf
from register.desk import wording
from register.events import Event
from register.mail import ServerUnreachable
from register.recertification import Rule, set_rule
from register.reminders import Reminder
from register.reminding import Office, Sent, remind_all
from tests.register.mail_server import Box, free_port, serving, text_of
from tests.register.world import CREATING, World

ADA, MIA = f"ada@{CREATING}.example.org", f"mia@{CREATING}.example.org"


@dataclass
class Morning:
    """A register with a mail server, whose reminders are sent every morning."""

    world: World
    box: Box

    def remind(self) -> Sent:
        settings = self.world.settings
        return remind_all(Office(settings, self.world.database, Shelf(settings.site), wording(), self.world.clock()))

    def letters(self, to: str) -> list[str]:
        """Return what somebody has been written, and empty the box."""
        found = [text_of(one) for one in self.box.letters if one["To"] == to]
        self.box.letters.clear()
        return found


@pytest.fixture
def morning(world: World, tmp_path: Path) -> Iterator[Morning]:
    with serving(tmp_path) as (server, box):
        told = world.told(mail=server)
        yield Morning(told, box)
        told.database.engine.dispose()


def test_staff_are_told_once_before_their_training_expires_and_once_after(morning: Morning) -> None:
    world = morning.world
    world.passes(world.signed_in("Ada Teacher"))
    morning.remind()
    assert morning.letters(ADA) == []
    world.clock.turn(days=336)
    morning.remind()
    (said,) = morning.letters(ADA)
    assert "Hello Ada," in said
    assert "counts until 21 November 2027. Take it again before then." in said
    assert "http://127.0.0.1:8000/my/" in said
    world.clock.turn(days=1)
    morning.remind()
    assert morning.letters(ADA) == []
    world.clock.turn(days=30)
    morning.remind()
    assert "expired on 21 November 2027" in morning.letters(ADA)[0]


def test_within_the_days_of_grace_staff_are_told_how_long_they_may_still_post(morning: Morning) -> None:
    world = morning.world
    with world.database.writing() as db:
        set_rule(db, world.clock(), None, CREATING, Rule(None, 14))
    world.passes(world.signed_in("Ada Teacher"))
    world.clock.turn(days=366)
    morning.remind()
    assert "You may post until 5 December 2027." in morning.letters(ADA)[0]


def test_managers_get_one_digest_a_week_without_names(morning: Morning) -> None:
    world = morning.world
    world.passes(world.signed_in("Ada Teacher"))
    assert morning.remind().digests == 2, "one for each trust's manager"
    (said,) = morning.letters(MIA)
    assert "- 2 missing: http://127.0.0.1:8000/manage/completions/?status=missing" in said
    assert "Ada" not in said
    world.clock.turn(days=1)
    assert morning.remind().digests == 0
    world.clock.turn(days=7)
    assert morning.remind().digests == 2


def test_what_the_server_does_not_take_is_tried_again_the_next_morning(morning: Morning) -> None:
    morning.box.refused[MIA] = "550 no such mailbox"
    assert morning.remind().refused == 1
    del morning.box.refused[MIA]
    assert morning.remind().digests == 1
    with morning.world.database.reading() as db:
        logged = db.scalars(select(Event).where(Event.name == "reminder.mailed")).all()
        assert len(logged) == 2
        assert {str(one.facts) for one in logged} == {"{'about': 'digest'}"}


def test_where_the_server_is_gone_nothing_counts_as_sent(morning: Morning) -> None:
    settings = morning.world.settings
    assert settings.mail
    gone = replace(settings, mail=replace(settings.mail, port=free_port()))
    office = Office(gone, morning.world.database, Shelf(settings.site), wording(), morning.world.clock())
    with pytest.raises(ServerUnreachable):
        remind_all(office)
    assert morning.world.count(Reminder) == 0
