"""What does the register write into its log? One JSON object a line, with nothing in it about any person.

Addresses people open hold sign-in links and codes, and the texts of errors hold what somebody typed: neither is logged.
"""

import json
import logging
import time
from datetime import UTC, datetime
from traceback import extract_tb
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("register.requests")

# The handbook's pages and files have no route of their own.
OF_THE_SITE = "(site)"


class JsonLines(logging.Formatter):
    """Writes a record as one line; of an exception its kinds and its places in the code."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        said |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1]:
            said["error"] = _errors(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False)


class RequestLog:
    """Writes a line for each request: the kind of address, what came of it, and how long it took."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def send_noting(message: "Message") -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        finally:
            milliseconds = round((time.perf_counter() - started) * 1000, 1)
            facts = {"method": scope["method"], "route": route_in(scope), "status": status, "ms": milliseconds}
            log.info("request", extra={"facts": facts})


def configure(stream: TextIO, level: str) -> None:
    """Write the logs of this process to a stream, from this level on: debug, info, warning or error."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    # It tells at this level with whom it talks and what it asks for: links and codes among that.
    for name in ("urllib3", "httpx", "sqlalchemy"):
        logging.getLogger(name).setLevel(logging.WARNING)


def route_of(request: "Request") -> str:
    """Return the kind of address a request came to, without what stands in it."""
    return route_in(request.scope)


def route_in(scope: "Scope") -> str:
    """Return the kind of address of a request's scope, without what stands in it."""
    return getattr(scope.get("route"), "path", OF_THE_SITE)


def _errors(error: BaseException) -> list[dict[str, object]]:
    """Return an error and those that caused it; the outermost first."""
    # Whoever only looks after the processes that serve writes logs too, and has no database.
    from sqlalchemy.exc import DBAPIError

    found: list[dict[str, object]] = []
    one: BaseException | None = error
    while one is not None:
        said: dict[str, object] = {"kind": type(one).__name__}
        if isinstance(one, DBAPIError):
            # The first line says what is wrong. The rows it is wrong with stand in the next ones.
            said["says"] = str(one.orig).partition("\n")[0]
        said["at"] = [f"{place.filename}:{place.lineno} {place.name}" for place in extract_tb(one.__traceback__)]
        found.append(said)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return found
