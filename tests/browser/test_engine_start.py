"""How the engine's files arrive: counted in bytes while the reader waits, and never used when they were altered."""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import ELSEWHERE, ENGINE_READY_MS, SITE, TRUST, Register, Trainee

SNAPSHOT, ASSEMBLY, LIBRARY = r"/snapshot-\w+\.bin$", r"\.wasm$", r"/python_stdlib-\w+\.zip$"
STARTED_FROM = "localStorage.getItem('clearpost.engine')"
BYTES = re.compile(r"Loading the training: (?P<arrived>[\d.]+) of (?P<of>[\d.]+) MB")


@pytest.fixture
def trainee(page: Page, register: Register) -> Trainee:
    return Trainee(page, register.training(TRUST), register.course(TRUST))


def altered(page: Page, pattern: str, times: int) -> Callable[[], int]:
    """Turn over one bit of a file, the first few times it is asked for; return how often it was."""
    asked = []

    def alter(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) > times:
            return route.continue_()
        answer = route.fetch()
        body = bytearray(answer.body())
        body[len(body) // 2] ^= 1
        headers = {"Content-Type": answer.headers["content-type"]}
        return route.fulfill(status=200, headers=headers, body=bytes(body))

    page.context.route(re.compile(pattern), alter)
    return lambda: len(asked)


def engine_answers(trainee: Trainee) -> str:
    """Answer a question and return from which file the engine had started."""
    trainee.arrive()
    trainee.answer()
    expect(trainee.feedback).to_contain_text("Right.")
    return str(trainee.page.evaluate(STARTED_FROM))


def has_been_here(page: Page, register: Register) -> None:
    """Start the engine in another trust's training; the browser then has to fetch its files once more."""
    engine_answers(Trainee(page, register.training(ELSEWHERE), register.course(ELSEWHERE)))
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")


@pytest.mark.parametrize("visit", ["first", "later"])
@pytest.mark.parametrize("pattern", [SNAPSHOT, ASSEMBLY])
def test_a_file_altered_on_the_way_is_refused_and_fetched_again(
    trainee: Trainee, page: Page, register: Register, pattern: str, visit: str
) -> None:
    if visit == "later":
        has_been_here(page, register)
    asked = altered(page, pattern, times=1)
    assert re.search(SNAPSHOT, engine_answers(trainee))
    assert asked() == 2


@pytest.mark.parametrize("visit", ["first", "later"])
def test_an_image_that_cannot_be_used_is_replaced_by_the_ordinary_start(
    trainee: Trainee, page: Page, register: Register, visit: str
) -> None:
    if visit == "later":
        has_been_here(page, register)
    altered(page, SNAPSHOT, times=100)
    assert re.search(LIBRARY, engine_answers(trainee))


def test_an_engine_altered_for_good_is_never_run(trainee: Trainee, page: Page) -> None:
    page.context.route(re.compile("/api/"), lambda route: route.fulfill(status=404, body="not found"))
    altered(page, ASSEMBLY, times=100)
    trainee.arrive()
    expect(trainee.fault).to_contain_text("The training could not start in this browser.", timeout=ENGINE_READY_MS)
    assert page.evaluate(STARTED_FROM) is None


# How often the worker has a module of WebAssembly made while the page waits; Pyodide itself needs a few.
COUNTED = """const said = new BroadcastChannel("modules"), Module = WebAssembly.Module;
  WebAssembly.Module = new Proxy(Module, {
    construct(made, given) { said.postMessage("made"); return new made(...given); }
  });"""
COUNT = """globalThis.modulesMade = 0;
  new BroadcastChannel("modules").addEventListener("message", () => modulesMade++);"""
JOINED = """async () => {
  const { joinFunctions } = await import("/assets/training/joined-functions.mjs");
  const table = new WebAssembly.Table({ element: "anyfunc", initial: 5 });
  const called = [];
  const given = ["v", "iip", "jj", "dfd"].map((sig) => Object.assign((...args) => {
    called.push([sig, ...args.map(String)]);
    return { i: -1, j: 1n << 40n, d: 0.5 }[sig[0]];
  }, { sig }));
  const end = joinFunctions(given.map(({ sig }) => sig));
  given.forEach((one, n) => table.set(n, one));
  table.set(4, table.get(1));
  end();
  let refused = null;
  try { table.set(0, given[0]); } catch (error) { refused = error.name; }
  const asked = [[], [2, 3], [1n << 50n], [0.25, 1e300], [7, 8]];
  const back = asked.map((args, n) => table.get(n)(...args));
  return { called, back: back.map(String), refused };
}"""


def test_the_functions_of_the_table_are_made_all_at_once(trainee: Trainee, page: Page) -> None:
    def counted(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=f"{COUNTED}\n{answer.text()}")

    page.context.route(re.compile("engine-worker"), counted)
    page.add_init_script(COUNT)
    assert re.search(SNAPSHOT, engine_answers(trainee))
    assert 0 < page.evaluate("modulesMade") < 10


def test_a_joined_function_takes_and_gives_numbers_of_every_kind(trainee: Trainee, page: Page) -> None:
    trainee.arrive()
    assert page.evaluate(JOINED) == {
        "called": [["v"], ["iip", "2", "3"], ["jj", str(2**50)], ["dfd", "0.25", "1e+300"], ["iip", "7", "8"]],
        "back": ["undefined", "-1", str(2**40), "0.5", "-1"],
        "refused": "TypeError",
    }


class SlowHost(SimpleHTTPRequestHandler):
    """The built site, compressed; of the memory image only the first half comes until `rest` is set."""

    protocol_version = "HTTP/1.1"
    rest: Event

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path.partition("?")[0]))
        file = file / "index.html" if file.is_dir() else file
        compressed = file.with_name(f"{file.name}.br")
        if not file.is_file():
            return self.send_error(404)
        body = (compressed if compressed.is_file() else file).read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Length", str(len(body)))
        if compressed.is_file():
            self.send_header("Content-Encoding", "br")
        self.end_headers()
        half = len(body) // 2
        self.wfile.write(body[:half])
        self.wfile.flush()
        if re.search(SNAPSHOT, self.path):
            self.rest.wait(60)
        self.wfile.write(body[half:])
        return None

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def slow_host() -> Iterator[tuple[str, Event]]:
    rest = Event()
    handler = type("Host", (SlowHost,), {"rest": rest})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(SITE)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", rest
    finally:
        rest.set()
        server.shutdown()


def test_whoever_waits_sees_how_many_bytes_have_come(
    page: Page, register: Register, slow_host: tuple[str, Event]
) -> None:
    url, rest = slow_host
    trainee = Trainee(page, f"{url}/handbook/{TRUST}/training/", register.course(TRUST))
    trainee.arrive()
    loading = page.locator(".loading")
    engine = SITE / "assets" / "engine"
    manifest = json.loads((engine / "manifest.json").read_text(encoding="utf-8"))
    sizes = [
        (SITE / f"{path}.br".lstrip("/")).stat().st_size
        for path in (manifest["snapshot"], f"{manifest['pyodide']}pyodide.asm.wasm")
    ]
    expect(loading).to_contain_text(f"of {sum(sizes) / 1e6:.1f} MB")
    found = BYTES.search(loading.inner_text())
    assert found
    assert 0 < float(found["arrived"]) < float(found["of"])
    expect(loading.get_by_role("progressbar", name="Loading the training")).to_have_attribute("max", str(sum(sizes)))
    trainee.choose(trainee.right_key())
    rest.set()
    trainee.check()
    expect(trainee.feedback).to_contain_text("Right.", timeout=ENGINE_READY_MS)
    expect(loading).to_be_hidden()
