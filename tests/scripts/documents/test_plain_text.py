"""A text file, as editors and converters leave it."""

from pathlib import Path

import pytest

from scripts.documents import DocumentUnreadable, read
from scripts.documents.plain_text import text_lines


def test_lines_know_their_page_their_indent_and_whether_something_stands_above_them(tmp_path: Path) -> None:
    file = tmp_path / "policy.txt"
    file.write_bytes("Social media\r\n\r\n- Ask\r\n  - first\r\n\fPhotos\r\n".encode("utf-8-sig"))
    found = text_lines(file)
    assert [one.text for one in found] == ["Social media", "- Ask", "- first", "Photos"]
    assert [one.number for one in found] == [1, 3, 4, 5]
    assert [one.page for one in found] == [1, 1, 1, 2]
    assert [one.indent for one in found] == [0, 0, 2, 0]
    assert [one.apart for one in found] == [True, True, False, False]


def test_an_old_windows_text_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "policy.txt"
    file.write_bytes("Don\x92t post — ask.".encode("latin-1", errors="replace"))
    assert text_lines(file)[0].text.startswith("Don’t post")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("policy.doc", b"x", "save it as .docx"),
        ("policy.xyz", b"x", "this kind of file cannot be imported"),
        ("policy.txt", b"", "there is no text in it"),
        ("policy.txt", b"a\0b", "this is no text file"),
        ("policy.docx", b"PK no document", "this is no Word document"),
        ("policy.pdf", b"%PDF-1.4 nothing", "this PDF cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(DocumentUnreadable, match=says) as refused:
        read(file)
    assert str(file) in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentUnreadable, match="there is no such file"):
        read(tmp_path / "nowhere.txt")
