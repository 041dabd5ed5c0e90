"""While somebody writes, only what has changed is written again, and what is gone goes."""

from pathlib import Path

from handbook.rebuilding import built_of, grow_old, write_changed


def test_what_is_right_already_is_left_alone(tmp_path: Path) -> None:
    files = {"oak/index.md": "Oak", "elm/index.md": "Elm", "data.json": "{}"}
    assert write_changed(tmp_path, files) == tuple(sorted(files))
    grow_old(*(tmp_path / path for path in files))
    assert write_changed(tmp_path, {**files, "elm/index.md": "Elm, changed"}) == ("elm/index.md",)
    assert (tmp_path / "elm/index.md").read_text() == "Elm, changed"
    assert (tmp_path / "oak/index.md").stat().st_mtime == 0


def test_what_is_gone_goes(tmp_path: Path) -> None:
    write_changed(tmp_path, {"oak/index.md": "Oak", "elm/index.md": "Elm"})
    assert write_changed(tmp_path, {"oak/index.md": "Oak"}) == ("elm/index.md",)
    assert not (tmp_path / "elm/index.md").exists()


def test_a_page_is_known_by_its_file() -> None:
    assert built_of("elm/training/index.md") == "elm/training/index.html"
    assert built_of("elm/course.json") == "elm/course.json"
