"""A finished folder takes the place of an old one, whole or not at all."""

from pathlib import Path

import pytest

from handbook import folders
from handbook.folders import replacing


@pytest.fixture(params=["in one step", "in two steps"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if request.param == "in two steps":
        monkeypatch.setattr(folders, "_exchanged", lambda one, other: False)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "old").write_text("old", "utf-8")
    return tmp_path / "site"


def test_the_new_folder_stands_alone_in_the_old_ones_place(place: Path) -> None:
    with replacing(place) as new:
        (new / "new").write_text("new", "utf-8")
    assert [one.name for one in place.iterdir()] == ["new"]
    assert [one.name for one in place.parent.iterdir()] == ["site"]


def test_an_error_on_the_way_leaves_the_old_folder(place: Path) -> None:
    with pytest.raises(FileNotFoundError), replacing(place) as new:
        (new / "deep" / "new").write_text("new", "utf-8")
    assert (place / "old").read_text("utf-8") == "old"
    assert [one.name for one in place.parent.iterdir()] == ["site"]


def test_where_there_was_none_a_folder_appears(tmp_path: Path) -> None:
    with replacing(tmp_path / "deep" / "site") as new:
        (new / "new").write_text("new", "utf-8")
    assert (tmp_path / "deep" / "site" / "new").exists()


def test_what_a_killed_run_left_behind_is_cleared_away(place: Path) -> None:
    (place.parent / ".site-building-x" / "new").mkdir(parents=True)
    with replacing(place) as new:
        (new / "new").write_text("new", "utf-8")
    assert [one.name for one in place.parent.iterdir()] == ["site"]


def test_a_run_killed_between_two_steps_does_not_cost_the_old_folder(place: Path) -> None:
    (place.parent / ".site-building-x").mkdir()
    place.rename(place.parent / ".site-building-x" / "old")
    with pytest.raises(FileNotFoundError), replacing(place) as new:
        (new / "deep" / "new").write_text("new", "utf-8")
    assert (place / "old").read_text("utf-8") == "old"
