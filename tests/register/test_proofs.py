"""How does a downloaded list prove that no row was edited, added, removed or moved since?"""

import csv
from collections.abc import Callable, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from quiz.spreadsheets import as_csv, harmless
from register import events, proofs
from register.proofs import Line, check, prove
from register.proved_files import beside, read
from register.refusals import Refused
from register.workbooks import ABOUT, as_xlsx
from tests.register.test_posting_rights import granted
from tests.register.world import World

KEY = Ed25519PrivateKey.generate()
COLUMNS = ("staff", "score", "expiry")
ROWS = [(f"Person {letter}", "90", "2027-11-21") for letter in "ABCDEF"]

type Table = list[list[str]]


def proved(rows: Sequence[Sequence[str]] = ROWS, key: Ed25519PrivateKey = KEY) -> Table:
    name, proof = prove(
        key, rows, trust="demo", columns=COLUMNS, filtered="everyone", made_at="2026-11-21T12:00:00+00:00", head="1:ab"
    )
    return [[*COLUMNS, name], *([*row, one] for row, one in zip(rows, proof, strict=True))]


# A download of form 1, as it was made when each row had a signature of its own; of its key the public part.
SIGNED_ONE_BY_ONE = Path(__file__).parent / "signed_one_by_one.csv"
ITS_KEY = bytes.fromhex("eab399ca73bb05577e52882ab37283e940e36d8b6a7787f369aab40187a78366")


def wrong(table: Table, key: Ed25519PrivateKey = KEY) -> list[str]:
    return wrong_by(table, key.public_key())


def wrong_by(table: Table, key: Ed25519PublicKey) -> list[str]:
    lines = [Line(number, tuple(cells)) for number, cells in enumerate(table[1:], 2)]
    return list(check(key, table[0], lines).wrong)


def put(table: Table, row: int, column: int, value: str) -> Table:
    return [
        [value if (n, m) == (row, column) else cell for m, cell in enumerate(cells)] for n, cells in enumerate(table)
    ]


EDITS: dict[str, tuple[Callable[[Table], Table], list[str]]] = {
    "nothing": (lambda table: table, []),
    "a row edited": (lambda table: put(table, 2, 1, "100"), ["Row 3 (Person B) was edited."]),
    "a name edited": (lambda table: put(table, 1, 0, "Person X"), ["Row 2 (Person X) was edited."]),
    "two rows edited": (
        lambda table: put(put(table, 2, 1, "100"), 5, 2, "2029-11-21"),
        ["Row 3 (Person B) was edited.", "Row 6 (Person E) was edited."],
    ),
    "a row removed": (lambda table: table[:3] + table[4:], ["Row 4 of the list as it was made was removed."]),
    "the last row removed": (lambda table: table[:-1], ["Row 7 of the list as it was made was removed."]),
    "a row added": (
        lambda table: [*table[:3], ["Person Z", "90", "2027-11-21", ""], *table[3:]],
        ["Row 4 (Person Z) was added."],
    ),
    "a row added with a neighbour's proof": (
        lambda table: [*table, ["Person Z", "90", "2027-11-21", table[1][3]]],
        ["Row 8 (Person Z) was added."],
    ),
    "a row copied": (lambda table: [*table, table[2]], ["Row 8 (Person B) was added: it is a copy of row 3."]),
    "a row moved": (
        lambda table: [table[0], *table[2:], table[1]],
        ["Row 7 (Person A) was moved: it was row 2."],
    ),
    "a row cut short": (
        lambda table: [*table[:6], table[6][:2]],
        ["Row 7 (Person F) was added.", "Row 7 of the list as it was made was removed."],
    ),
    "the proof removed": (
        lambda table: [cells[:3] for cells in table],
        ["The last column, proof, is missing, or its name was changed: nothing is proved."],
    ),
    "the manifest edited": (
        lambda table: put(table, 0, 3, table[0][3].replace("proof ", "proof A", 1)),
        ["The manifest was changed, or it was signed by another register."],
    ),
    "a column renamed": (lambda table: put(table, 0, 1, "mark"), ["The column score was removed or renamed."]),
    "a column added": (
        lambda table: [[*cells, "note"] for cells in table],
        ["The column note was added: nothing proves what it says."],
    ),
    "a second column of a name added, so that the first can be hidden": (
        lambda table: [[*cells, "score" if n == 0 else "100"] for n, cells in enumerate(table)],
        ["The column score was added: nothing proves what it says."],
    ),
    "cells added under no column": (
        lambda table: [
            [*cells, *([""] if n == 0 else ["100"])] if n in (0, 2) else cells for n, cells in enumerate(table)
        ],
        ["Row 3 has a cell under no column: nothing proves what it says."],
    ),
    "a row made longer than the head": (
        lambda table: [*table[:2], [*table[2], "", "100"], *table[3:]],
        ["Row 3 has a cell under no column: nothing proves what it says."],
    ),
    "empty cells beside the list": (lambda table: [[*cells, "", ""] for cells in table], []),
    "columns in another order": (lambda table: [[cells[3], *cells[:3]] for cells in table], []),
}


@pytest.mark.parametrize("edit", EDITS)
def test_each_row_that_was_touched_is_named(edit: str) -> None:
    change, said = EDITS[edit]
    assert wrong(change(proved())) == said


@pytest.mark.parametrize("edit", EDITS)
def test_so_is_each_in_a_list_whose_rows_were_signed_one_by_one(edit: str) -> None:
    head, lines = read(SIGNED_ONE_BY_ONE.read_bytes())
    change, said = EDITS[edit]
    table = change([list(head), *(list(line.cells) for line in lines)])
    assert wrong_by(table, Ed25519PublicKey.from_public_bytes(ITS_KEY)) == said


@pytest.mark.parametrize("rows", range(1, 10))
def test_every_row_is_proved_by_itself_whatever_became_of_the_others(rows: int) -> None:
    head, *lines = proved([(f"Person {number}", "90", "2027-11-21") for number in range(rows)])
    for place in range(rows):
        gone = [f"Row {other + 2} of the list as it was made was removed." for other in range(rows) if other != place]
        assert wrong([head, lines[place]]) == gone


def test_no_row_passes_at_the_place_of_another_of_its_four() -> None:
    table = proved([("Person A", "90", "2027-11-21")] * 4)
    proofs_of = [cells[3].partition(".")[2] for cells in table[1:]]
    for place in range(1, 5):
        for other in range(1, 5):
            swapped = put(table, place, 3, f"r{place}.{proofs_of[other - 1]}")
            assert wrong(swapped) == ([] if other == place else [f"Row {place + 1} (Person A) was edited."])


def test_a_list_of_a_form_that_is_not_known_yet_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr(proofs, "FORM", proofs.FORM + 1)
        table = proved()
    assert wrong(table) == ["The list was made by a newer version, which has to check it: nothing is proved."]


def test_another_registers_key_proves_nothing() -> None:
    assert wrong(proved(), Ed25519PrivateKey.generate()) == [
        "The manifest was changed, or it was signed by another register."
    ]


def test_a_row_of_another_download_is_not_one_of_this() -> None:
    other = proved([("Person A", "90", "2027-11-21"), *ROWS[1:5]])
    table = proved()
    assert wrong([table[0], other[1], *table[2:]]) == ["Row 2 (Person A) was edited."]


def test_an_empty_list_is_proved_too() -> None:
    assert wrong(proved([])) == []
    assert wrong([proved([])[0], ["Person Z", "1", "", ""]]) == ["Row 2 (Person Z) was added."]


def test_what_a_spreadsheet_program_does_to_days_and_numbers_is_no_change() -> None:
    head, *rows = proved()
    assert wrong([head, *([row[0], "90.0", "21/11/2027", row[3]] for row in rows)]) == []


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)
TABLES = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6)


@given(TABLES, st.data())
def test_any_one_change_to_any_list_shows(rows: list[tuple[str, str, str]], data: st.DataObject) -> None:
    table = proved(rows)
    assert wrong(table) == []
    at = data.draw(st.integers(1, len(rows)))
    column = data.draw(st.integers(0, 2))
    assert wrong(put(table, at, column, table[at][column] + "x"))
    assert wrong([*table[:at], *table[at + 1 :]])
    assert wrong([*table[: at + 1], table[at], *table[at + 1 :]])


@given(TABLES)
def test_a_list_is_proved_as_csv_and_as_a_workbook(given_rows: list[tuple[str, str, str]]) -> None:
    rows = [tuple(map(harmless, row)) for row in given_rows]
    table = proved(rows)
    head, lines = read(as_csv(table[0], table[1:]).encode())
    assert check(KEY.public_key(), head, lines).wrong == ()
    hidden = (table[0][3], [cells[3] for cells in table[1:]])
    with TemporaryDirectory() as beside:
        made = as_xlsx(COLUMNS, rows, hidden=hidden, about=(), beside=Path(beside))
    head, lines = read(made)
    assert check(KEY.public_key(), head, lines).wrong == ()


WORKBOOK, SHEET = "xl/workbook.xml", "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("part", "before", "after", "said"),
    [
        (WORKBOOK, "", "", []),
        (WORKBOOK, '<sheet name="List"', '<sheet state="hidden" name="List"', ["The sheet List was hidden."]),
        (WORKBOOK, ABOUT, "The real list", ["The sheet The real list was added: nothing proves what it says."]),
        (
            SHEET,
            '<c r="A2" t="inlineStr">',
            '<c t="inlineStr" r="A2"><f>"Person X"</f>',
            ["Cell A2 was made a formula: nothing proves what it shows."],
        ),
    ],
)
def test_what_a_workbook_shows_beside_the_list_is_named(
    tmp_path: Path, part: str, before: str, after: str, said: list[str]
) -> None:
    table = proved()
    hidden = (table[0][3], [cells[3] for cells in table[1:]])
    made = as_xlsx(COLUMNS, ROWS, hidden=hidden, about=(("What", "x"),), beside=tmp_path)
    edited = rewritten(made, part, before, after)
    head, lines = read(edited)
    assert check(KEY.public_key(), head, lines).wrong == (), "the rows themselves are as they were"
    assert beside(edited) == said


def test_a_workbook_leaves_nothing_behind_where_it_was_written(tmp_path: Path) -> None:
    as_xlsx(COLUMNS, ROWS, hidden=("proof", [""] * len(ROWS)), about=(), beside=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_that_cannot_be_written_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="disk may be full") as refused:
        as_xlsx(COLUMNS, ROWS, hidden=("proof", [""] * len(ROWS)), about=(), beside=tmp_path / "gone")
    assert refused.value.status == 503


def rewritten(workbook: bytes, part: str, before: str, after: str) -> bytes:
    written = BytesIO()
    with ZipFile(BytesIO(workbook)) as old, ZipFile(written, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                assert before.encode() in text
                text = text.replace(before.encode(), after.encode(), 1)
            new.writestr(name, text)
    return written.getvalue()


def test_what_the_register_hands_out_is_proved(world: World) -> None:
    _, mia, _ = granted(world)
    key = world.app.state.desk.signing.public_key()
    for ending in ("csv", "xlsx"):
        content = mia.get(f"/manage/completions.{ending}").content
        head, lines = read(content)
        found = check(key, head, lines)
        assert found.wrong == ()
        assert beside(content) == []
        assert found.manifest is not None
        assert found.manifest.rows == 3
        assert found.manifest.filter == "Creating Tomorrow Academies Trust · everyone · by what needs doing first"
        assert found.manifest.made_at == "2026-11-21T12:00:00+00:00"
        with world.database.reading() as db:
            assert found.manifest.head == str(events.head(db))


def test_a_list_saved_again_with_other_separators_is_proved(world: World) -> None:
    _, mia, _ = granted(world)
    text = mia.get("/manage/completions.csv").content.decode("utf-8-sig")
    written = StringIO(newline="")
    csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL).writerows(csv.reader(StringIO(text, newline="")))
    head, lines = read(written.getvalue().encode("windows-1252"))
    assert check(world.app.state.desk.signing.public_key(), head, lines).wrong == ()
