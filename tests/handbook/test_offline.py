"""What a browser keeps of the real site: all that is needed, under true digests, in lists that stay short."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from handbook.library import Library
from handbook.offline import SMALL, Lists, address, entry, listed
from tests.handbook.built import Built, built

COMPRESSED = (".br", ".gz")


@pytest.fixture(scope="module")
def whole(handbook: Built) -> dict[str, Any]:
    found: dict[str, Any] = read(handbook.site / "offline.json")
    return found


@pytest.fixture(scope="module")
def trusts(handbook: Built, library: Library) -> dict[str, dict[str, list[Any]]]:
    return {one: read(handbook.site / "handbook" / one / "offline.json")["files"] for one in library.trusts}


@pytest.fixture(scope="module")
def files(handbook: Built) -> dict[str, bytes]:
    """Every file of the site that is not made from the others."""
    found = (file for file in handbook.site.rglob("*") if file.is_file())
    made = (*COMPRESSED, "offline.json")
    return {
        file.relative_to(handbook.site).as_posix(): file.read_bytes() for file in found if not file.name.endswith(made)
    }


def read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def test_every_file_is_on_one_list_with_its_digest_and_size(
    files: dict[str, bytes], whole: dict[str, Any], trusts: dict[str, dict[str, list[Any]]]
) -> None:
    lists = [*(whole[part] for part in ("core", "runtime", "fallback", "rest")), *trusts.values()]
    assert sum(map(len, lists)) == len({path for one in lists for path in one})
    wanted = {address(path): [sha256(data).hexdigest(), len(data)] for path, data in files.items()}
    # Browsers fetch the worker by themselves, and nobody visits the page for wrong addresses.
    del wanted["/service-worker.js"], wanted["/404.html"]
    assert {path: entry for one in lists for path, entry in one.items()} == wanted


def test_the_list_of_each_trust_is_vouched_for(handbook: Built, whole: dict[str, Any], library: Library) -> None:
    assert set(whole["trusts"]) == set(library.trusts)
    for trust, (digest, size) in whole["trusts"].items():
        data = (handbook.site / "handbook" / trust / "offline.json").read_bytes()
        assert (digest, size) == (sha256(data).hexdigest(), len(data))


def test_a_trusts_list_has_its_policy_training_and_clauses_and_nobody_elses(
    trusts: dict[str, dict[str, list[Any]]], library: Library
) -> None:
    for trust, entries in trusts.items():
        folder = f"/handbook/{trust}/"
        data = {
            f"{folder}course.json",
            f"{folder}positions.json",
            f"{folder}search/0.json",
            f"{folder}search/index.json",
        }
        assert {folder, f"{folder}training/"} | data <= set(entries)
        assert all(path.startswith(folder) for path in entries)


def test_python_is_apart_and_what_every_page_needs_is_core(whole: dict[str, Any]) -> None:
    assert {Path(path).suffix for path in whole["runtime"]} >= {".wasm", ".zip"}
    assert all(path.startswith(("/assets/runtime/", "/assets/engine/")) for path in whole["runtime"])
    pages = {"/", "/offline/", "/handbook/search/", "/handbook/may-i/", "/handbook/topics/"}
    data = {"/handbook/may-i/trusts.json", "/assets/engine/manifest.json", "/manifest.webmanifest"}
    assert pages | data | {"/assets/clearpost.css", "/handbook/search/words.json"} <= set(whole["core"])


def test_what_only_a_browser_needs_that_cannot_start_from_the_image_is_apart_from_python(
    handbook: Built, whole: dict[str, Any]
) -> None:
    manifest = read(handbook.site / "assets" / "engine" / "manifest.json")
    assert set(whole["fallback"]) == {manifest["library"], manifest["engine"]}
    assert {manifest["snapshot"], manifest["no_library"]} < set(whole["runtime"])
    # The page tells the worker by this name (docs/assets/offline.mjs).
    assert "/python_stdlib-" in manifest["library"]


def test_an_unchanged_handbook_is_the_same_version_byte_for_byte(
    handbook: Built, tmp_path_factory: pytest.TempPathFactory
) -> None:
    again = built(tmp_path_factory.mktemp("again")).site
    for name in ("offline.json", "handbook/search/words.json"):
        assert (again / name).read_bytes() == (handbook.site / name).read_bytes(), name


def test_the_version_changes_with_any_file_and_with_nothing_else(
    files: dict[str, bytes], whole: dict[str, Any]
) -> None:
    assert lists_of(files).version == whole["version"] == lists_of(dict(reversed(files.items()))).version
    for path in ("index.html", "assets/clearpost.css", "service-worker.js", "handbook/lydiate/course.json"):
        assert lists_of({**files, path: files[path] + b" "}).version != whole["version"], path
    assert lists_of({**files, "new.txt": b""}).version != whole["version"]


def test_five_trusts_are_kept_whole_and_of_a_thousand_only_ones_own(
    whole: dict[str, Any], files: dict[str, bytes]
) -> None:
    assert whole["small"]
    lists = lists_of(files)
    thousand = {f"trust-{number}": lists.trusts["lydiate"] for number in range(1000)}
    large = replace(lists, trusts=thousand)
    assert sum(size for _, size in lists.trusts["lydiate"].values()) * 1000 > SMALL
    assert not large.small
    assert len(large.as_json()["offline.json"]) < 200_000


def lists_of(files: dict[str, bytes]) -> Lists:
    return listed({path: entry(data) for path, data in files.items()})


def test_the_handbook_can_be_installed(handbook: Built) -> None:
    manifest = read(handbook.site / "manifest.webmanifest")
    assert {"name", "short_name", "start_url", "scope", "display", "icons"} <= set(manifest)
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    for icon in manifest["icons"]:
        data = (handbook.site / icon["src"].lstrip("/")).read_bytes()
        if icon["type"] == "image/png":
            width, height = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
            assert f"{width}x{height}" == icon["sizes"]
    for where, page in handbook.pages().items():
        assert [one for one in page.all("link") if one.attributes["href"] == "/manifest.webmanifest"], where
