"""Which headers protect every answer?"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
TELLING = ("/sign-in/", "/verify/", "/calendar/")
A_YEAR_OF_HTTPS = "max-age=31536000"


class ProtectiveHeaders:
    """Adds them; an answer that says nothing about being kept is not to be kept by anybody."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._protect(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self._app(scope, receive, send_protected)

    def _protect(self, headers: MutableHeaders, path: str) -> None:
        headers.update(ALWAYS)
        # A sign-in link or a certificate's code is in the address: nobody is told where its reader came from.
        headers["Referrer-Policy"] = "no-referrer" if path.startswith(TELLING) else "same-origin"
        headers.setdefault("Cache-Control", "no-store")
        if self._https:
            headers["Strict-Transport-Security"] = A_YEAR_OF_HTTPS
