"""How is the built handbook served?"""

from pathlib import Path
from re import compile as pattern
from typing import cast
from wsgiref.headers import Headers

from servestatic import ServeStaticASGI  # type: ignore[import-untyped]  # it ships no types
from starlette.datastructures import Headers as RequestHeaders
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

# Pyodide's folder bears its version, the engine a hash of what is in it.
NEVER_CHANGES = pattern(r"^/assets/(runtime/|engine/[^/]*\.(bin|zip)$)")
A_YEAR = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
TYPES = {
    # The name of the feed's file, not of every .xml.
    "feed.xml": "application/atom+xml",
    ".ics": "text/calendar",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}


class SiteMissing(RuntimeError):
    """There is no built site; the message is one line for whoever starts the register."""


class Site:
    """The folder of the site as an application; the folder may be replaced by a newer one at any time."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "index.html").is_file():
            raise SiteMissing(f"There is no built site in {folder}: run `clearpost build` first.")
        self._folder = folder.absolute()
        # Asked of the disk at every request (`autorefresh`): a list made once would outlive the build it lists.
        self._files = ServeStaticASGI(
            cast("ASGIApp", self._nothing_there),
            root=self._folder,
            autorefresh=True,
            index_file=True,
            allow_all_origins=False,
            max_age=None,
            mimetypes=TYPES,
            immutable_file_test=lambda _path, _url: False,
            add_headers_function=_say_how_long_to_keep,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the file at the request's path, or the site's own page for what is not there."""
        await self._files(scope, receive, send)

    async def _nothing_there(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = self._folder / "404.html"
        if scope["type"] == "http" and "text/html" in RequestHeaders(scope=scope).get("accept", "") and page.is_file():
            await HTMLResponse(page.read_text(encoding="utf-8"), 404)(scope, receive, send)
            return
        raise HTTPException(404)


def _say_how_long_to_keep(headers: Headers, _path: str, url: str) -> None:
    headers["Cache-Control"] = A_YEAR if NEVER_CHANGES.match(url) else ASK_AGAIN
