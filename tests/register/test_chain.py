"""How does each event hold on to the one before?"""

from datetime import datetime, timedelta, timezone

import pytest

from register import chain
from register.chain import NOTHING, Head
from tests.register.world import NOON

FIRST = chain.link(NOTHING, NOON, None, "person.left", {"person": 1}, {"on": "2026-11-21"})


def test_the_form_of_what_is_hashed_never_changes() -> None:
    """Events of ten years ago have to be read as they were written then."""
    assert str(FIRST) == "1:55ed2e7000609649e2f28e303607e77d7b4945744e800dafc52ec4f3b4fbb3b5"


def test_all_an_event_says_is_in_its_hash() -> None:
    changed = [
        chain.link(Head(0, "1" * 64), NOON, None, "person.left", {"person": 1}, {"on": "2026-11-21"}),
        chain.link(Head(1, "0" * 64), NOON, None, "person.left", {"person": 1}, {"on": "2026-11-21"}),
        chain.link(NOTHING, NOON + timedelta(microseconds=1), None, "person.left", {"person": 1}, {"on": "2026-11-21"}),
        chain.link(NOTHING, NOON, 1, "person.left", {"person": 1}, {"on": "2026-11-21"}),
        chain.link(NOTHING, NOON, None, "person.added", {"person": 1}, {"on": "2026-11-21"}),
        chain.link(NOTHING, NOON, None, "person.left", {"person": 2}, {"on": "2026-11-21"}),
        chain.link(NOTHING, NOON, None, "person.left", {"person": 1}, {"on": "2026-11-22"}),
    ]
    assert len({one.hash for one in [FIRST, *changed]}) == len(changed) + 1


def test_the_same_moment_told_in_another_time_zone_is_the_same_event() -> None:
    elsewhere: datetime = NOON.astimezone(timezone(timedelta(hours=1)))
    assert chain.link(NOTHING, elsewhere, None, "person.left", {"person": 1}, {"on": "2026-11-21"}) == FIRST


@pytest.mark.parametrize("written", ["", "17", "17:xyz", f"-1:{'0' * 64}", f"017:{'0' * 64}", f"1:{'0' * 63}"])
def test_what_is_no_head_is_refused_in_words(written: str) -> None:
    with pytest.raises(ValueError, match="is no head of a chain"):
        Head.read(written)


def test_a_head_is_read_as_it_is_written() -> None:
    assert Head.read(f" {FIRST}\n") == FIRST
