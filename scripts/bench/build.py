"""How long does the whole build take, and how much memory, beside MkDocs alone on the same pages?"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from scripts.bench.report import show

ROOT = Path(__file__).resolve().parents[2]
RUNS = 3


def main() -> None:
    """Build everything and, in turn, only what MkDocs does; report medians and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        ours = [sys.executable, "-m", "scripts.clearpost", "build", "--site", f"{folder}/site"]
        peer = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", f"{folder}/mkdocs"]
        _timed(ours)  # the pages MkDocs needs, and a cache of compressed files, as on every build but the first
        runs = [(_timed(ours), _timed(peer)) for _ in range(RUNS)]
    whole, mkdocs = ([run[place] for run in runs] for place in (0, 1))
    show(
        "build of five trusts",
        {
            "runs": RUNS,
            "seconds_median": median(seconds for seconds, _ in whole),
            "mkdocs_alone_seconds_median": median(seconds for seconds, _ in mkdocs),
            "ratio_to_mkdocs_alone": median(a / b for (a, _), (b, _) in zip(whole, mkdocs, strict=True)),
            "peak_mb_largest_process": max(peak for _, peak in whole),
            "mkdocs_alone_peak_mb": max(peak for _, peak in mkdocs),
        },
    )


def _timed(command: list[str]) -> tuple[float, float]:
    """Return the seconds a command takes and the peak memory, in MB, of the largest process it waited for."""
    started = perf_counter()
    environ = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} failed")
    return perf_counter() - started, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
