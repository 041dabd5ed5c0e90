"""The register as one application: the API, the pages, and the site under them."""

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.exceptions import HTTPException

from register import trusts
from register.api import attempts, consult, me, play, tickets
from register.bodies import LargestBody
from register.courses import Shelf
from register.database import Database
from register.days import Clock, utc_now
from register.desk import AtDesk, Desk, wording
from register.doorway import from_our_pages
from register.headers import ProtectiveHeaders
from register.pace import Pace
from register.pages import accounts, certificate, errors, holds, links, manage, my, posting_rights, sign_in, verify
from register.pages.page import see
from register.refusals import Refused
from register.settings import Settings
from register.site import Site

LARGEST_BODY = 1_000_000
PLACES = ("/my", "/manage", "/sign-in", "/verify/{code}")
ROUTERS = (
    me, tickets, attempts, play, consult, sign_in, my, certificate, verify,
    manage, posting_rights, accounts, holds, links,
)  # fmt: skip


def create_app(settings: Settings, clock: Clock = utc_now) -> FastAPI:
    """Return the application for a migrated database and a built site.

    Raises SiteMissing if there is no site, CourseUnusable for a course that was changed after it was built.
    """
    site = Site(settings.site)
    desk = Desk(settings, clock, Database.at(settings), Shelf(settings.site), wording())
    with desk.database.writing() as db:
        trusts.enrol(db, desk.shelf.names())
    app = FastAPI(
        title="Clear to Post",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        dependencies=[Depends(from_our_pages)],
        # It would lead to whatever host the request names, and off https behind a proxy.
        redirect_slashes=False,
    )
    app.state.desk = desk
    app.state.pace = Pace()
    for module in ROUTERS:
        app.include_router(module.router)
    for place in PLACES:
        app.add_api_route(place, with_slash, include_in_schema=False)
    app.add_api_route("/healthz", health, include_in_schema=False)
    app.add_exception_handler(Refused, errors.on_refused)
    app.add_exception_handler(HTTPException, errors.on_http_error)
    app.add_exception_handler(RequestValidationError, errors.on_invalid)
    for trouble in (OperationalError, NoConnectionFree):
        app.add_exception_handler(trouble, errors.on_database_error)
    # The outermost is added last.
    app.add_middleware(LargestBody, most=LARGEST_BODY)
    app.add_middleware(errors.LastResort, owner=app)
    app.add_middleware(ProtectiveHeaders, https=settings.secure_cookies)
    # Not mounted: a mount would answer wrong methods and missing slashes of the register's own addresses with 404.
    app.router.default = site
    return app


def enrol(settings: Settings) -> None:
    """Enrol the trusts of a site that has been built anew; whoever is enrolled stays as they are."""
    database = Database.at(settings)
    try:
        with database.writing() as db:
            trusts.enrol(db, Shelf(settings.site).names())
    finally:
        database.engine.dispose()


def with_slash(request: Request) -> Response:
    """Lead to the page of an address that lacks its last slash."""
    return see(f"{request.url.path}/" + (f"?{request.url.query}" if request.url.query else ""))


def health(desk: AtDesk) -> dict[str, bool]:
    """Say that the register runs and reaches its database."""
    with desk.database.reading() as db:
        db.execute(text("SELECT 1 FROM trusts LIMIT 1"))
    return {"ok": True}
