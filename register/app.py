"""The register as one application: the API, the pages, and the site under them."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from quiz.nearest import suggestion
from register import messenger, readiness, secret_files, signatures, trusts
from register.api import attempts, consult, me, play, rights, tickets
from register.bodies import LargestBody
from register.courses import Shelf
from register.database import Database
from register.days import Clock, utc_now
from register.desk import AtDesk, Desk, wording
from register.doorway import from_our_pages, kept_in_words
from register.gate import within_scope
from register.headers import ProtectiveHeaders
from register.limits import Pace
from register.logs import RequestLog
from register.pages import (
    accounts,
    care,
    certificate,
    completion_list,
    connections,
    errors,
    feeds,
    handovers,
    holds,
    links,
    manage,
    messages,
    my,
    own_data,
    people,
    posting_rights,
    recertification,
    requests,
    schools,
    sessions,
    sign_in,
    sign_in_with,
    signing_key,
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
    me, rights, tickets, attempts, play, consult, sign_in, my, own_data, certificate, verify,
    manage, posting_rights, requests, care, accounts, holds, handovers, connections,
    links, messages, sessions, sign_in_with, people, schools, staff_lists,
    completion_list, recertification, feeds, signing_key,
)  # fmt: skip


def create_app(settings: Settings, clock: Clock = utc_now) -> FastAPI:
    """Return the application for a migrated database and a built site.

    Raises SiteMissing if there is no site, CourseUnusable for a course that was changed after it was built, and
    SettingsWrong for settings that do not fit.
    """
    site = Site(settings.site)
    secret, signing = _secrets(settings)
    desk = Desk(settings, clock, Database.at(settings), Shelf(settings.site), wording(), secret, signing)
    _check_providers(settings, desk.shelf)
    with desk.database.writing() as db:
        trusts.enrol(db, desk.shelf.names())
    app = FastAPI(
        title="Clear to Post",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        dependencies=[Depends(one) for one in (kept_in_words, from_our_pages, within_scope, messenger.woken)],
        lifespan=messenger.working,
        # It would lead to whatever host the request names, and off https behind a proxy.
        redirect_slashes=False,
    )
    app.state.desk = desk
    app.state.messenger = messenger.Messenger(desk)
    app.state.pace = Pace()
    if settings.providers:
        # It takes memory in every process that serves.
        from register import oidc

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


def health() -> dict[str, bool]:
    """Say that this process runs; whether it should be sent requests is another question (see `ready`)."""
    return {"ok": True}


def ready(desk: AtDesk) -> Response:
    """Say whether the register can take requests: 503 and the reason if it cannot."""
    trouble = readiness.trouble(desk.database)
    return JSONResponse({"ok": trouble is None} | ({"why": trouble} if trouble else {}), 503 if trouble else 200)


def _secrets(settings: Settings) -> tuple[bytes, Ed25519PrivateKey]:
    try:
        return secret_files.secret(settings.data, "secret.key"), signatures.signing_key(settings.data)
    except SecretExposed as exposed:
        raise SettingsWrong(str(exposed)) from exposed


def _check_providers(settings: Settings, shelf: Shelf) -> None:
    for one in settings.providers:
        if one.trust not in shelf.trusts():
            near = suggestion(one.trust, shelf.trusts())
            raise SettingsWrong(f"sign_in.{one.name}.trust is {one.trust!r}, which this register does not serve{near}")
