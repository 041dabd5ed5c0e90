"""The page that compares chosen trusts: its data, and that the browser compares as the build does."""

import json
import shutil
import subprocess
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from handbook.comparison import Comparison
from handbook.library import Library
from handbook.pages.compare import MODULES, answers_data, cases_data, compare_pages
from quiz.decisions import DECISIONS
from tests.handbook.built import ROOT, Page

ASSETS = ROOT / "docs" / "assets"
# Reads pairs of lists of verdicts, and prints how they stand.
ASK = """
const { relation } = await import(process.argv[1]);
const pairs = JSON.parse(await new Response(process.stdin).text());
console.log(JSON.stringify(pairs.map(([one, other]) => relation(one, other))));
"""


def in_the_browser(pairs: list[tuple[list[str], list[str]]]) -> list[str]:
    """Return how the page's own module relates lists of verdicts."""
    node = shutil.which("node") or "node"
    module = (ASSETS / "compare" / "relation.mjs").as_uri()
    command = [node, "--input-type=module", "--eval", ASK, module]
    ran = subprocess.run(command, input=json.dumps(pairs), capture_output=True, text=True, check=True)
    found: list[str] = json.loads(ran.stdout)
    return found


def test_the_browser_compares_any_two_trusts_as_the_build_does(library: Library, comparison: Comparison) -> None:
    asked, expected = [], []
    for one, other in permutations(library.trusts, 2):
        for question in comparison.questions.values():
            asked.append((list(question.verdicts(one)), list(question.verdicts(other))))
            expected.append(comparison.relation(one, other, comparison.places(question.decision)))
    assert in_the_browser(asked) == expected
    assert set(expected) == {"same", "stricter", "looser", "mixed", "silent"}


def test_answers_and_cases_belong_together(library: Library, comparison: Comparison) -> None:
    cases = cases_data(library, comparison)
    assert {one["id"] for one in cases["questions"]} == set(DECISIONS)
    for trust in library.trusts.values():
        answers: dict[str, Any] = answers_data(comparison, trust)
        for question in cases["questions"]:
            assert len(answers["answers"][question["id"]]) == len(question["cases"])
            for verdict, refs in answers["answers"][question["id"]]:
                assert verdict in question["words"]
                assert set(refs) <= {one["ref"] for one in answers["provisions"]}
        assert [one["ref"] for one in answers["provisions"]] == list(trust.provisions)


def test_every_topic_points_to_cases_that_exist(library: Library, comparison: Comparison) -> None:
    cases = cases_data(library, comparison)
    count = {one["id"]: len(one["cases"]) for one in cases["questions"]}
    assert {one["id"] for one in cases["topics"]} == set(library.vocabulary.topics)
    for topic in cases["topics"]:
        assert all(number < count[decision] for decision, number in topic["cases"])


@pytest.mark.parametrize("module", MODULES)
def test_the_page_asks_for_its_modules_at_once(library: Library, comparison: Comparison, module: str) -> None:
    page = Page(compare_pages(library, comparison)["compare/index.md"])
    asked = [one.attributes["href"] for one in page.all("link")]
    assert f"/assets/{module}.mjs" in asked
    assert (ASSETS / f"{module}.mjs").is_file()


def test_without_scripts_the_page_leads_to_what_works_without(library: Library, comparison: Comparison) -> None:
    page = Page(compare_pages(library, comparison)["compare/index.md"])
    links = {one.attributes["href"] for one in page.inside(page.all("noscript")[0], "a")}
    assert links == {"/handbook/topics/", "/handbook/matrix/"}


def test_the_page_does_not_grow_with_the_trusts(library: Library, comparison: Comparison) -> None:
    pages = compare_pages(library, comparison)
    assert not any(trust.name in pages["compare/index.md"] for trust in library.trusts.values())
    assert {str(Path(path).parent) for path in pages if path.endswith("answers.json")} == set(library.trusts)
