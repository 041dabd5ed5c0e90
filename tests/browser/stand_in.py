"""A small site and register for the trainer's tests; goes as soon as the built site and the real register serve."""

import json
import shutil
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from zipfile import ZIP_DEFLATED, ZipFile

from quiz.attempts import NotAsked
from quiz.courses import canonical, digest
from quiz.engine import play

ROOT = Path(__file__).parents[2]
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
RUNTIME = "/assets/runtime/314.0.7/"
TRUST = "cockburn"
SHELL = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Training · Clear to Post</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/clearpost.css"><script type="module" src="/assets/training.mjs"></script></head>
<body><header class="site-header"><a href="/">Clear to Post</a></header>
<main class="page"><h1>Training</h1><h2>Answer the questions</h2>
<div id="training" class="training" data-trust="{trust}" data-course="/handbook/{trust}/course.json"
 data-engine-manifest="/assets/engine/manifest.json">
<div class="progress"><p class="progress-text">Question 1 of {total}</p>
<progress value="0" max="{total}" aria-label="Questions answered"></progress></div>
<form class="question" data-question-id="{id}"><p class="story">{story}</p>
<fieldset><legend>{asks}</legend>{options}</fieldset>
<button class="button" type="submit">Check my answer</button></form>
<div class="feedback" role="status" tabindex="-1" hidden></div>
</div></main></body></html>"""
OPTION = '<label class="option"><input type="radio" name="answer" value="{key}" required> <span>{text}</span></label>'


def course() -> dict[str, Any]:
    """Return the course data of the stand-in, in the shape `course.json` has."""
    data = json.loads((Path(__file__).parent / "stand_in_course.json").read_text())
    return {**data, "digest": digest(data)}


def write_site(folder: Path) -> None:
    """Write the training page with everything it loads."""
    data = course()
    files = {
        f"handbook/{TRUST}/course.json": canonical(data),
        f"handbook/{TRUST}/training/index.html": training_page(data),
        "assets/engine/manifest.json": canonical({"pyodide": RUNTIME, "engine": "/assets/engine/quiz-0.zip"}),
        "index.html": "<!doctype html><title>Clear to Post</title>",
        "sign-in/index.html": "<!doctype html><title>Sign in</title><h1>Sign in</h1>",
        "my/index.html": "<!doctype html><title>My training</title><h1>My training</h1>",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "docs" / "assets", folder / "assets", dirs_exist_ok=True)
    shutil.copytree(ROOT / "node_modules" / "pyodide", folder / RUNTIME.strip("/"))
    shutil.copytree(
        ROOT / "node_modules/@fontsource-variable/atkinson-hyperlegible-next/files", folder / "assets/fonts"
    )
    with ZipFile(folder / "assets" / "engine" / "quiz-0.zip", "w", ZIP_DEFLATED) as archive:
        for module in sorted((ROOT / "quiz").rglob("*.py")):
            archive.write(module, module.relative_to(ROOT))


def training_page(data: dict[str, Any]) -> str:
    """Return the page with the course's first question in it."""
    state = json.loads(play(canonical(data), "", "[]"))
    question = state["question"]
    options = [OPTION.format(key=escape(one["key"]), text=escape(one["text"])) for one in question["options"]]
    texts = {name: escape(question[name]) for name in ("id", "story", "asks")}
    return SHELL.format(trust=TRUST, total=state["total"], options="".join(options), **texts)


class Server(ThreadingHTTPServer):
    """Takes no notice of tabs that close in the middle of an answer."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep the test output quiet."""


class Site(SimpleHTTPRequestHandler):
    """Serves the folder with the product's headers, and the three addresses of the register the page uses.

    Whoever has a cookie `session=<trust>` is signed in and belongs to that trust.
    """

    protocol_version = "HTTP/1.1"
    tickets: ClassVar[dict[str, dict[str, Any] | None]] = {}

    @classmethod
    def of(cls, folder: Path) -> partial["Site"]:
        """Return the handler for a folder."""
        return partial(cls, directory=str(folder))

    def end_headers(self) -> None:
        """Add the headers every answer has."""
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "max-age=31536000" if RUNTIME in self.path else "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test output quiet."""

    def do_GET(self) -> None:
        """Answer with a file, or with who is signed in."""
        if self.path != "/api/me":
            super().do_GET()
        elif self._trust:
            self._answer(200, {"person": {"trust": self._trust, "first_name": "Ada"}, "completion": None})
        else:
            self._refuse(401, "signed-out", "Sign in to have your training recorded.")

    def do_POST(self) -> None:
        """Give a ticket, or grade an attempt again."""
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["X-CSRF"] != "1":
            self._refuse(403, "forged", "This request does not come from the training page.")
        elif not self._trust:
            self._refuse(401, "signed-out", "Sign in to have your training recorded.")
        elif self.path == "/api/tickets":
            ticket = f"ticket-{len(self.tickets) + 1}"
            self.tickets[ticket] = None
            self._answer(201, {"ticket": ticket, "seed": ticket, "course_digest": json.loads(self._course)["digest"]})
        else:
            self._record(sent)

    def _record(self, sent: dict[str, Any]) -> None:
        ticket = sent["ticket"]
        if ticket not in self.tickets:
            self._refuse(409, "ticket-unknown", "This attempt is not known here. Start again.")
        elif (known := self.tickets[ticket]) is not None:
            self._answer(200, known)
        else:
            self._grade(ticket, sent["answers"])

    def _grade(self, ticket: str, answers: list[dict[str, str]]) -> None:
        try:
            result = json.loads(play(self._course, ticket, json.dumps(answers)))["result"]
        except NotAsked as error:
            self._refuse(409, "not-asked", str(error))
            return
        completion = {"passed_on": "2026-11-21", "expires_on": "2027-11-21"} if result["passed"] else None
        receipt = {"attempt": f"R-{ticket}", "result": result, "completion": completion}
        self.tickets[ticket] = receipt
        self._answer(201, receipt)

    @property
    def _course(self) -> str:
        return (Path(self.directory) / "handbook" / TRUST / "course.json").read_text(encoding="utf-8")

    @property
    def _trust(self) -> str:
        return self.headers.get("Cookie", "").removeprefix("session=")

    def _refuse(self, status: int, code: str, says: str) -> None:
        self._answer(status, {"error": {"code": code, "says": says}})

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        text = json.dumps(body).encode()
        self.send_response(HTTPStatus(status))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
