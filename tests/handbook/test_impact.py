"""What a change of the sources changes, trust by trust, and the one sentence on who is due again."""

import json
import shutil
from pathlib import Path

import pytest

from handbook.impact import Impact, TrustImpact, impact
from handbook.library import Library
from handbook.sources import load
from tests.conftest import ROOT, TODAY

CREATING, COCKBURN = "creating-tomorrow", "cockburn"
# A few are enough, and are soon compared: one critical, one not, one that rests on neither's provisions.
SCENARIOS = ("friend-request", "tag-the-winner", "autumn-drawing")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "policy_src", tmp_path / "policy_src")
    (tmp_path / "quiz" / "scenarios").mkdir(parents=True)
    for slug in SCENARIOS:
        shutil.copy(ROOT / "quiz" / "scenarios" / f"{slug}.md", tmp_path / "quiz" / "scenarios")
    return tmp_path


@pytest.fixture
def before(sources: Path) -> Library:
    return load(sources, TODAY)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def compared(before: Library, sources: Path) -> Impact:
    return impact(before, load(sources, TODAY))


def of_trust(found: Impact, trust: str) -> TrustImpact:
    (one,) = [one for one in found.trusts if one.trust == trust]
    return one


def test_the_same_sources_change_nothing_for_anybody(library: Library) -> None:
    found = impact(library, library)
    assert [one.trust for one in found.trusts] == list(library.trusts)
    for one in found.trusts:
        assert (one.provisions, one.positions, one.answers, one.settings) == ((), (), (), {})
        assert not one.course_changed
        assert (one.due, one.conclusion) == ("nobody", "Nobody is due again: no required answer changes.")


def test_a_changed_duty_names_the_provision_the_answers_and_whoever_was_asked(before: Library, sources: Path) -> None:
    change(sources / "policy_src" / CREATING / "policy.md", '{.should-not ref="5.1/4"', '{.must-not ref="5.1/4"')
    found = compared(before, sources)
    one = of_trust(found, CREATING)
    (provision,) = one.provisions
    assert (provision.id, provision.changes) == (f"{CREATING}/5.1/4", ("duty",))
    assert provision.duty == ("should-not", "must-not")
    assert one.positions == ()
    assert {"tag-the-winner/0", "tag-the-winner/1"} <= set(one.variants)
    assert (one.due, one.course_changed) == ("asked", True)
    assert one.conclusion.startswith("Due again is only whoever was asked one of ")
    for other in found.trusts:
        assert other is one or not other.course_changed, "another trust's policy is not touched"


def test_provisions_that_come_go_or_are_reworded_are_told_and_touch_nobody(before: Library, sources: Path) -> None:
    policy = sources / "policy_src" / CREATING / "policy.md"
    change(
        policy,
        "accept a current pupil as a follower on a personal account, whatever the pupil's age",
        "take a pupil of the school as a follower on a personal account",
    )
    change(policy, '{.must-not ref="5.3/8"}', '{.must-not ref="5.3/88"}')
    for name in ("positions.yml", "asked.yml"):
        cites = sources / "policy_src" / CREATING / name
        cites.write_text(cites.read_text(encoding="utf-8").replace("5.3/8]", "5.3/88]"), encoding="utf-8")
    one = of_trust(compared(before, sources), CREATING)
    assert {(provision.id.removeprefix(f"{CREATING}/"), provision.changes) for provision in one.provisions} == {
        ("5.1/5", ("text",)),
        ("5.3/8", ("removed",)),
        ("5.3/88", ("added",)),
    }
    assert one.due == "nobody"
    assert one.course_changed


def test_a_changed_row_is_told_by_its_keys_and_makes_everybody_due_where_a_critical_answer_rests_on_it(
    before: Library, sources: Path
) -> None:
    change(
        sources / "policy_src" / CREATING / "positions.yml",
        "{person: former-pupil, age_below: 18, cites: [5.1/9]}",
        "{person: former-pupil, age_below: 30, cites: [5.1/9]}",
    )
    one = of_trust(compared(before, sources), CREATING)
    (row,) = one.positions
    assert (row.decision, row.table, row.change, row.keys) == (
        "connect-with",
        "barred",
        "changed",
        {"age_below": (18, 30)},
    )
    assert one.due == "everybody"
    assert "friend-request" in one.conclusion


def test_a_row_taken_out_of_the_middle_is_that_row_and_no_other(before: Library, sources: Path) -> None:
    line = "    - {direction: tag, cites: [5.1/4]}\n"
    change(sources / "policy_src" / CREATING / "positions.yml", line, "")
    one = of_trust(compared(before, sources), CREATING)
    (row,) = one.positions
    assert (row.table, row.row, row.change) == ("barred", 5, "removed")
    assert row.keys == {"direction": ("tag", None), "cites": (["5.1/4"], None)}


def test_other_settings_of_the_training_are_told_and_only_a_raised_version_asks_everybody(
    before: Library, sources: Path
) -> None:
    trust = sources / "policy_src" / COCKBURN / "trust.yml"
    change(trust, "pass_mark: 80", "pass_mark: 75")
    one = of_trust(compared(before, sources), COCKBURN)
    assert (one.settings, one.due) == ({"pass_mark": (80, 75)}, "nobody")
    change(trust, "training_version: 1", "training_version: 2")
    one = of_trust(compared(before, sources), COCKBURN)
    assert one.due == "everybody"
    assert one.conclusion == "Everybody is due again: the training version is raised from 1 to 2."


def test_scenarios_and_trusts_that_come_and_go_are_named(before: Library, sources: Path) -> None:
    scenarios = sources / "quiz" / "scenarios"
    (scenarios / "tag-the-winner.md").rename(scenarios / "tag-the-champion.md")
    change(scenarios / "friend-request.md", "Sunday evening", "Monday evening")
    shutil.rmtree(sources / "policy_src" / COCKBURN)
    found = compared(before, sources)
    assert (found.scenarios_added, found.scenarios_removed) == (("tag-the-champion",), ("tag-the-winner",))
    assert found.scenarios_changed == ("friend-request",)
    assert (found.trusts_added, found.trusts_removed) == ((), (COCKBURN,))
    assert {one.due for one in found.trusts} == {"nobody"}


def test_the_report_is_json_with_the_names_its_fields_have(before: Library, sources: Path) -> None:
    change(sources / "policy_src" / CREATING / "policy.md", '{.should-not ref="5.1/4"', '{.must-not ref="5.1/4"')
    told = json.loads(json.dumps(compared(before, sources).as_json()))
    (one,) = [one for one in told["trusts"] if one["trust"] == CREATING]
    answer = one["answers"][0]
    assert set(answer) == {"scenario", "variant", "story", "asks", "critical", "asked", "then", "now", "grounds"}
    assert set(answer["then"]) == {"verdict", "headline", "right", "do"}
    assert set(answer["grounds"][0]) == {"id", "ref", "clause", "url", "change", "then", "now"}
