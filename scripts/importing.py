"""From a document to a draft in its place: what `clearpost import` reads and writes."""

from dataclasses import dataclass
from pathlib import Path

from handbook.importing import Draft, drafted
from handbook.library import Vocabulary
from handbook.sources.loading import POLICIES, VOCABULARY
from handbook.sources.trusts import folder_problem
from handbook.sources.unfinished import guesses
from handbook.sources.vocabulary import parse_vocabulary
from scripts.documents import read
from scripts.import_report import report_csv
from scripts.new_trust import id_of, policy_template

POLICY, REPORT = "policy.md", "import-report.csv"


class NotImported(Exception):
    """A draft that cannot be written; the message says why and what to do."""


@dataclass(frozen=True)
class Imported:
    """The draft, how many guesses are in it, and the two files that were written."""

    draft: Draft
    guesses: int
    policy: Path
    report: Path


def import_document(root: Path, file: Path, trust: str | None, out: Path | None) -> Imported:
    """Write the draft of a document and its report; raises NotImported or DocumentUnreadable, and then writes nothing.

    With a trust it goes into its folder, where it may only take the place of an untouched template.
    """
    wrong = folder_problem(trust) if trust else None
    if wrong:
        raise NotImported(wrong)
    folder = out or (root / POLICIES / trust if trust else Path(f"{file.stem}-draft"))
    own = trust or id_of(file.stem) or "draft"
    policy = folder / POLICY
    if policy.exists() and policy.read_text(encoding="utf-8", errors="replace") != policy_template(own):
        raise NotImported(f"{policy} is there already; take it away, or write the draft elsewhere with --out FOLDER")
    draft = drafted(read(file), own, _vocabulary(root))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        policy.write_text(draft.text, encoding="utf-8", newline="\n")
        (folder / REPORT).write_text(report_csv(draft), encoding="utf-8", newline="")
    except OSError as error:
        raise NotImported(f"{folder} cannot be written: {error.strerror}") from None
    return Imported(draft, sum(1 for _ in guesses(draft.text, policy)), policy, folder / REPORT)


def _vocabulary(root: Path) -> Vocabulary:
    try:
        text = (root / VOCABULARY).read_text(encoding="utf-8-sig")
    except OSError:
        raise NotImported(f"{root / VOCABULARY} is not there: name the project's folder with --root") from None
    return parse_vocabulary(text, VOCABULARY)[0]
