"""What does Lighthouse say of the product, on its mobile profile in this machine's Chromium?

    python -m scripts.bench.lighthouse [--site FOLDER] [--reports FOLDER] [--json]

Lighthouse is large and only measured with, so it is no part of the setup: `npm install --no-save lighthouse@13.5.0`.
The real register serves the pages, on a fresh database.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from scripts.bench.report import show
from scripts.browser import find_chromium

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
MISSING = "Lighthouse is not installed: run `npm install --no-save lighthouse@13.5.0` first."
PAGES = {
    "home": "/",
    "a trust": "/handbook/cockburn/",
    "training": "/handbook/cockburn/training/",
    "checker": "/handbook/may-i/use-photo/",
}
CATEGORIES = ("performance", "accessibility", "best-practices")
# A score Lighthouse counts as good.
GOOD = 0.9
PORT, PATIENCE_S = 8766, 60


def main() -> None:
    """Look at each page and print its scores, of 100, and what keeps one of them below."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site")
    parser.add_argument("--program", type=Path, default=PROGRAM, help="Lighthouse's own cli/index.js")
    parser.add_argument("--reports", type=Path, help="where to keep Lighthouse's whole reports")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    if not options.program.is_file():
        sys.exit(MISSING)
    figures: dict[str, float | int | str] = {}
    with _served(options.site) as url:
        for name, path in PAGES.items():
            report = looked_at(url + path, options.program)
            if options.reports:
                options.reports.mkdir(parents=True, exist_ok=True)
                words = json.dumps(report, indent=1)
                (options.reports / f"{name.replace(' ', '-')}.json").write_text(words, encoding="utf-8")
            figures |= {f"{name}: {what}": value for what, value in scores(report).items()}
    show("Lighthouse, mobile", figures)


def looked_at(address: str, program: Path) -> dict[str, Any]:
    """Return Lighthouse's report on a page; stops with its words if there is none."""
    command = ["node", str(program), address, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"]
    flags = "--chrome-flags=--headless=new --no-sandbox"
    environ = {**os.environ, "CHROME_PATH": str(find_chromium())}
    done = subprocess.run([*command, flags], env=environ, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"Lighthouse failed at {address}: {done.stderr.strip()}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def scores(report: dict[str, Any]) -> dict[str, int | str]:
    """Return the scores by category, of 100, and by each the audits that cost something."""
    found: dict[str, int | str] = {}
    for category in CATEGORIES:
        entry = report["categories"][category]
        found[category] = round(100 * (entry["score"] or 0))
        audits = {one["id"]: report["audits"][one["id"]]["score"] for one in entry["auditRefs"] if one["weight"]}
        # An audit without a score does not apply.
        costly = [audit for audit, score in audits.items() if score is not None and score < GOOD]
        if costly:
            found[f"{category} loses by"] = ", ".join(costly)
    return found


@contextmanager
def _served(site: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "scripts.clearpost", "serve", "--demo", "--data", data, "--site", str(site)]
        environ = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        command += ["--port", str(PORT)]
        with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL) as process:
            try:
                yield _once_it_answers(f"http://127.0.0.1:{PORT}", process)
            finally:
                process.terminate()


def _once_it_answers(url: str, process: subprocess.Popen[bytes]) -> str:
    late = monotonic() + PATIENCE_S
    while process.poll() is None and monotonic() < late:
        try:
            urlopen(f"{url}/healthz").close()
            return url
        except URLError:
            sleep(0.05)
    sys.exit("The register does not answer.")


if __name__ == "__main__":
    main()
