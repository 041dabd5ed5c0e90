"""/sign-in/ and /sign-out: how somebody comes in with a personal link, asks for a new one, and leaves."""

import secrets

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from register import links, people, sessions
from register.days import day_of
from register.desk import AtDesk, Desk
from register.doorway import COOKIE, AForm, AVisitor, OwnForm, forget_session, keep_session
from register.links import Link
from register.pages.page import Problem, page, see
from register.people import MANAGER, Person

router = APIRouter(include_in_schema=False)


@router.get("/sign-in/")
def ask_page(desk: AtDesk) -> Response:
    """Show how to sign in, and a form to ask for a new link."""
    return page(desk, None, "sign_in/ask.html", {"email": ""})


@router.post("/sign-in/")
def ask(desk: AtDesk, fields: AForm) -> Response:
    """Pass the wish for a link on to the manager; the answer is the same whether or not we know the address."""
    email = fields.get("email", "")
    if "@" not in email or len(email) > 254 or not email.isprintable():
        problem = Problem("email", "Enter your work e-mail address, like name@school.org.")
        return page(desk, None, "sign_in/ask.html", {"email": email}, 422, (problem,))
    now = desk.now
    with desk.database.writing() as db:
        for person in people.with_email(db, email):
            if not person.has_left(day_of(now)):
                links.request_link(db, now, person.id)
    return page(desk, None, "sign_in/asked.html", {})


@router.get("/sign-in/{token}")
def link_page(token: str, desk: AtDesk) -> Response:
    """Show the button that signs in. Nothing is used up here: mail scanners open every link."""
    with desk.database.reading() as db:
        link = links.find_link(db, token)
        person = _whose(db, desk, link)
    if link is None or person is None or not link.works(desk.now):
        return _stale(desk, token, link, person)
    return page(desk, None, "sign_in/button.html", {"person": person, "token": token})


@router.post("/sign-in/{token}")
def sign_in(token: str, request: Request, desk: AtDesk) -> Response:
    """Use the link up and start a session, ending the one this browser had."""
    session_token = secrets.token_urlsafe(32)
    with desk.database.writing() as db:
        link = links.find_link(db, token)
        person = _whose(db, desk, link)
        if link is None or person is None or not links.use_up(db, desk.now, link):
            return _stale(desk, token, link, person)
        sessions.sign_out(db, desk.now, request.cookies.get(COOKIE, ""))
        sessions.sign_in(db, desk.now, person.id, session_token)
    response = see("/manage/" if person.access == MANAGER else "/my/")
    keep_session(response, session_token, secure=desk.settings.secure_cookies)
    return response


@router.post("/sign-in/{token}/new-link")
def ask_again(token: str, desk: AtDesk) -> Response:
    """Ask for a new link in place of one that is used up or old."""
    with desk.database.writing() as db:
        person = _whose(db, desk, links.find_link(db, token))
        if person is not None:
            links.request_link(db, desk.now, person.id)
    return page(desk, None, "sign_in/asked.html", {})


@router.post("/sign-out")
def sign_out(visitor: AVisitor, desk: AtDesk, _fields: OwnForm) -> Response:
    """End the session."""
    with desk.database.writing() as db:
        sessions.sign_out(db, desk.now, visitor.session_token)
    response = see("/")
    forget_session(response, secure=desk.settings.secure_cookies)
    return response


def _whose(db: Session, desk: Desk, link: Link | None) -> Person | None:
    """Return whose link it is, unless they have left."""
    person = db.get(Person, link.person_id) if link else None
    return None if person is None or person.has_left(day_of(desk.now)) else person


def _stale(desk: Desk, token: str, link: Link | None, person: Person | None) -> Response:
    """Say why a link does not work, and offer a new one."""
    known = link if person else None
    return page(desk, None, "sign_in/stale.html", {"link": known, "token": token}, 410 if known else 404)
