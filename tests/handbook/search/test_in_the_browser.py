"""The browser's half, under Node: in a handbook of several volumes it reads one's own first, and only what it needs."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from handbook.library import Library
from handbook.search import files as module
from handbook.search import search_files
from tests.handbook.search.many import many

ROOT = Path(__file__).parents[3]
ASK = """
import { readFileSync } from "node:fs";
import { Index } from "./docs/assets/search/index.mjs";
const { site, query, filters, mine, which } = JSON.parse(readFileSync(0, "utf8"));
const files = [];
const index = new Index(async (address) => {
  files.push(address);
  return JSON.parse(readFileSync(site + address, "utf8"));
});
const { hits, left, question } = await index.find(query, filters ?? {}, mine ?? null, which);
const mended = Object.fromEntries(question.mended);
console.log(JSON.stringify({ hits, left, files, mended, unknown: question.unknown }));
"""


@pytest.fixture(scope="module")
def site(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the search of fifteen trusts, five in each volume."""
    folder = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "VOLUME_CLAUSES", sum(len(one.clauses) for one in library.trusts.values()))
        for path, text in search_files(many(library, 3)).items():
            file = folder / "handbook" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return folder


def ask(site: Path, query: str, **more: Any) -> dict[str, Any]:
    """Return what the browser's modules find, and which files they read."""
    done = subprocess.run(
        [shutil.which("node") or "node", "--input-type=module", "--eval", ASK],
        cwd=ROOT,
        input=json.dumps({"site": str(site), "query": query, **more}),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_volume_of_ones_own_trust_is_read_first_and_no_other(site: Path) -> None:
    found = ask(site, "photo consent", mine="lydiate-2")
    assert found["hits"][0]["trust"] == "lydiate-2"
    assert {one["trust"][-2:] for one in found["hits"]} == {"-2"}
    assert found["left"] == [0, 1]
    assert all("/index/2/" in file for file in found["files"] if "/index/" in file)


def test_a_chosen_trust_needs_no_other_volume(site: Path) -> None:
    found = ask(site, "photo consent", filters={"trust": "cockburn-1"}, mine="lydiate-2")
    assert {one["trust"] for one in found["hits"]} == {"cockburn-1"}
    assert found["left"] == []


def test_the_other_volumes_are_read_when_asked_for(site: Path) -> None:
    found = ask(site, "photo consent", which=[1])
    assert {one["trust"][-2:] for one in found["hits"]} == {"-1"}


def test_each_volume_finds_what_the_others_find(site: Path) -> None:
    volumes = (ask(site, "journo", which=[volume])["hits"] for volume in (0, 1))
    first, second = ([(one["trust"][:-2], one["number"]) for one in hits] for hits in volumes)
    assert first == second


@pytest.mark.parametrize(
    ("typed", "mended"),
    [("facebok", "facebook"), ("whatsap", None), ("govenors", "governors"), ("safegaurding", "safeguarding")],
)
def test_small_slips_are_mended(site: Path, typed: str, mended: str | None) -> None:
    found = ask(site, typed)
    assert found["hits"]
    assert found["mended"] == ({typed: mended} if mended else {})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("copywrite", "copyright"), ("privasy", "privacy"), ("anonymity", "anonymous"), ("photoconsent", "photo consent")],
)
def test_a_word_is_known_by_its_sound_its_root_or_its_halves(site: Path, typed: str, meant: str) -> None:
    found, right = ask(site, typed), ask(site, meant)
    assert found["hits"][0]["number"] == right["hits"][0]["number"]
    assert typed in found["mended"]


def test_a_trust_that_is_named_comes_first_though_another_is_ones_own(site: Path) -> None:
    found = ask(site, "photo consent at Wren Spinney 2", mine="lydiate-1")
    assert found["hits"][0]["trust"] == "wren-spinney-2"
    assert all("/index/2/" in file for file in found["files"] if "/index/" in file)


def test_the_first_clauses_are_of_more_than_one_trust(site: Path) -> None:
    assert len({one["trust"] for one in ask(site, "photo of a pupil")["hits"][:5]}) >= 3


def test_a_year_group_is_known_however_it_is_written(site: Path) -> None:
    first, *others = (
        [one["number"] for one in ask(site, text)["hits"]] for text in ("year 7 photo", "y7 photo", "yr7 photo")
    )
    assert first
    assert others == [first, first]


def test_it_in_capitals_is_the_people_who_know_computers(site: Path) -> None:
    capitals, small, written = (ask(site, f"account with {word}")["hits"][0]["number"] for word in ("IT", "it", "ICT"))
    assert capitals == written != small


def test_within_a_phrase_one_word_is_as_good_as_another(site: Path) -> None:
    first, second = (
        [(one["trust"], one["number"]) for one in ask(site, text)["hits"]]
        for text in ("someone copied our feed", "someone copied our account")
    )
    assert first == second
    assert ask(site, "copied")["hits"][:1] != first[:1]


@pytest.mark.parametrize("word", ["daft", "fear", "plant", "wander", "morning", "took"])
def test_a_word_that_is_right_as_it_stands_is_not_mended(site: Path, word: str) -> None:
    found, without = ask(site, f"photo {word}"), ask(site, "photo")
    assert found["mended"] == {}
    assert [one["number"] for one in found["hits"]] == [one["number"] for one in without["hits"]]


def test_a_clause_is_found_in_words_that_neither_policies_nor_synonyms_have(site: Path, library: Library) -> None:
    found = ask(site, "zeppelin crest on cakes and hoodies", mine="creating-tomorrow-0")
    clause = library.trusts["creating-tomorrow"].clauses[found["hits"][0]["number"]]
    assert "5.3/4a" in [one.ref for one in clause.provisions]
    assert found["unknown"] == ["zeppelin"]


@pytest.mark.parametrize("word", ["musk", "hinge"])
def test_a_short_word_that_is_near_another_is_not_taken_for_it(site: Path, word: str) -> None:
    found = ask(site, word)
    assert (found["mended"], found["unknown"]) == ({}, [word])


@pytest.mark.parametrize("nonsense", ["xylophone", "qwertyuiop", "zebra", "blancmange"])
def test_nonsense_finds_nothing(site: Path, nonsense: str) -> None:
    found = ask(site, nonsense)
    assert (found["hits"], found["unknown"]) == ([], [nonsense])


def test_the_beginning_of_a_word_finds_it_while_it_is_typed(site: Path) -> None:
    begun, whole = (ask(site, word)["hits"] for word in ("journali", "journalist"))
    assert [one["number"] for one in begun] == [one["number"] for one in whole]
