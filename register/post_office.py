"""What is done with the messages that wait to be sent?"""

import logging
import secrets

from register import links, messages
from register.days import day_of, moment_in_words
from register.desk import Desk
from register.mail import Counter, Letter, NotTaken, ServerUnreachable, counter
from register.people import Person

log = logging.getLogger("register")

SUBJECT = "Your sign-in link for Clear to Post"
LEFT = "They have left, so nothing was sent."


def send_later(desk: Desk) -> None:
    """Send what waits after a request has been answered: whatever goes wrong, the answer stands and the rest waits."""
    try:
        send_waiting(desk)
    except Exception:
        log.exception("messages could not be sent; they are still waiting")


def send_waiting(desk: Desk) -> None:
    """Send every message that waits, each with a new link; what the server does not take is kept with the reason."""
    server = desk.settings.mail
    with desk.database.reading() as db:
        waiting = messages.is_waiting(db, desk.now)
    if server is None or not waiting:
        return
    try:
        with counter(server) as at:
            while _send_next(desk, at):
                pass
    except ServerUnreachable as unreachable:
        log.warning("the mail server cannot be used: %s", unreachable)
        with desk.database.writing() as db:
            messages.all_failed(db, desk.now, str(unreachable))


def _send_next(desk: Desk, at: Counter) -> bool:
    """Send one message; False if none waits."""
    token = secrets.token_urlsafe(32)
    with desk.database.writing() as db:
        message = messages.take(db, desk.now)
        if message is None:
            return False
        person = db.get_one(Person, message.person_id)
        if person.has_left(day_of(desk.now)):
            messages.failed(db, desk.now, message.id, LEFT)
            return True
        links.make_link(db, desk.now, message.made_by, person.id, token)
    try:
        at.hand_in(_letter(desk, person, token), desk.now)
    except NotTaken as not_taken:
        with desk.database.writing() as db:
            messages.failed(db, desk.now, message.id, str(not_taken))
    except ServerUnreachable as unreachable:
        with desk.database.writing() as db:
            messages.failed(db, desk.now, message.id, str(unreachable))
        raise
    else:
        with desk.database.writing() as db:
            messages.sent(db, desk.now, message.id)
    return True


def _letter(desk: Desk, person: Person, token: str) -> Letter:
    said = {
        "person": person,
        "address": desk.settings.base_url.rstrip("/") + links.path_of(token),
        "until": moment_in_words(desk.now + links.LASTS),
    }
    text, html = (desk.templates.get_template(f"mail/sign_in_link.{kind}").render(said) for kind in ("txt", "html"))
    return Letter(person.email, SUBJECT, text, html)
