"""The register as one application: the API, the pages, and the site under them."""

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from quiz.nearest import suggestion
from register import oidc, readiness, secret_files, trusts
from register.api import attempts, consult, me, play, tickets
from register.bodies import LargestBody
from register.courses import Shelf
from register.database import Database
from register.days import Clock, utc_now
from register.desk import AtDesk, Desk, wording
from register.doorway import from_our_pages
from register.gate import within_scope
from register.headers import ProtectiveHeaders
from register.logs import RequestLog
from register.pace import Pace
from register.pages import (
    accounts,
    certificate,
    errors,
    holds,
    links,
    manage,
    messages,
    my,
    people,
    posting_rights,
    schools,
    sessions,
    sign_in,
    sign_in_with,
    staff_lists,
    verify,
)
from register.pages.page import see
from register.refusals import Refused
from register.repeating import Repeated
from register.secret_files import SecretExposed
from register.services import SettingsWrong
from register.settings import Settings
from register.site import Site

LARGEST_BODY = 1_000_000
PLACES = ("/my", "/manage", "/sign-in", "/verify/{code}")
ROUTERS = (
    me, tickets, attempts, play, consult, sign_in, my, certificate, verify,
    manage, posting_rights, accounts, holds, links, messages, sessions, sign_in_with, people, schools, staff_lists,
)  # fmt: skip


def create_app(settings: Settings, clock: Clock = utc_now) -> FastAPI:
    """Return the application for a migrated database and a built site.

    Raises SiteMissing if there is no site, CourseUnusable for a course that was changed after it was built, and
    SettingsWrong for settings that do not fit.
    """
    site = Site(settings.site)
    desk = Desk(settings, clock, Database.at(settings), Shelf(settings.site), wording(), _secret(settings))
    _check_providers(settings, desk.shelf)
    with desk.database.writing() as db:
        trusts.enrol(db, desk.shelf.names())
    app = FastAPI(
        title="Clear to Post",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        dependencies=[Depends(from_our_pages), Depends(within_scope)],
        # It would lead to whatever host the request names, and off https behind a proxy.
        redirect_slashes=False,
    )
    app.state.desk = desk
    app.state.pace = Pace()
    app.state.directory = oidc.Directory()
    for module in ROUTERS:
        app.include_router(module.router)
    for place in PLACES:
        app.add_api_route(place, with_slash, include_in_schema=False)
    app.add_api_route("/healthz", health, include_in_schema=False)
    app.add_api_route("/readyz", ready, include_in_schema=False)
    app.add_exception_handler(Refused, errors.on_refused)
    app.add_exception_handler(HTTPException, errors.on_http_error)
    app.add_exception_handler(RequestValidationError, errors.on_invalid)
    for trouble in (DBAPIError, NoConnectionFree):
        app.add_exception_handler(trouble, errors.on_database_error)
    # The outermost is added last.
    app.add_middleware(Repeated, owner=app)
    app.add_middleware(LargestBody, most=LARGEST_BODY, most_at={"/manage/staff-lists/": staff_lists.LARGEST_FILE})
    app.add_middleware(errors.LastResort, owner=app)
    app.add_middleware(ProtectiveHeaders, https=settings.secure_cookies)
    app.add_middleware(RequestLog)
    if settings.proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.proxies))
    # Not mounted: a mount would answer wrong methods and missing slashes of the register's own addresses with 404.
    app.router.default = site
    return app


def with_slash(request: Request) -> Response:
    """Lead to the page of an address that lacks its last slash."""
    return see(f"{request.url.path}/" + (f"?{request.url.query}" if request.url.query else ""))


def health() -> dict[str, bool]:
    """Say that this process runs; whether it should be sent requests is another question (see `ready`)."""
    return {"ok": True}


def ready(desk: AtDesk) -> Response:
    """Say whether the register can take requests: 503 and the reason if it cannot."""
    trouble = readiness.trouble(desk.database)
    return JSONResponse({"ok": trouble is None} | ({"why": trouble} if trouble else {}), 503 if trouble else 200)


def _secret(settings: Settings) -> bytes:
    try:
        return secret_files.secret(settings.data, "secret.key")
    except SecretExposed as exposed:
        raise SettingsWrong(str(exposed)) from exposed


def _check_providers(settings: Settings, shelf: Shelf) -> None:
    for one in settings.providers:
        if one.trust not in shelf.trusts():
            near = suggestion(one.trust, shelf.trusts())
            raise SettingsWrong(f"sign_in.{one.name}.trust is {one.trust!r}, which this register does not serve{near}")
