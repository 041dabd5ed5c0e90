"""Serves a built site to a browser as the register does, and counts the bytes it sends."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Lock, Thread
from typing import BinaryIO

POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:"
# Files whose name changes with what is in them.
KEPT = ("/assets/runtime/", "/assets/engine/quiz-", "/assets/engine/python_", "/assets/engine/no_", "/plain/runtime/")


class Served:
    """A site being served: where, and how many bytes of bodies have been sent so far."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.bytes = 0
        self._lock = Lock()

    def count(self, size: int) -> None:
        """Add what a response carries."""
        with self._lock:
            self.bytes += size


class Answer(SimpleHTTPRequestHandler):
    """Answers with the compressed form of a file, if it lies beside it; files of the first folder go first."""

    protocol_version = "HTTP/1.1"
    # One packet at a time costs 40 ms on one machine.
    disable_nagle_algorithm = True

    def __init__(self, *args: object, folders: list[Path], counted: Served, **more: object) -> None:
        self.folders = folders
        self.counted = counted
        super().__init__(*args, directory=str(folders[-1]), **more)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """Return the file of the first folder that has one."""
        files = []
        for folder in self.folders:
            self.directory = str(folder)
            files.append(super().translate_path(path))
        return next((one for one in files if Path(one).exists()), files[-1])

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer with the brotli form, if the browser takes it; a folder is answered with its page."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path = path / "index.html"
        compressed = path.with_name(f"{path.name}.br")
        packed = compressed.is_file() and "br" in self.headers.get("Accept-Encoding", "")
        file = compressed if packed else path
        if not file.is_file():
            self.send_error(404)
            return None
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(file.stat().st_size))
        if packed:
            self.send_header("Content-Encoding", "br")
        self.end_headers()
        self.counted.count(file.stat().st_size)
        return file.open("rb")

    def end_headers(self) -> None:
        """Add what the register adds."""
        kept = self.path.startswith(KEPT) or self.path.endswith(".bin")
        self.send_header("Cache-Control", "public, max-age=31536000, immutable" if kept else "no-cache")
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the table is the output."""


@contextmanager
def served(*folders: Path) -> Iterator[Served]:
    """Serve the folders as one site while the block runs; what is in an earlier one hides the same in a later one."""
    counted = Served("")
    server = _Server(("127.0.0.1", 0), partial(Answer, folders=list(folders), counted=counted))
    counted.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield counted
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that has hung up."""
