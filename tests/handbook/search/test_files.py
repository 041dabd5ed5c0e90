"""The files of the search: every clause once, every term where the browser looks for it, all of one size."""

import json
from dataclasses import replace
from typing import Any

import pytest

from handbook.library import Library
from handbook.search import files as module
from handbook.search import search_files
from handbook.search.files import place
from tests.handbook.search.many import many


@pytest.fixture(scope="module")
def files(library: Library) -> dict[str, Any]:
    return {path: json.loads(text) for path, text in search_files(library).items()}


def test_every_clause_is_shown_once_with_its_provisions(files: dict[str, Any], library: Library) -> None:
    for trust in library.trusts.values():
        written = {path: rows for path, rows in files.items() if path.startswith(f"{trust.id}/search/")}
        shown = [one for path, rows in written.items() if not path.endswith("/index.json") for one in rows]
        assert [one["ref"] for one in shown] == [one.ref for one in trust.clauses]
        assert [[row[0] for row in one["provisions"]] for one in shown] == [
            [provision.ref for provision in one.provisions] for one in trust.clauses
        ]


def test_every_term_is_in_the_piece_the_browser_looks_in(files: dict[str, Any]) -> None:
    for number, volume in enumerate(files["search/words.json"]["volumes"]):
        for piece in range(volume["pieces"]):
            for term in files[f"search/index/{number}/{piece}.json"]["terms"]:
                assert place(term, volume["pieces"]) == piece


def test_the_index_and_its_words_are_of_one_version(files: dict[str, Any], library: Library) -> None:
    versions = {content["version"] for path, content in files.items() if path.startswith("search/")}
    assert len(versions) == 1
    lydiate = library.trusts["lydiate"]
    changed = replace(library, trusts={**library.trusts, "lydiate": replace(lydiate, clauses=lydiate.clauses[1:])})
    assert json.loads(search_files(changed)["search/words.json"])["version"] not in versions


def test_a_large_handbook_has_more_pieces_and_volumes_and_none_larger(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "VOLUME_CLAUSES", 500)
    few, lots = search_files(many(library, 2)), search_files(many(library, 6))

    def largest(written: dict[str, str]) -> int:
        return max(len(text) for path, text in written.items() if "/index/" in path)

    volumes = json.loads(lots["search/words.json"])["volumes"]
    assert len(volumes) == 3
    assert sum(clauses for volume in volumes for _, _, clauses in volume["trusts"]) == 6 * sum(
        len(trust.clauses) for trust in library.trusts.values()
    )
    assert largest(lots) <= 1.2 * largest(few)
    assert len(lots["search/words.json"]) < 1.2 * len(few["search/words.json"])
