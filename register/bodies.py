"""How much may be sent at once?"""

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class LargestBody:
    """Refuses what is larger, before more of it is read; `most_at` allows more at some addresses.

    The framework's own limit answers in plain text, past the register's headers and its one shape of errors.
    """

    def __init__(self, app: ASGIApp, *, most: int, most_at: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._most = most
        self._most_at = most_at or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; whoever reads too much of it gets HTTPException."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._most_at.get(scope["path"], self._most)
        announced = Headers(scope=scope).get("content-length", "")
        size = int(announced) if announced.isdecimal() else 0
        read = 0

        async def receive_counting() -> Message:
            nonlocal read
            if size > most:
                raise HTTPException(413)
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise HTTPException(413)
            return message

        await self._app(scope, receive_counting, send)
