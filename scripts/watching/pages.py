"""How does an open page learn that it has been built again? A script in it asks the same server every second."""

from collections.abc import Callable
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scripts.watching.watch import State

HERE = Path(__file__).parent
SCRIPT, STATE, WORKER = "/watch/reload.mjs", "/watch/state.json", "/service-worker.js"
TAG = f'<script type="module" src="{SCRIPT}"></script>'.encode()
# Whoever writes wants to see what there is now, never what was kept.
UNSET = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")


class WatchedPages:
    """The application with that script in its pages, and without the worker that keeps pages for offline use."""

    def __init__(self, app: ASGIApp, state: Callable[[], State]) -> None:
        self._app = app
        self._state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what the script asks, or pass the request on and put the script into a page."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        own = self._own(Request(scope).url.path)
        if own:
            own.headers["Cache-Control"] = "no-store"
            await own(scope, receive, send)
            return
        plain = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in UNSET]}
        await self._app(plain, receive, _WithScript(send))

    def _own(self, path: str) -> Response | None:
        if path == STATE:
            return JSONResponse(self._state().as_json())
        if path == SCRIPT:
            return FileResponse(HERE / "reload.mjs", media_type="text/javascript")
        if path == WORKER:
            return FileResponse(HERE / "no-worker.js", media_type="text/javascript")
        return None


class _WithScript:
    """Sends an answer on; a page is held back until it is whole, and gets the script at its end."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Cache-Control"] = "no-store"
            if Headers(scope=message).get("content-type", "").startswith("text/html"):
                self._start = message
                return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body"):
            page = self._body.replace(b"</body>", TAG + b"</body>", 1) if self._body else b""
            headers = MutableHeaders(scope=self._start)
            if page:
                headers["Content-Length"] = str(len(page))
            await self._send(self._start)
            await self._send({"type": "http.response.body", "body": page})
