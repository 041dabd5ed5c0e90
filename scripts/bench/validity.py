"""Is every page of the site valid HTML? Asked of the Nu checker, which needs Java and the npm package `vnu-jar`.

`npm install --no-save vnu-jar` fetches it (40 MB, so it is no dependency); `--site` names another site than `site/`.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.bench.report import show

ROOT = Path(__file__).resolve().parents[2]
JAR = Path("node_modules") / "vnu-jar" / "build" / "dist" / "vnu.jar"
MOST_SHOWN = 20


class CannotCheck(Exception):
    """Java or the checker is not here; the message says what to do."""


def main() -> None:
    """Check all pages and print what the checker says most often; the exit code is 1 if there is an error."""
    site = Path(sys.argv[sys.argv.index("--site") + 1]) if "--site" in sys.argv else ROOT / "site"
    try:
        found = messages(site)
    except CannotCheck as error:
        sys.exit(str(error))
    kinds = Counter(_kind(one) for one in found)
    for says, number in Counter(one["message"] for one in found).most_common(MOST_SHOWN):
        print(f"{number:6,}  {says}", file=sys.stderr)
    pages = sum(1 for _ in site.rglob("*.html"))
    show("nu_html_checker", {"pages": pages, "errors": kinds["error"], "warnings": kinds["warning"]})
    sys.exit(int(kinds["error"] > 0))


def messages(site: Path) -> Sequence[Mapping[str, Any]]:
    """Return what the checker says of a site's pages, each with `type`, `url`, `lastLine` and `message`.

    Raises CannotCheck where Java or the checker is missing.
    """
    java = shutil.which("java")
    jar = Path(os.environ.get("VNU_JAR") or ROOT / JAR)
    if not java:
        raise CannotCheck("The Nu HTML checker needs Java: install a Java runtime.")
    if not jar.is_file():
        raise CannotCheck("The Nu HTML checker is not here: npm install --no-save vnu-jar (or set VNU_JAR).")
    command = [java, "-Xss8m", "-jar", str(jar), "--format", "json", "--skip-non-html", str(site)]
    finished = subprocess.run(command, capture_output=True, encoding="utf-8")
    return json.loads(finished.stderr)["messages"]  # type: ignore[no-any-return]


def _kind(message: Mapping[str, Any]) -> str:
    return "warning" if message["type"] == "info" else "error"


if __name__ == "__main__":
    main()
