"""Who is asking, and does the request come from our own pages?"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Path, Request, Response
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from register import appointments, limits, sessions
from register.desk import AtDesk, Desk
from register.limits import Measure, Pace
from register.people import Person
from register.refusals import Refused, SignedOut
from register.scope import Powers

COOKIE, ERRAND_COOKIE = "clearpost", "clearpost-errand"
# Browsers take a cookie of such a name only over https, from this host itself and for all of it.
OF_THIS_HOST = "__Host-"
SAFE = ("GET", "HEAD", "OPTIONS")
FIELDS = 40
# What a whole number in an address or a form may be at most: any database can look it up.
LARGEST_ID = 2**31 - 1
# One household or school has as many addresses of version 6 as it likes, which all begin the same.
SHARED_BITS = 64

Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]


@dataclass(frozen=True)
class Visitor:
    """The person who is signed in, what they may do beyond their own affairs, and what their forms carry."""

    person: Person
    session_token: str
    powers: Powers

    @property
    def form_token(self) -> str:
        """What every form of this session carries."""
        return sessions.form_token(self.session_token)

    @property
    def has_a_role(self) -> bool:
        """Whether there is anything to manage for the person."""
        return bool(self.powers.posts)


# What is asked here and needs no records is `async`, though it waits for nothing: anything else the framework hands to
# another thread, which takes longer than the answer.
async def kept_in_words(request: Request) -> None:
    """Raise HTTPException 400 for a question with a character in it that one of the databases does not take."""
    if b"%00" in request.scope["query_string"]:
        raise HTTPException(400)


async def from_our_pages(request: Request) -> None:
    """Raise Refused if another site's page makes the browser change something here."""
    if request.method not in SAFE and not _same_site(request):
        raise Refused(403, "cross-site", "This was sent from another site. Open the page here and try again.")


def _same_site(request: Request) -> bool:
    """Believe `Sec-Fetch-Site`, which no page can set; browsers send it to https and to this computer only."""
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None:
        return fetched in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin is None:
        return True
    if origin == "null":
        # Sign-in pages send no referrer, and then the browser names no origin either.
        return request.url.path.startswith("/sign-in/")
    ours = (request.headers.get("host", ""), urlsplit(request.app.state.desk.settings.base_url).netloc)
    try:
        theirs = urlsplit(origin).netloc
    except ValueError:
        return False
    return theirs != "" and theirs in ours


def anybody(request: Request, desk: Desk) -> Visitor | None:
    """Return who is signed in, None if nobody is; looked up once for a request."""
    if not hasattr(request.state, "visitor"):
        token = session_token(request, desk)
        with desk.database.reading() as db:
            current = sessions.current(db, desk.now, token) if token else None
            visitor = Visitor(current[1], token, appointments.powers(db, current[1])) if current else None
        if current and not current[0].is_noted(desk.now):
            note_use(desk, token)
        request.state.visitor = visitor
    found: Visitor | None = request.state.visitor
    return found


def session_token(request: Request, desk: Desk) -> str:
    """Return the token of the session's cookie, empty if there is none."""
    return request.cookies.get(cookie_name(desk, COOKIE), "")


def cookie_name(desk: Desk, name: str) -> str:
    """Return what a cookie is called: over https, so that no other host can have set it."""
    return OF_THIS_HOST + name if desk.settings.secure_cookies else name


def note_use(desk: Desk, token: str) -> None:
    """Note that a session is in use; where nothing can be written just now, reading goes on."""
    with suppress(OperationalError, NoConnectionFree), desk.database.writing() as db:
        sessions.note_use(db, desk.now, token)


async def _looked_up(request: Request, desk: AtDesk) -> Visitor | None:
    """Return who is signed in; where the gate has asked already, without another thread."""
    if hasattr(request.state, "visitor"):
        return anybody(request, desk)
    return await run_in_threadpool(anybody, request, desk)


Anybody = Annotated[Visitor | None, Depends(_looked_up)]


async def unhurried(request: Request, desk: AtDesk, visitor: Anybody) -> None:
    """Raise HTTPException 429 for somebody who makes us work out more than a human asks for."""
    pace: Pace = request.app.state.pace
    who = f"person {visitor.person.id}" if visitor else place_of(request)
    _let_through(pace.spend(desk.now, limits.WORKING_OUT, who))


def count(db: Session, desk: Desk, measure: Measure, who: str) -> None:
    """Count one more of what costs others something; raises HTTPException 429 for somebody who asks too often."""
    _let_through(limits.spend(db, desk.now, desk.secret, measure, who))


def _let_through(seconds: int) -> None:
    """Raise HTTPException 429, which says when to ask again, unless there is nothing to wait for."""
    if seconds:
        raise HTTPException(429, headers={"Retry-After": str(seconds)})


def place_of(request: Request) -> str:
    """Return where a request comes from: an address, or the network that a household or school shares."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return f"network {int(address) >> (128 - SHARED_BITS):x}"
    return host


async def visitor(found: Anybody) -> Visitor:
    """Return who is signed in; raises SignedOut."""
    if found is None:
        raise SignedOut
    return found


AVisitor = Annotated[Visitor, Depends(visitor)]


async def manager(visitor: AVisitor) -> Visitor:
    """Return who is signed in with a role; what the role allows here was asked before (see `register.gate`)."""
    if not visitor.has_a_role:
        raise Refused(403, "managers-only", "This page is for managers. Your own page is My training.")
    return visitor


AManager = Annotated[Visitor, Depends(manager)]


async def form(request: Request) -> Mapping[str, str]:
    """Return the fields of a posted form, trimmed; files are not taken, nor text that cannot be written down."""
    return (await _posted(request, files=0)).fields


@dataclass(frozen=True)
class Upload:
    """The fields of a posted form and its file; a form without one has an empty file."""

    fields: Mapping[str, str]
    name: str = ""
    content: bytes = b""


async def upload(request: Request) -> Upload:
    """Return a posted form with one file."""
    return await _posted(request, files=1)


async def _posted(request: Request, *, files: int) -> Upload:
    try:
        async with request.form(max_files=files, max_fields=FIELDS) as given:
            fields = {name: value.strip() for name, value in given.items() if isinstance(value, str)}
            file = next((value for value in given.values() if isinstance(value, UploadFile)), None)
            found = Upload(fields, file.filename or "", await file.read()) if file else Upload(fields)
        text = "".join((*found.fields.values(), found.name))
        text.encode()
    except UnicodeError:
        # The sender chooses the encoding, and some encodings write halves of characters.
        raise HTTPException(400) from None
    if "\0" in text:
        raise HTTPException(400)
    return found


AForm = Annotated[Mapping[str, str], Depends(form)]


def chosen_id(fields: Mapping[str, str], name: str) -> int | None:
    """Return the id chosen in a form's field, or None if there is none that could exist."""
    given = fields.get(name, "")
    if not given.isdecimal() or len(given) > 10 or not 1 <= int(given) <= LARGEST_ID:
        return None
    return int(given)


async def own_form(visitor: AVisitor, fields: AForm) -> Mapping[str, str]:
    """Return the fields of a form of this session; raises Refused for one that is not, or no longer."""
    if not sessions.is_form_token(visitor.session_token, fields.get("form_token", "")):
        raise Refused(403, "form-stale", "This form is from an earlier sign-in. Open the page again and repeat it.")
    return fields


OwnForm = Annotated[Mapping[str, str], Depends(own_form)]


async def own_upload(visitor: AVisitor, given: Annotated[Upload, Depends(upload)]) -> Upload:
    """Return a form of this session with its file; raises Refused for one that is not, or no longer."""
    await own_form(visitor, given.fields)
    return given


OwnUpload = Annotated[Upload, Depends(own_upload)]


async def api_call(request: Request) -> None:
    """Raise Refused unless the call carries the header that no form of another site can send."""
    if request.headers.get("x-csrf") != "1":
        raise Refused(403, "cross-site", "This call lacks the header X-CSRF: 1, so nothing was done.")


def keep_session(response: Response, desk: Desk, token: str) -> None:
    """Put the session into the browser's cookie."""
    keep(response, desk, COOKIE, token, sessions.LASTS)


def keep(response: Response, desk: Desk, name: str, value: str, lasts: timedelta) -> None:
    """Put something into a cookie, out of reach of scripts and of other sites' forms."""
    response.set_cookie(
        cookie_name(desk, name),
        value,
        max_age=int(lasts.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=desk.settings.secure_cookies,
        path="/",
    )


def forget(response: Response, desk: Desk, name: str) -> None:
    """Take a cookie back."""
    secure = desk.settings.secure_cookies
    response.delete_cookie(cookie_name(desk, name), httponly=True, samesite="lax", secure=secure, path="/")
