"""The command line: rulings as specified, and errors that say what would be right."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quiz.decisions import DECISIONS
from scripts.clearpost import app

ROOT = Path(__file__).resolve().parents[2]
FIELDS = ["decision", "trust", "verdict", "because", "unmet", "steps", "note", "assumed", "advice"]
FACTS = {"year_group": 9, "consents": ["pupil"], "account": "school-official"}


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.stdout, result.stderr


def test_decide_prints_the_ruling_with_exactly_the_fields_of_the_specification() -> None:
    status, printed, _ = run("decide", "use-photo", "--trust", "creating-tomorrow", "--facts", json.dumps(FACTS))
    ruling = json.loads(printed)
    assert status == 0
    assert list(ruling) == FIELDS
    assert ruling["because"][0] == "creating-tomorrow/6.2/2"
    assert {"condition": "A parent or carer has agreed.", "provision": "creating-tomorrow/6.2/2"} in ruling["unmet"]
    assert {"do", "to", "by", "provision"} == set(ruling["steps"][0])
    assert "year_group" not in ruling["assumed"]
    assert ruling["assumed"]["equipment"] == "personal"
    assert ruling["advice"] == {"to": "it-lead", "provision": "creating-tomorrow/2.2.3d"}


def test_a_silent_policy_is_not_covered_and_says_so() -> None:
    _, printed, _ = run("decide", "connect-with", "--trust", "collaborative")
    ruling = json.loads(printed)
    assert ruling["verdict"] == "not-covered"
    assert ruling["because"] == []
    assert "does not say" in ruling["note"]


def test_decide_lists_every_decision_with_its_facts_types_values_and_defaults() -> None:
    status, printed, _ = run("decide", "--list")
    listed = json.loads(printed)
    assert status == 0
    assert set(listed) == set(DECISIONS)
    for decision in listed.values():
        for fact in decision["facts"].values():
            assert {"type", "values", "default", "help"} == set(fact)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["use-foto", "--trust", "lydiate"],
            "there is no decision 'use-foto' (did you mean use-photo? There is: answer-comment",
        ),
        (["use-photo", "--trust", "lydate"], "there is no trust 'lydate' (did you mean lydiate? There is: cockburn"),
        (
            ["use-photo", "--trust", "lydiate", "--facts", '{"year": 9}'],
            "there is no fact 'year' (did you mean year_group?",
        ),
        (
            ["use-photo", "--trust", "lydiate", "--facts", '{"account": "own"}'],
            "account: 'own' is not one of its values",
        ),
        (["use-photo", "--trust", "lydiate", "--facts", "{year: 9}"], "--facts is not JSON: "),
        (["use-photo", "--trust", "lydiate", "--facts", "[9]"], "--facts has to be a JSON object"),
        (["use-photo"], "name a trust with --trust (there is: cockburn"),
        ([], "name a decision (there is: answer-comment"),
    ],
)
def test_what_decide_does_not_know_is_named_with_what_exists_and_the_nearest(arguments: list[str], says: str) -> None:
    status, printed, error = run("decide", *arguments)
    assert status == 2
    assert printed == ""
    assert error.startswith(f"clearpost: {says}")
    assert "Traceback" not in error


def test_check_counts_what_it_has_read() -> None:
    status, printed, _ = run("check")
    assert status == 0
    assert printed.startswith("5 trusts, 634 provisions, 21 decisions, ")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "policy_src", tmp_path / "policy_src")
    shutil.copytree(ROOT / "quiz" / "scenarios", tmp_path / "quiz" / "scenarios")
    return tmp_path


def change(file: Path, old: str, new: str) -> int:
    """Replace the first occurrence of a text; return the line it stands in."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_check_lists_every_error_of_every_file_at_once_and_writes_nothing(sources: Path) -> None:
    cockburn = sources / "policy_src/cockburn"
    lines = [
        change(cockburn / "policy.md", "topic=document-control", "topic=documents"),
        change(cockburn / "policy.md", '{.definition ref="naming/2"', '{.definition ref="naming/1"'),
        change(cockburn / "positions.yml", "cites: [personal-use/1a]", "cites: []"),
        change(cockburn / "positions.yml", "cites: [personal-use/9b]", "cites: [personal-use/9x]"),
        change(cockburn / "asked.yml", "naming/2", "naming/9"),
    ]
    before = sorted((path, path.stat().st_mtime_ns) for path in sources.rglob("*"))
    status, printed, error = run("check", "--root", str(sources))
    assert status == 1
    assert sorted((path, path.stat().st_mtime_ns) for path in sources.rglob("*")) == before
    listed = printed.splitlines()
    assert [line.split(": ")[0] for line in listed] == [
        f"policy_src/cockburn/asked.yml:{lines[4]}",
        f"policy_src/cockburn/policy.md:{lines[0]}",
        f"policy_src/cockburn/policy.md:{lines[1]}",
        f"policy_src/cockburn/positions.yml:{lines[2]}",
        f"policy_src/cockburn/positions.yml:{lines[3]}",
    ]
    assert '"naming/9" is not in policy.md' in listed[0]
    assert "did you mean document-control" in listed[1]
    assert "naming/1" in listed[2]
    assert "did you mean personal-use/9" in listed[4]
    assert "5 errors; nothing was written." in error


def test_a_scenario_without_a_right_answer_is_refused_with_the_trust_and_the_variant(sources: Path) -> None:
    scenario = sources / "quiz/scenarios/staffroom-group.md"
    change(scenario, "claims: {verdict: allowed}", "claims: {verdict: advised-against}")
    status, printed, _ = run("check", "--root", str(sources))
    assert status == 1
    assert "quiz/scenarios/staffroom-group.md:" in printed
    assert "no option is right for creating-tomorrow in variant staffroom-group/" in printed


def test_a_scenario_with_two_right_answers_is_refused(sources: Path) -> None:
    scenario = sources / "quiz/scenarios/staffroom-group.md"
    change(scenario, "claims: {verdict: ask-first}", "claims: {verdict: [ask-first, forbidden]}")
    status, printed, _ = run("check", "--root", str(sources))
    assert status == 1
    assert "quiz/scenarios/staffroom-group.md:" in printed
    assert "options 2 and 3 are all right for creating-tomorrow in variant staffroom-group/" in printed


def test_check_reports_what_is_exercised_and_fails_where_a_gap_has_no_reason(sources: Path) -> None:
    status, printed, _ = run("check", "--coverage", "--root", str(sources))
    assert status == 0
    assert "Lydiate Learning Trust: " in printed
    assert "NO REASON GIVEN" not in printed
    (sources / "quiz/scenarios/quote-by-noon.md").unlink()
    (sources / "quiz/scenarios/reporter-at-the-gate.md").unlink()
    status, printed, _ = run("check", "--coverage", "--root", str(sources))
    assert status == 1
    assert "policy_src/lydiate/policy.md:" in printed
    assert "3.4/4a (must), no scenario: NO REASON GIVEN" in printed


def test_check_reports_parameters_that_no_question_notices(sources: Path) -> None:
    status, printed, _ = run("check", "--parameters", "--root", str(sources))
    assert status == 0
    assert "no question notices" not in printed
    (sources / "quiz/scenarios/quote-by-noon.md").unlink()
    (sources / "quiz/scenarios/reporter-at-the-gate.md").unlink()
    status, printed, _ = run("check", "--parameters", "--root", str(sources))
    assert status == 1
    assert "no question notices: lydiate, speak-to-press, approval 1: without the row" in printed


def test_check_reports_how_hard_each_scenario_is_to_read(sources: Path) -> None:
    status, printed, _ = run("check", "--scenarios", "--root", str(sources))
    assert status == 0
    assert "friend-request" in printed
    assert "reading grade at most" in printed


def test_changing_the_policy_changes_the_ruling(sources: Path) -> None:
    change(
        sources / "policy_src/cockburn/policy.md",
        '{.must-not ref="personal-use/1a"',
        '{.should-not ref="personal-use/1a"',
    )
    _, printed, _ = run(
        "decide", "connect-with", "--trust", "cockburn", "--facts", '{"person": "parent"}', "--root", str(sources)
    )
    assert json.loads(printed)["verdict"] == "advised-against"
