"""A program that is told of changes: a real web server that sometimes does not do what it should."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any

CUT_OFF = 0


@dataclass
class Receiver:
    """What has come in, and the answers to give next: a status, or CUT_OFF for none; after them always 200."""

    address: str
    answers: list[int] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    came: Condition = field(default_factory=Condition)

    @property
    def said(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.got]

    @property
    def kinds(self) -> list[str]:
        return [str(one["type"]) for one in self.said]

    def wait_for(self, number: int) -> bool:
        with self.came:
            return self.came.wait_for(lambda: len(self.got) >= number, 60)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Give a server at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            answer = receiver.answers.pop(0) if receiver.answers else 200
            with receiver.came:
                receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                receiver.came.notify_all()
            if answer == CUT_OFF:
                self.connection.close()
                return
            self.send_response(answer)
            if 300 <= answer < 400:
                self.send_header("location", receiver.address + "elsewhere")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(f"http://127.0.0.1:{server.server_port}/")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
