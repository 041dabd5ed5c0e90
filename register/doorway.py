"""Who is asking, and does the request come from our own pages?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Path, Request, Response

from register import sessions
from register.desk import AtDesk
from register.people import MANAGER, Person
from register.refusals import Refused, SignedOut

COOKIE = "clearpost"
SAFE = ("GET", "HEAD", "OPTIONS")
FIELDS = 40
# What a whole number in an address or a form may be at most: any database can look it up.
LARGEST_ID = 2**31 - 1

Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]


@dataclass(frozen=True)
class Visitor:
    """The person who is signed in, and what their forms carry."""

    person: Person
    session_token: str

    @property
    def form_token(self) -> str:
        """What every form of this session carries."""
        return sessions.form_token(self.session_token)

    @property
    def is_manager(self) -> bool:
        """Whether the person may see their trust."""
        return self.person.access == MANAGER


def from_our_pages(request: Request) -> None:
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


def anybody(request: Request, desk: AtDesk) -> Visitor | None:
    """Return who is signed in, None if nobody is."""
    token = request.cookies.get(COOKIE, "")
    with desk.database.reading() as db:
        person = sessions.signed_in(db, desk.now, token) if token else None
    return Visitor(person, token) if person else None


Anybody = Annotated[Visitor | None, Depends(anybody)]


def visitor(found: Anybody) -> Visitor:
    """Return who is signed in; raises SignedOut."""
    if found is None:
        raise SignedOut
    return found


AVisitor = Annotated[Visitor, Depends(visitor)]


def manager(visitor: AVisitor) -> Visitor:
    """Return the manager who is signed in; raises Refused for anybody else."""
    if not visitor.is_manager:
        raise Refused(403, "managers-only", "This page is for managers. Your own page is My training.")
    return visitor


AManager = Annotated[Visitor, Depends(manager)]


async def form(request: Request) -> Mapping[str, str]:
    """Return the fields of a posted form, trimmed; files are not taken, nor text that cannot be written down."""
    try:
        async with request.form(max_files=0, max_fields=FIELDS) as fields:
            given = {name: value.strip() for name, value in fields.items() if isinstance(value, str)}
        "".join(given.values()).encode()
    except UnicodeError:
        # The sender chooses the encoding, and some encodings write halves of characters.
        raise HTTPException(400) from None
    return given


AForm = Annotated[Mapping[str, str], Depends(form)]


def chosen_id(fields: Mapping[str, str], name: str) -> int | None:
    """Return the id chosen in a form's field, or None if there is none that could exist."""
    given = fields.get(name, "")
    if not given.isdecimal() or len(given) > 10 or not 1 <= int(given) <= LARGEST_ID:
        return None
    return int(given)


def own_form(visitor: AVisitor, fields: AForm) -> Mapping[str, str]:
    """Return the fields of a form of this session; raises Refused for one that is not, or no longer."""
    if not sessions.is_form_token(visitor.session_token, fields.get("form_token", "")):
        raise Refused(403, "form-stale", "This form is from an earlier sign-in. Open the page again and repeat it.")
    return fields


OwnForm = Annotated[Mapping[str, str], Depends(own_form)]


def api_call(request: Request) -> None:
    """Raise Refused unless the call carries the header that no form of another site can send."""
    if request.headers.get("x-csrf") != "1":
        raise Refused(403, "cross-site", "This call lacks the header X-CSRF: 1, so nothing was done.")


def keep_session(response: Response, token: str, *, secure: bool) -> None:
    """Put the session into the browser's cookie, out of reach of scripts and of other sites' forms."""
    age = int(sessions.LASTS.total_seconds())
    response.set_cookie(COOKIE, token, max_age=age, httponly=True, samesite="lax", secure=secure, path="/")


def forget_session(response: Response, *, secure: bool) -> None:
    """Take the cookie back."""
    response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=secure, path="/")
