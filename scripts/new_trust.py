"""What does a new trust begin with? Its folder, and templates that say what belongs where."""

import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from handbook.may_i import ASKED
from handbook.sources.loading import POLICIES
from handbook.sources.positions import NOT_YET
from handbook.sources.trusts import folder_problem
from quiz.decisions import DECISIONS

TEMPLATES = Path(__file__).parent / "trust_templates"
POSITIONS_HEAD = f"""\
# What the policy decides, question by question. Replace {NOT_YET} as you find the answers; CONTRIBUTING.md says how.
# Where the policy does not answer a question, write {{silent: and why}}. There is a training once none is left.
# advice: {{to: headteacher, cites: [4.1]}}     # whom the policy names for doubts
"""


class NotMade(Exception):
    """The templates cannot be written; the message says why and what to do."""


def id_of(name: str) -> str:
    """Return the folder's name for a trust: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold().replace("'", "")).strip("-")


def templates(name: str, trust: str, *, positions: bool) -> Mapping[str, str]:
    """Return the text of every file a trust begins with, by name."""
    about = (TEMPLATES / "trust.yml").read_text(encoding="utf-8")
    return {
        "trust.yml": about.format(name=json.dumps(name, ensure_ascii=False)),
        "policy.md": policy_template(trust),
        **({"positions.yml": positions_template()} if positions else {}),
    }


def policy_template(trust: str) -> str:
    """Return what `policy.md` begins with."""
    return (TEMPLATES / "policy.md").read_text(encoding="utf-8").replace("{id}", trust)


def positions_template() -> str:
    """Return what `positions.yml` begins with: every question, none of them answered yet."""
    rows = (
        f"\n# {ASKED[one].question if one in ASKED else decision.question}\n{one}: {NOT_YET}\n"
        for one, decision in DECISIONS.items()
    )
    return POSITIONS_HEAD + "".join(rows)


def make(root: Path, name: str, trust: str, *, positions: bool) -> list[Path]:
    """Write the templates of a new trust and return the files; raises NotMade, and then nothing is written."""
    wrong = folder_problem(trust) if trust else "the name gives no folder"
    if not name.strip() or not name.isprintable():
        raise NotMade("a trust needs a name on one line")
    if wrong:
        raise NotMade(f"{wrong}; choose one with --id")
    if not (root / POLICIES).is_dir():
        raise NotMade(f"{root / POLICIES} is not there: name the project's folder with --root")
    folder = root / POLICIES / trust
    there = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
    if there:
        raise NotMade(f"{POLICIES / trust} is there already ({', '.join(there)}); nothing was overwritten")
    folder.mkdir(exist_ok=True)
    files = []
    for file, text in templates(" ".join(name.split()), trust, positions=positions).items():
        with (folder / file).open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
        files.append(POLICIES / trust / file)
    return files
