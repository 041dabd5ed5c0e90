"""Made-up trusts are like real ones to every check, the same each time, and nobody's."""

import shutil
from pathlib import Path

import pytest

from handbook.comparison import UNANSWERED, compared
from handbook.library import Library
from handbook.sources import load
from scripts.bench.made_up import PROVISIONS, write_trusts
from scripts.bench.scale import weights
from tests.handbook.built import ROOT, TODAY

COUNT = 12


@pytest.fixture(scope="module")
def made_up(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Library:
    root = tmp_path_factory.mktemp("scale")
    (root / "policy_src").mkdir()
    for file in (ROOT / "policy_src").glob("*.yml"):
        shutil.copyfile(file, root / "policy_src" / file.name)
    shutil.copytree(ROOT / "quiz" / "scenarios", root / "quiz" / "scenarios")
    write_trusts(library, COUNT, root / "policy_src")
    return load(root, TODAY)


def test_every_check_of_the_sources_passes_and_every_question_can_be_asked(made_up: Library) -> None:
    assert len(made_up.trusts) == COUNT
    assert all(len(one.provisions) >= PROVISIONS for one in made_up.trusts.values())


def test_no_two_of_them_are_alike_and_some_have_not_answered_everything(made_up: Library) -> None:
    questions = compared(made_up).questions.values()
    answers = {trust: [question.verdicts(trust) for question in questions] for trust in made_up.trusts}
    assert len({str(one) for one in answers.values()}) == COUNT
    assert any(UNANSWERED in verdicts for one in answers.values() for verdicts in one)


def test_they_use_no_sentence_of_a_real_policy(made_up: Library, library: Library) -> None:
    real = {one.text for trust in library.trusts.values() for one in trust.provisions.values()}
    assert not real & {one.text for trust in made_up.trusts.values() for one in trust.provisions.values()}


def test_the_same_seed_makes_the_same_files_and_another_seed_others(library: Library, tmp_path: Path) -> None:
    def files(name: str, seed: int) -> dict[str, str]:
        write_trusts(library, 2, tmp_path / name, seed)
        return {str(one.relative_to(tmp_path / name)): one.read_text() for one in (tmp_path / name).rglob("*.*")}

    assert files("one", 1) == files("again", 1)
    assert files("one", 1) != files("other", 2)


def test_pages_are_weighed_by_their_kind_as_they_travel(tmp_path: Path) -> None:
    for path, weight in (("alder/index.html", 1000), ("topics/index.html", 9000), ("topics/press/2/index.html", 3000)):
        (tmp_path / "handbook" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "handbook" / f"{path}.br").write_bytes(b"0" * weight)
    (tmp_path / "handbook" / "alder" / "course.json").write_text("{}")
    assert weights(tmp_path) == {
        "kB of trust, median": 1,
        "kB of trust, most": 1,
        "kB of topic, median": 3,
        "kB of topic, most": 3,
    }
