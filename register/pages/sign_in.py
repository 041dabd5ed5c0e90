"""/sign-in/ and /sign-out: how somebody comes in with a personal link, asks for a new one, and leaves."""

import secrets

from fastapi import APIRouter, BackgroundTasks, Request, Response
from sqlalchemy.orm import Session

from register import appointments, browsers, limits, links, messages, people, post_office, sessions
from register.days import day_of
from register.desk import AtDesk, Desk
from register.doorway import COOKIE, AForm, AVisitor, OwnForm, count, forget, keep_session, place_of, session_token
from register.links import Link
from register.pages.page import Problem, page, see
from register.people import Person

router = APIRouter(include_in_schema=False)


@router.get("/sign-in/")
def ask_page(desk: AtDesk) -> Response:
    """Show how to sign in, and a form to ask for a new link."""
    return _ask_page(desk, "")


@router.post("/sign-in/")
def ask(request: Request, desk: AtDesk, fields: AForm, later: BackgroundTasks) -> Response:
    """Have a new link sent or handed over; the answer is the same whether or not we know the address."""
    email = fields.get("email", "")
    if "@" not in email or len(email) > 254 or not email.isprintable():
        problem = Problem("email", "Enter your work e-mail address, like name@school.org.")
        return _ask_page(desk, email, problem)
    with desk.database.writing() as db:
        count(db, desk, limits.ASKING_FROM_A_PLACE, place_of(request))
        count(db, desk, limits.ASKING_FOR_AN_ADDRESS, people.folded(email))
        for person in people.with_email(db, email):
            _request(db, desk, person)
    later.add_task(post_office.send_later, desk)
    return page(desk, None, "sign_in/asked.html", {"by_mail": desk.settings.mail is not None})


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
    """Use the link up and start a session. A good link always works, however many wrong ones come from its place."""
    with desk.database.writing() as db:
        link = links.find_link(db, token)
        person = _whose(db, desk, link)
        if link is None or person is None or not links.use_up(db, desk.now, link):
            count(db, desk, limits.WRONG_FROM_A_PLACE, place_of(request))
            return _stale(desk, token, link, person)
        return let_in(db, desk, request, person, sessions.LINK)


@router.post("/sign-in/{token}/new-link")
def ask_again(token: str, request: Request, desk: AtDesk, later: BackgroundTasks) -> Response:
    """Ask for a new link in place of one that is used up or old."""
    with desk.database.writing() as db:
        count(db, desk, limits.ASKING_FROM_A_PLACE, place_of(request))
        person = _whose(db, desk, links.find_link(db, token))
        if person is not None:
            count(db, desk, limits.ASKING_FOR_AN_ADDRESS, person.email)
            _request(db, desk, person)
    later.add_task(post_office.send_later, desk)
    return page(desk, None, "sign_in/asked.html", {"by_mail": desk.settings.mail is not None})


@router.post("/sign-out")
def sign_out(visitor: AVisitor, desk: AtDesk, _fields: OwnForm) -> Response:
    """End the session."""
    with desk.database.writing() as db:
        sessions.sign_out(db, desk.now, visitor.session_token)
    response = see("/")
    forget(response, desk, COOKIE)
    return response


def let_in(db: Session, desk: Desk, request: Request, person: Person, through: str) -> Response:
    """Start a session, ending the one this browser had, and lead to where the person most likely wants to be."""
    token = secrets.token_urlsafe(32)
    browser = browsers.in_words(request.headers.get("user-agent", ""))
    sessions.sign_out(db, desk.now, session_token(request, desk))
    sessions.sign_in(db, desk.now, person.id, token, browser, through)
    response = see("/manage/" if appointments.powers(db, person).posts else "/my/")
    keep_session(response, desk, token)
    return response


def _request(db: Session, desk: Desk, person: Person) -> None:
    """Ask for a link on somebody's behalf: by e-mail where there is a mail server, else from their manager."""
    if person.has_left(day_of(desk.now)):
        return
    links.request_link(db, desk.now, person.id)
    if desk.settings.mail:
        messages.queue(db, desk.now, None, person.id)


def _ask_page(desk: Desk, email: str, *problems: Problem) -> Response:
    context = {
        "email": email,
        "by_mail": desk.settings.mail is not None,
        "providers": desk.settings.providers,
        "trusts": desk.shelf.names(),
    }
    return page(desk, None, "sign_in/ask.html", context, 422 if problems else 200, problems)


def _whose(db: Session, desk: Desk, link: Link | None) -> Person | None:
    """Return whose link it is, unless they have left."""
    person = db.get(Person, link.person_id) if link else None
    return None if person is None or person.has_left(day_of(desk.now)) else person


def _stale(desk: Desk, token: str, link: Link | None, person: Person | None) -> Response:
    """Say why a link does not work, and offer a new one."""
    known = link if person else None
    context = {"link": known, "token": token, "by_mail": desk.settings.mail is not None}
    return page(desk, None, "sign_in/stale.html", context, 410 if known else 404)
