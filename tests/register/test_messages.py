"""Sign-in links by e-mail, against a real mail server: what it takes, and what becomes of what it does not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from register import links, messages, people, post_office
from register.database import Record
from register.events import Event
from register.links import LinkRequest
from register.messages import FAILED, SENDING, SENT, WAITING, Message
from register.post_office import send_waiting
from register.services import MailServer
from tests.register.mail_server import Box, free_port, serving, text_of
from tests.register.world import CREATING, LYDIATE, Browser, World, words

ADA = f"ada@{CREATING}.example.org"
BEN = f"ben@{CREATING}.example.org"


@dataclass
class Post:
    """A register with a mail server."""

    world: World
    server: MailServer
    box: Box

    def mia(self) -> Browser:
        return self.world.signed_in("Mia Manager")

    def send_to_the_school(self, mia: Browser) -> None:
        school = re.search(r'<option value="(\d+)">Hill School', mia.get("/manage/links/").text)
        assert school
        fields = {"school": school[1], "who": "everyone", "how": "mail"}
        assert mia.submit("/manage/links/", page="/manage/links/", **fields).headers["location"] == "/manage/messages/"

    def states(self) -> dict[str, str]:
        with self.world.database.reading() as db:
            rows = messages.of_trust(db, CREATING)
        return {person.email: message.state for message, person in rows}


@pytest.fixture
def post(world: World, tmp_path: Path) -> Iterator[Post]:
    with serving(tmp_path) as (server, box):
        told = world.told(mail=server)
        yield Post(told, server, box)
        told.database.engine.dispose()


def test_a_link_asked_for_comes_by_e_mail_and_works_once(post: Post) -> None:
    response = post.world.browser().post("/sign-in/", data={"email": ADA.upper()})
    assert "a new link is on its way to you" in words(response)
    (letter,) = post.box.letters
    assert (letter["To"], letter["From"]) == (ADA, post.server.sender)
    assert letter["Subject"] == "Your sign-in link for Clear to Post"
    assert letter["Auto-Submitted"] == "auto-generated"
    said = text_of(letter)
    assert "Hello Ada," in said
    assert "It works once, until 28 November 2026 at 12:00." in said
    (address,) = re.findall(r"http://127\.0\.0\.1:8000(/sign-in/\S+)", said)
    assert f'<a href="http://127.0.0.1:8000{address}">' in text_of(letter, "html")
    browser = post.world.browser()
    assert [browser.post(address).status_code for _ in range(2)] == [303, 410]
    assert browser.get("/my/").status_code == 200


def test_what_is_sent_travels_encrypted(post: Post) -> None:
    post.world.browser().post("/sign-in/", data={"email": ADA})
    assert post.box.encrypted == [True]


def test_the_answer_tells_nobody_who_is_on_the_list_and_writes_to_nobody_else(post: Post) -> None:
    known = post.world.browser().post("/sign-in/", data={"email": ADA})
    unknown = post.world.browser().post("/sign-in/", data={"email": "nobody@example.org"})
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text)
    assert len(post.box.letters) == 1


def test_a_new_link_ends_the_one_before(post: Post) -> None:
    path = post.world.link(post.world.person("Ada Teacher"))
    post.world.browser().post("/sign-in/", data={"email": ADA})
    response = post.world.browser().post(path)
    assert response.status_code == 410
    assert "A newer link was made for you on 21 November 2026 at 12:00." in words(response)
    assert "The new link comes to your work e-mail address." in words(response)


def test_a_manager_sends_links_to_a_whole_school_at_once(post: Post) -> None:
    mia = post.mia()
    post.send_to_the_school(mia)
    assert sorted(str(one["To"]) for one in post.box.letters) == [ADA, BEN]
    says = mia.text("/manage/messages/")
    assert "Nothing failed." in says
    assert "Ada Teacher, 21 November 2026 at 12:00" in says
    assert "Ada Teacher" not in post.world.signed_in("Mia Manager", LYDIATE).text("/manage/messages/")


def test_an_address_the_server_refuses_is_shown_with_its_reason_and_can_be_sent_again(post: Post) -> None:
    post.box.refused[BEN] = "550 5.1.1 There is no such mailbox"
    mia = post.mia()
    post.send_to_the_school(mia)
    assert post.states() == {ADA: SENT, BEN: FAILED}
    says = mia.text("/manage/messages/")
    assert f"Ben Teacher ({BEN}), tried on 21 November 2026 at 12:00:" in says
    assert "refused the address: 550 5.1.1 There is no such mailbox" in says
    del post.box.refused[BEN]
    assert mia.submit("/manage/messages/again", page="/manage/messages/").status_code == 303
    assert post.states() == {ADA: SENT, BEN: SENT}
    assert [str(one["To"]) for one in post.box.letters] == [ADA, BEN], "what was sent is not sent again"
    with post.world.database.reading() as db:
        said = [(one.name, one.facts) for one in db.scalars(select(Event).where(Event.name.startswith("message.")))]
    assert said == [("message.sent", {}), ("message.failed", {}), ("message.sent", {})]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"port": None}, r"The mail server 127\.0\.0\.1 cannot be reached on port \d+: Connection refused\."),
        ({"password": "wrong"}, r"refused the user name or password \(535\)\."),
        ({"ca_file": None}, r"has a certificate that we cannot check: self.signed certificate"),
    ],
)
def test_a_server_that_cannot_be_used_loses_nothing(
    post: Post, wrong: dict[str, object], reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = {"port": free_port()} if "port" in wrong else wrong
    broken = post.world.told(mail=replace(post.server, **wrong))  # type: ignore[arg-type]
    path = broken.link(broken.person("Ada Teacher"))
    mia = broken.signed_in("Mia Manager")
    Post(broken, post.server, post.box).send_to_the_school(mia)
    assert post.states() == {ADA: FAILED, BEN: FAILED}
    assert len(re.findall(reason, mia.text("/manage/messages/"))) == 2
    assert "wrong" not in mia.text("/manage/messages/")
    assert (ADA in caplog.text, "correct horse" in caplog.text) == (False, False)
    assert post.world.browser().get(path).status_code == 200, "the link they have still works"
    assert post.mia().submit("/manage/messages/again", page="/manage/messages/").status_code == 303
    assert post.states() == {ADA: SENT, BEN: SENT}
    broken.database.engine.dispose()


def test_what_a_stopped_register_was_sending_is_sent_later(post: Post) -> None:
    ada = post.world.person("Ada Teacher")
    with post.world.database.writing() as db:
        messages.queue(db, post.world.clock(), None, ada.id)
        assert messages.take(db, post.world.clock())
    desk = post.world.app.state.desk
    send_waiting(desk)
    assert post.states() == {ADA: SENDING}, "another worker may be at it"
    post.world.clock.turn(minutes=6)
    send_waiting(desk)
    assert post.states() == {ADA: SENT}


def test_what_one_is_sending_nobody_else_takes(post: Post) -> None:
    with post.world.database.writing() as db:
        for name in ("Ada Teacher", "Ben Teacher"):
            messages.queue(db, post.world.clock(), None, post.world.person(name).id)
        taken = [messages.take(db, post.world.clock()) for _ in range(3)]
    assert [one and one.person_id for one in taken] == [
        post.world.person("Ada Teacher").id,
        post.world.person("Ben Teacher").id,
        None,
    ]


def test_somebody_who_has_left_since_gets_nothing(post: Post) -> None:
    with post.world.database.writing() as db:
        ada = db.get_one(people.Person, post.world.person("Ada Teacher").id)
        messages.queue(db, post.world.clock(), None, ada.id)
        people.leave(db, post.world.clock(), None, ada, date(2026, 11, 21))
    send_waiting(post.world.app.state.desk)
    assert post.box.letters == []
    assert post.states() == {ADA: FAILED}


@pytest.mark.parametrize("address", ["ada@a.example, eve@b.example", "ada\n@a.example", "no address", ""])
def test_an_address_that_is_none_or_two_reaches_nobody(post: Post, address: str) -> None:
    with post.world.database.writing() as db:
        ada = db.get_one(people.Person, post.world.person("Ada Teacher").id)
        ada.email = address
        messages.queue(db, post.world.clock(), None, ada.id)
        messages.queue(db, post.world.clock(), None, post.world.person("Ben Teacher").id)
    send_waiting(post.world.app.state.desk)
    assert [str(one["To"]) for one in post.box.letters] == [BEN]
    assert post.states() == {address: FAILED, BEN: SENT}


def test_a_mistake_of_ours_while_sending_changes_no_answer_and_loses_nothing(
    post: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(post_office, "SUBJECT", object())
    assert post.world.browser().post("/sign-in/", data={"email": ADA}).status_code == 200
    assert "messages could not be sent; they are still waiting" in caplog.text
    monkeypatch.undo()
    post.world.clock.turn(minutes=6)
    send_waiting(post.world.app.state.desk)
    assert post.states() == {ADA: SENT}


def test_one_person_gets_one_however_often_it_is_asked_for_while_it_waits(post: Post) -> None:
    with post.world.database.writing() as db:
        for _ in range(3):
            messages.queue(db, post.world.clock(), None, post.world.person("Ada Teacher").id)
    assert post.states() == {ADA: WAITING}
    assert post.world.count(Message) == 1


def test_no_link_is_kept_in_the_register(post: Post) -> None:
    post.world.browser().post("/sign-in/", data={"email": ADA})
    (token,) = re.findall(r"/sign-in/(\S+)", text_of(post.box.letters[0]))
    with post.world.database.reading() as db:
        kept = str([db.execute(select(table)).all() for table in Record.metadata.sorted_tables])
    assert links.hashed(token) in kept
    assert token not in kept


def test_the_managers_wish_list_is_empty_once_a_link_is_sent_and_not_before(post: Post) -> None:
    post.box.refused[ADA] = "550 no"
    post.world.browser().post("/sign-in/", data={"email": ADA})
    with post.world.database.reading() as db:
        assert db.scalars(select(LinkRequest.answered_at)).one() is not None
    assert post.states() == {ADA: FAILED}, "it is among what was not sent instead"


def test_a_register_without_a_mail_server_offers_none(world: World) -> None:
    mia = world.signed_in("Mia Manager")
    assert "by e-mail" not in mia.text("/manage/links/")
    place = f"/manage/people/{world.person('Ada Teacher').id}/link/send"
    assert mia.submit(place).status_code == 409
    assert "There is no mail server in the settings." in mia.text("/manage/messages/")
