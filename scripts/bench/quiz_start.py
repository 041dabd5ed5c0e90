"""How soon can a question be read, and how soon does the engine answer? Measured in Chromium, cold and warm.

    python -m scripts.bench.quiz_start [ADDRESS] [--trust ID] [--runs N] [--json]

Without an address the built site is served from its folder, compressed as the register would serve it. Cold is a
browser profile nobody has used; warm is the same profile opening the page once more in a new tab.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from statistics import median
from threading import Thread
from typing import BinaryIO

from playwright.sync_api import BrowserContext, Playwright, Request, sync_playwright

from scripts.bench.report import show
from scripts.browser import find_chromium

SITE = Path(__file__).resolve().parents[2] / "site"
POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:"

FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
# Not Playwright's own waiting: it evaluates a string in the page, which the site's policy forbids.
ENGINE_READY = """() => new Promise((done) => new PerformanceObserver((list) => {
  for (const mark of list.getEntriesByName('engine-ready')) done(mark.startTime);
}).observe({ type: 'mark', buffered: true }))"""
CHECK_AN_ANSWER = """async () => {
  document.querySelector('input[name=answer]').click();
  const feedback = document.querySelector('.feedback');
  const shown = new Promise((done) => new MutationObserver(done).observe(feedback, { attributeFilter: ['hidden'] }));
  const asked = performance.now();
  document.querySelector('form.question').requestSubmit();
  await shown;
  return performance.now() - asked;
}"""
LABELS = {
    "first_question_ms": "first question painted, ms",
    "engine_ready_ms": "engine ready, ms",
    "first_answer_ms": "first answer explained, ms after the click",
    "on_the_wire_kb": "on the wire, kB",
}


@dataclass(frozen=True)
class Start:
    """One opening of the training page: milliseconds since it was asked for, and thousands of bytes."""

    first_question_ms: float
    engine_ready_ms: float
    first_answer_ms: float
    on_the_wire_kb: float


class Site(SimpleHTTPRequestHandler):
    """Serves a folder as the register does: compressed files where there are any, the runtime to be kept."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer with the brotli form of a file, if it lies beside it."""
        path = Path(self.translate_path(self.path))
        compressed = path.with_name(f"{path.name}.br")
        if "br" not in self.headers.get("Accept-Encoding", "") or not compressed.is_file():
            return super().send_head()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(compressed.stat().st_size))
        self.end_headers()
        return compressed.open("rb")

    def end_headers(self) -> None:
        """Add what the register adds."""
        kept = "/assets/runtime/" in self.path or self.path.endswith((".zip", ".bin"))
        self.send_header("Cache-Control", "public, max-age=31536000, immutable" if kept else "no-cache")
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the table is the output."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the folder while the block runs; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Site, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def opened(context: BrowserContext, address: str) -> Start:
    """Open the training page in a new tab, answer its first question once the engine is ready, and close it."""
    requests: list[Request] = []
    page = context.new_page()
    context.on("requestfinished", lambda request: requests.append(request))
    page.goto(address)
    ready = page.evaluate(ENGINE_READY)
    answered = page.evaluate(CHECK_AN_ANSWER)
    start = Start(
        first_question_ms=page.evaluate(FIRST_PAINT),
        engine_ready_ms=ready,
        first_answer_ms=answered,
        on_the_wire_kb=sum(on_the_wire(one) for one in requests) / 1000,
    )
    page.close()
    return start


def on_the_wire(request: Request) -> int:
    """Return how many bytes of body came over the network; what the browser had kept counts as none."""
    response = request.response()
    return request.sizes()["responseBodySize"] if response and response.status == 200 else 0


def measured(playwright: Playwright, address: str, runs: int) -> dict[str, list[Start]]:
    """Return every start, cold and warm in turn."""
    starts: dict[str, list[Start]] = {"cold": [], "warm": []}
    for _ in range(runs):
        with (
            tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
            playwright.chromium.launch_persistent_context(
                profile, executable_path=find_chromium(), args=["--no-sandbox"]
            ) as context,
        ):
            for name in starts:
                starts[name].append(opened(context, address))
    return starts


def medians(starts: list[Start]) -> dict[str, float]:
    """Return the median of each measure."""
    return {measure: round(median(getattr(one, measure) for one in starts), 1) for measure in LABELS}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("address", nargs="?", help="where the product runs, such as http://127.0.0.1:8000")
    parser.add_argument("--site", type=Path, default=SITE, help="the built site to serve without an address")
    parser.add_argument("--trust", default="cockburn", help="whose training to open")
    parser.add_argument("--runs", type=int, default=5, help="how often to start, cold and warm each")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    page = f"/handbook/{options.trust}/training/"
    if not options.address and not (options.site / page.strip("/") / "index.html").is_file():
        sys.exit(f"There is no training page in {options.site}: run `clearpost build` first.")
    with served(options.site) as local, sync_playwright() as playwright:
        starts = measured(playwright, (options.address or local).rstrip("/") + page, options.runs)
    results = {name: medians(all_starts) for name, all_starts in starts.items()}
    figures = {
        f"{name}: {LABELS[measure]}": value for name, start in results.items() for measure, value in start.items()
    }
    show(f"start of the training, median of {options.runs}", figures)


if __name__ == "__main__":
    main()
