"""Who may take the training now, and which questions are theirs?"""

from sqlalchemy import text

from register.tickets import Ticket
from tests.register.world import CREATING, LYDIATE, World


def test_a_ticket_is_bound_to_the_course_and_lasts_two_weeks(world: World) -> None:
    ticket = world.ticket(world.signed_in("Ada Teacher"))
    assert ticket["course_digest"] == world.course()["digest"]
    assert ticket["expires_at"] == "2026-12-05T12:00:00Z"
    assert len(ticket["seed"]) == 32


def test_every_ticket_draws_its_own_questions(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    assert world.ticket(ada)["seed"] != world.ticket(ada)["seed"]


def test_only_its_hash_is_kept(world: World) -> None:
    ticket = world.ticket(world.signed_in("Ada Teacher"))["ticket"]
    with world.database.reading() as db:
        assert ticket not in str(db.execute(text("SELECT * FROM tickets")).all())


def test_there_is_no_ticket_for_another_trust_or_an_unknown_one(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    for trust, code in ((LYDIATE, "trust-foreign"), ("nowhere", "course-unknown"), ("../lydiate", "course-unknown")):
        assert ada.api("/api/tickets", {"trust": trust}).json()["error"]["code"] == code
    assert world.count(Ticket) == 0


def test_a_page_that_shows_an_older_course_is_told(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    response = ada.api("/api/tickets", {"trust": CREATING, "course_digest": "0" * 64})
    assert (response.status_code, response.json()["error"]["code"]) == (409, "course-changed")


def test_its_owner_may_carry_on_with_a_ticket_until_it_is_used_or_too_old(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    sent = world.filled(ada)
    begun = {"ticket": sent["ticket"], "course_digest": sent["course_digest"]}

    def code() -> str:
        response = ada.api("/api/tickets/check", begun)
        return "" if response.status_code == 200 else str(response.json()["error"]["code"])

    assert code() == ""
    world.clock.turn(days=14, seconds=-1)
    assert code() == "signed-out", "a session nobody uses ends sooner than a ticket"
    ada = world.signed_in("Ada Teacher")
    assert code() == ""
    world.clock.turn(seconds=1)
    assert code() == "ticket-expired"
    world.clock.turn(seconds=-1)
    assert ada.api("/api/attempts", sent).status_code == 201
    assert code() == "ticket-used"


def test_nobody_carries_on_with_another_ticket_or_another_course(world: World) -> None:
    ada, ben = world.signed_in("Ada Teacher"), world.signed_in("Ben Teacher")
    issued = world.ticket(ada)
    begun = {"ticket": issued["ticket"], "course_digest": issued["course_digest"]}
    asked = (
        (ben, begun, "ticket-foreign"),
        (ada, {**begun, "ticket": "made-up"}, "ticket-unknown"),
        (ada, {**begun, "course_digest": "0" * 64}, "course-changed"),
    )
    for browser, sent, code in asked:
        assert browser.api("/api/tickets/check", sent).json()["error"]["code"] == code
