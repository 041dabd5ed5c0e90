"""A provider that lies: it says of anybody what a test tells it to say, rightly signed or not."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

RSA = RSAKey.generate_key(2048, parameters={"kid": "first"}, auto_kid=False)
OTHER_RSA = RSAKey.generate_key(2048, parameters={"kid": "first"}, auto_kid=False)
LATER_RSA = RSAKey.generate_key(2048, parameters={"kid": "later"}, auto_kid=False)


# It publishes its keys as it should.
RIGHTLY = object()


@dataclass
class Liar:
    """What it answers; `claims` go into the token, `key` signs it, `keys` are those it publishes."""

    issuer: str
    claims: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSA)
    keys: list[RSAKey] = field(default_factory=lambda: [RSA])
    published: object = RIGHTLY
    answers_with: Callable[["Liar"], Mapping[str, object]] | None = None
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> object:
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                **self.metadata,
            }
        if path == "/keys":
            return KeySet(list(self.keys)).as_dict(private=False) if self.published is RIGHTLY else self.published
        return self.answers_with(self) if self.answers_with else self._token()

    def _token(self) -> Mapping[str, str]:
        header = {"alg": "RS256", "kid": self.key.kid}
        id_token = jwt.encode(header, self.claims, self.key)
        return {"access_token": "x", "token_type": "Bearer", "id_token": id_token}


@contextmanager
def lying() -> Iterator[Liar]:
    """Run one on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(liar.answer(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    liar = Liar(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield liar
    finally:
        server.shutdown()
        server.server_close()
