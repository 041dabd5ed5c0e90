"""How soon can a question be read, how soon does the engine answer, and how fast, in the browsers of this machine?

    python -m scripts.bench.quiz_start [--trust ID] [--runs N] [--browser NAME] [--json]

Four ways to start are taken in turn, each in a browser nobody has used (cold), then once more in the same (warm):
`ours` without the service worker, `offline` with it, as almost everybody has it, and warm once everything is kept;
`fallback` where the image of Python's memory is not to be had, and `plain`: `loadPyodide` of the same version, the
whole library, and the engine's zip.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from scripts.bench.peers import add_fallback, add_plain
from scripts.bench.report import show
from scripts.bench.serving import Served, served
from scripts.bench.tabs import SETTLED_S, TABS, Tab
from scripts.other_browsers import Missing

ROOT = Path(__file__).resolve().parents[2]
WAYS = ("ours", "offline", "fallback", "plain")
# Nobody answers a question they have not read; the engine has that time to get ready for it.
READING_S = 2

FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
# Not Playwright's own waiting: it evaluates a string in the page, which the site's policy forbids.
ENGINE_READY = """() => new Promise((done) => new PerformanceObserver((list) => {
  for (const mark of list.getEntriesByName('engine-ready')) done(mark.startTime);
}).observe({ type: 'mark', buffered: true }))"""
ALL_IS_KEPT = """async () => {
  for (;;) {
    const kept = await caches.open('clearpost');
    const memory = await (await kept.match('/offline.json?memory'))?.json();
    const paths = (await kept.keys()).map(({ url }) => new URL(url).pathname);
    if (memory?.versions.some(({ whole }) => whole) && paths.some((path) => path.endsWith('.wasm'))) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
}"""
# The first option every time: what was missed comes back, so that both kinds of answer are explained.
ANSWER_ALL = """async () => {
  const [form, feedback] = ['form.question', '.feedback'].map((one) => document.querySelector(one));
  const turned = (hidden) => feedback.hidden === hidden ? null : new Promise((done) => {
    const turn = () => { if (feedback.hidden === hidden) { watch.disconnect(); done(); } };
    const watch = new MutationObserver(turn);
    watch.observe(feedback, { attributes: true });
  });
  const took = [];
  for (;;) {
    form.querySelector('input[name=answer]').click();
    const asked = performance.now();
    form.requestSubmit();
    await turned(false);
    took.push(performance.now() - asked);
    const buttons = [...feedback.querySelectorAll('button')];
    const onward = buttons.find(({ textContent }) => ['Next question', 'See your result'].includes(textContent));
    onward.click();
    if (onward.textContent === 'See your result') return took;
    await turned(true);
  }
}"""


@dataclass(frozen=True)
class Start:
    """One opening of a page: milliseconds since it was asked for, and thousands of bytes over the network."""

    painted_ms: float
    ready_ms: float
    wire_kb: float


class Starts:
    """All that was measured in one browser: starts by way and warmth, and how long answers took."""

    def __init__(self) -> None:
        self.starts: dict[tuple[str, str], list[Start]] = {}
        self.answers_ms: list[float] = []

    def add(self, way: str, site: Served, path: str, tab: Tab) -> None:
        """Start cold, then warm, and answer a whole training if it is ours."""
        for warmth in ("cold", "warm"):
            # Nobody comes back while the browser still writes down what came: neither does this.
            time.sleep(SETTLED_S)
            sent = site.bytes
            tab.open(site.url + path)
            ready = tab.run(ENGINE_READY)
            start = Start(tab.run(FIRST_PAINT), ready, (site.bytes - sent) / 1000)
            self.starts.setdefault((way, warmth), []).append(start)
            if way == "offline":
                tab.run(ALL_IS_KEPT)
        if way == "ours":
            time.sleep(READING_S)
            self.answers_ms += tab.run(ANSWER_ALL)

    def figures(self) -> dict[str, float | int]:
        """Return medians by name, how many times sooner ours is ready than others, and the answers' times."""
        figures: dict[str, float | int] = {}
        for (way, warmth), starts in self.starts.items():
            for measure, label in (
                ("painted_ms", "first paint, ms"),
                ("ready_ms", "ready, ms"),
                ("wire_kb", "wire, kB"),
            ):
                figures[f"{warmth} {way}: {label}"] = _median(getattr(one, measure) for one in starts)
        for warmth in ("cold", "warm"):
            for way, other in (("ours", "plain"), ("offline", "plain"), ("ours", "fallback")):
                ratio = figures[f"{warmth} {other}: ready, ms"] / figures[f"{warmth} {way}: ready, ms"]
                figures[f"{warmth}: {other} takes times as long as {way}"] = round(ratio, 2)
        figures["answers"] = len(self.answers_ms)
        figures["answer explained, median ms"] = _median(self.answers_ms)
        figures["answer explained, 95th percentile ms"] = round(quantiles(self.answers_ms, n=20)[-1], 1)
        return figures


def measured(tabs: Callable[[bool], AbstractContextManager[Tab]], site: Path, trust: str, runs: int) -> Starts:
    """Return all starts, every way in turn, `runs` times. Raises Missing where there is no such browser."""
    training = f"/handbook/{trust}/training/"
    starts = Starts()
    with tempfile.TemporaryDirectory() as made:
        plain, fallback = Path(made, "plain"), Path(made, "fallback")
        add_plain(plain, site, ROOT / "node_modules")
        add_fallback(fallback, site)
        for _ in range(runs):
            for way in WAYS:
                over = {"plain": [plain], "fallback": [fallback]}.get(way, [])
                with served(*over, site) as one, tabs(way == "offline") as tab:
                    starts.add(way, one, "/plain/" if way == "plain" else training, tab)
    return starts


def _median(values: Iterable[float]) -> float:
    return round(median(values), 1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site")
    parser.add_argument("--trust", default="cockburn", help="whose training to open")
    parser.add_argument("--runs", type=int, default=10, help="how often to start, each way, cold and warm")
    parser.add_argument("--browser", choices=TABS, action="append", help="measure in this one only")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    if not (options.site / f"handbook/{options.trust}/training/index.html").is_file():
        sys.exit(f"There is no training page in {options.site}: run `clearpost build` first.")
    figures: dict[str, float | int | str] = {"runs": options.runs}
    for browser in options.browser or TABS:
        try:
            starts = measured(TABS[browser], options.site, options.trust, options.runs)
        except Missing as missing:
            figures[browser] = str(missing)
            continue
        figures |= {f"{browser} {name}": value for name, value in starts.figures().items()}
    show("start of the training, medians", figures)


if __name__ == "__main__":
    main()
