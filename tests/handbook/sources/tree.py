"""A small project of one trust, Oak, in which a test can break things."""

import shutil
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path

import pytest
import yaml

from handbook.library import Library
from handbook.problems import SourceErrors
from handbook.sources import load
from quiz.decisions import DECISIONS

REAL = Path(__file__).parents[3]

POLICY = """\
---
trust: oak
---

# Social media policy

## About this document

### control What the cover says
{topic=document-control who="trust"}

[This is the Oak Trust Social Media Policy.]{.info ref="control/title"}
[Its next review is due in March 2028.]{.info ref="control/review"}

## Before you post

### 4.1 Ask before you open an account
{.must topic=account-approval who="staff"}

Ask the Headteacher before you open an account.

### photos Photos need consent
{topic=images-consent who="staff"}

You ask

- [a parent, for a pupil in **Year 6** or below]{.must ref="photos/1"}, and
- [the pupil too, from Year 7]{.should ref="photos/2" topic=pupils who="staff students"}.

[Never post a picture
taken with your own phone.]{.must-not ref="photos/3"} Here is
more: [see <https://example.org/a?b=1&c=2>]{.info ref="photos/4"}

> The policy does not say what counts as a picture.
"""

TRUST = """\
name: Oak Multi-Academy Trust
short_name: Oak
kind: trust
parent:
accent: "#1d5c2e"
motto: {value: "Grow: slowly", cites: [control/title]}
document:
  title: {value: Social Media Policy, cites: [control/title]}
  review_due: {value: 2028-03, cites: [control/review]}
roles:
  - {role: headteacher, name: Head, does: Agrees to accounts., cites: [4.1]}
training:
  training_version: 1
  pass_mark: 80
  validity_months: 12
  questions: 10
  required_for: [staff]
  read: [photos, 4.1]
  critical_topics: [images-consent]
"""

POSITIONS = """\
advice: {to: headteacher, cites: [4.1]}
use-photo:
  consent:
    - {year_group_to: 6, needs: parent, ask_with: photos/1, cites: [photos/1]}
    - {year_group_from: 7, needs: [pupil, parent], cites: [photos/2, photos/1], note: "A should: a must."}
  never:
    - {account: [personal, classroom], named_with_photo: true, cites: [photos/3]}
""" + "".join(
    f"{name}: {{silent: The policy says nothing.}}\n"
    for name in ("connect-with", *(one for one in DECISIONS if one not in ("connect-with", "use-photo")))
)

SCENARIO = """\
---
decision: use-photo
topics: [images-consent]
critical: false
question: Do you post the picture of {who}?
facts: {equipment: organisation, account: school-official, on_do_not_publish_list: false, objected: false}
vary:
  who:
    - {says: a pupil in Year 3, facts: {year_group: 3}}
    - {says: a pupil in Year 9, facts: {year_group: 9}}
options:
  - {text: "Once a parent agrees.", claims: {verdict: allowed-if, unmet: [parent-consent]}}
  - {text: "Once both agree.", claims: {verdict: allowed-if, unmet: [parent-consent, pupil-consent]}}
---
Sports day is over.

You have a picture of {who}.
"""


@dataclass(frozen=True)
class Tree:
    """The project, and what loading it finds."""

    root: Path

    def write(self, file: str, text: str | bytes) -> None:
        """Write a file anew."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands in a file once."""
        text = (self.root / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        self.write(file, text.replace(old, new))

    def load(self) -> Library:
        """Load everything."""
        return load(self.root, date(2026, 11, 21))

    def problems(self) -> list[str]:
        """Return what is wrong, as it is printed."""
        try:
            self.load()
        except SourceErrors as errors:
            return str(errors).splitlines()
        return []


def plant(root: Path) -> Tree:
    """Return the project with nothing wrong in it."""
    tree = Tree(root)
    tree.write("policy_src/oak/policy.md", POLICY)
    tree.write("policy_src/oak/trust.yml", TRUST)
    tree.write("policy_src/oak/positions.yml", POSITIONS)
    tree.write("quiz/scenarios/sports-day.md", SCENARIO)
    shutil.copy(REAL / "policy_src/vocabulary.yml", root / "policy_src/vocabulary.yml")
    return tree


@dataclass(frozen=True)
class Case:
    """Something that can be wrong in a file (`broken/*.yml`)."""

    case: str
    replace: str
    by: str
    problems: list[str]

    def answer(self, tree: Tree, file: str) -> list[str]:
        """Make the mistake and return the problems of that file, each cut to the length of what is expected."""
        tree.edit(file, self.replace, self.by)
        found = [one.removeprefix(f"{file}:") for one in tree.problems() if one.startswith(f"{file}:")]
        return [said[: len(start) or None] for said, start in zip_longest(found, self.problems, fillvalue="")]


def broken(name: str) -> list[object]:
    """Return the cases of one file as parameters of a test, named as they are."""
    text = (Path(__file__).parent / "broken" / f"{name}.yml").read_text(encoding="utf-8")
    return [pytest.param(Case(**one), id=one["case"]) for one in yaml.safe_load(text)]
