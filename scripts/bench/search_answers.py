"""What do the two searches answer: the handbook's own, and the one that comes with the theme?"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handbook.library import Library
from handbook.pages import all_pages
from handbook.search import search_files
from scripts.bench.search_questions import Question

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).resolve().parent
# The pages alone, as mkdocs.yml turns them into HTML, with the theme's own search.
SETTINGS = {
    "site_name": "The same pages",
    "theme": {"name": "material", "font": False},
    "plugins": ["material/search"],
    "markdown_extensions": ["attr_list", "md_in_html"],
    "validation": {"links": dict.fromkeys(("not_found", "absolute_links", "unrecognized_links", "anchors"), "ignore")},
}


@dataclass(frozen=True)
class Answer:
    """The clauses found, the best first; the files that were read for it; how long it took."""

    found: Sequence[str]
    files: Sequence[Path]
    milliseconds: float


def ask_ours(library: Library, questions: Sequence[Question], folder: Path) -> list[Answer]:
    """Ask the modules that the search page loads, under Node, of files written into a folder."""
    for path, text in search_files(library).items():
        _write(folder / "handbook" / path, text)
    rows = _node([FOLDER / "search_ours.mjs", folder], questions)
    return [Answer(row["found"], [folder / file for file in row["files"]], row["milliseconds"]) for row in rows]


def ask_lunr(library: Library, questions: Sequence[Question], folder: Path) -> list[Answer]:
    """Build the same pages with the theme's search plugin and ask its worker as it stands, under Node.

    It knows no trust of one's own: for a question at one trust, what it finds at others is left out, in its favour.
    """
    for path, text in all_pages(library).items():
        if path.endswith(".md"):
            _write(folder / "docs" / "handbook" / path, text)
    site, config = folder / "site", folder / "mkdocs.yml"
    _write(config, json.dumps(SETTINGS))
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", f"--config-file={config}", f"--site-dir={site}"]
    subprocess.run(command, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    (worker,) = (site / "assets" / "javascripts" / "workers").glob("search.*.min.js")
    index = site / "search" / "search_index.json"
    clauses = [clause for trust in library.trusts.values() for clause in trust.clauses]
    by_place = {f"handbook/{one.trust}/#{one.ref}": one.id for one in clauses}
    answers = []
    for row, question in zip(_node([FOLDER / "search_lunr.mjs", worker, index], questions), questions, strict=True):
        found = [by_place[one] for one in row["found"] if one in by_place]
        own_first = [one for one in found if not question.trust or one.startswith(f"{question.trust}/")]
        answers.append(Answer(own_first, [index, worker], row["milliseconds"]))
    return answers


def _node(command: Sequence[str | Path], questions: Sequence[Question]) -> list[dict[str, Any]]:
    asked = json.dumps([{"q": one.q, "trust": one.trust} for one in questions])
    node = shutil.which("node") or "node"
    done = subprocess.run([node, *command], input=asked, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
