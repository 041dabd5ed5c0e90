"""What a person or a program is told when something cannot be done."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from register import database
from register.courses import CourseUnusable
from register.doorway import SAFE
from register.logs import route_in, route_of
from register.pages.page import page, see
from register.refusals import NotFound, Refused, SignedOut

log = logging.getLogger("register")

SAYS = {
    400: "We could not read what was sent. Go back and try again.",
    404: NotFound().says,
    405: "This address does not do that. Go back and use the buttons on the page.",
    413: "That was too much to send at once.",
    429: "You have asked for a lot in a short time. Wait a moment and try again.",
    500: "Something went wrong on our side. Nothing is lost that was confirmed. Try again in a minute.",
}
TITLES = {
    401: "Sign in first",
    403: "You cannot do this",
    404: "This page is not here",
    429: "Wait a moment",
}
CODES = {
    400: "not-understood",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    429: "too-many",
    500: "server-error",
}
# Of the mistakes in what a program sent.
MOST_NAMED = 3


def answer(request: Request, refused: Refused) -> Response:
    """Return a refusal: JSON of one shape for programs, a page in words for people."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"code": refused.code, "says": refused.says}}, refused.status)
    if isinstance(refused, SignedOut):
        return see("/sign-in/")
    title = TITLES.get(refused.status, "That did not work")
    return page(request.app.state.desk, None, "error.html", {"title": title, "says": refused.says}, refused.status)


async def on_refused(request: Request, error: Exception) -> Response:
    """Answer what the register itself refuses."""
    assert isinstance(error, Refused)
    if isinstance(error, CourseUnusable):
        log.error("%s", error)
    return answer(request, error)


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer what the framework refuses: no such address, no such method."""
    assert isinstance(error, HTTPException)
    says = SAYS.get(error.status_code, f"{HTTPStatus(error.status_code).phrase}. Go back and try again.")
    response = answer(request, Refused(error.status_code, CODES.get(error.status_code, "refused"), says))
    response.headers.update(error.headers or {})
    return response


async def on_invalid(request: Request, error: Exception) -> Response:
    """Answer what does not have the right shape, with the name of each field."""
    assert isinstance(error, RequestValidationError)
    if request.url.path.startswith("/api/"):
        found = [_mistake(one) for one in error.errors()]
        more = [f"and {len(found) - MOST_NAMED} more"] if len(found) > MOST_NAMED else []
        named = "; ".join(found[:MOST_NAMED] + more)
        return answer(request, Refused(422, "not-understood", f"We could not read what was sent ({named})."))
    return answer(request, NotFound())


def _mistake(one: Mapping[str, Any]) -> str:
    """Return what is wrong, after the field's name; what is no JSON has no fields, only a position in the text."""
    field = "" if one["type"] == "json_invalid" else ".".join(map(str, one["loc"][1:]))
    return f"{field}: {one['msg']}" if field else str(one["msg"])


async def on_database_error(request: Request, error: Exception) -> Response:
    """Answer when another program holds the database for too long, or it cannot be used.

    Anything else is a mistake of ours, or to be done again (see `register.repeating`).
    """
    assert isinstance(error, SQLAlchemyError)
    undone = database.is_to_be_repeated(error)
    # What is only looked at is not done again: whoever asked does that.
    if database.is_busy(error) or (undone and request.method in SAFE):
        log.warning("%s %s: the database is locked by another program", request.method, route_of(request))
        return busy(request)
    wrong = database.trouble(error)
    if undone or wrong is None:
        raise error
    log.error("%s %s: the database cannot be used: %s", request.method, route_of(request), wrong)
    says = "The register cannot use its records just now, and nothing was recorded. Tell whoever runs it."
    return answer(request, Refused(503, "records-unusable", says))


def busy(request: Request) -> Response:
    """Answer that it should be tried again a little later."""
    says = "The register is busy just now, and nothing was recorded. Try again in a minute."
    response = answer(request, Refused(503, "busy", says))
    response.headers["Retry-After"] = "60"
    return response


class LastResort:
    """Turns a mistake of ours into a page or JSON in words; the traceback goes into the log and nowhere else."""

    def __init__(self, app: ASGIApp, *, owner: FastAPI) -> None:
        self._app = app
        self._owner = owner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer it here if nobody else could."""
        started = False

        async def send_noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        except Exception:
            if scope["type"] != "http" or started:
                raise
            log.exception("%s %s failed", scope["method"], route_in(scope))
            scope["app"] = self._owner
            response = answer(Request(scope), Refused(500, CODES[500], SAYS[500]))
            await response(scope, receive, send)
