"""What if PostgreSQL undoes a request's changes because another program got in between? The whole request again."""

from fastapi import FastAPI, Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from register import database
from register.doorway import SAFE
from register.pages.errors import busy

MOST = 5


class Repeated:
    """Does what changes something again, from its first byte, when the database has undone all of it."""

    def __init__(self, app: ASGIApp, *, owner: FastAPI) -> None:
        self._app = app
        self._owner = owner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, up to five times; then say that the register is busy."""
        if scope["type"] != "http" or scope["method"] in SAFE:
            await self._app(scope, receive, send)
            return
        read: list[Message] = []
        for _ in range(MOST):
            fresh = dict(scope)
            try:
                await self._app(fresh, _from_the_first(read, receive), send)
            except SQLAlchemyError as error:
                # It comes here before anything was answered: the answer is made after the changes are durable.
                if not database.is_to_be_repeated(error):
                    raise
            else:
                return
            finally:
                # The log names the kind of address, which is found further in.
                scope["route"] = fresh.get("route")
        scope["app"] = self._owner
        await busy(Request(scope))(scope, receive, send)


def _from_the_first(read: list[Message], receive: Receive) -> Receive:
    """Return what gives again all that was read before, then the rest; what is new is added to `read`."""
    known = iter(list(read))

    async def next_message() -> Message:
        message = next(known, None)
        if message is None:
            message = await receive()
            read.append(message)
        return message

    return next_message
