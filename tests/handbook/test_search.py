"""What can be found: every clause once, with what it says and the words people use instead."""

import pytest

from handbook.library import Library
from handbook.search import PARTING, Record, record_html, records
from tests.handbook.built import Built


@pytest.fixture(scope="module")
def found(library: Library) -> dict[str, Record]:
    return {record.url: record for record in records(library)}


def test_every_clause_is_a_record_with_its_permalink(library: Library, found: dict[str, Record]) -> None:
    clauses = [f"/handbook/{trust.id}/#{one.ref}" for trust in library.trusts.values() for one in trust.clauses]
    assert list(found) == clauses


def test_a_clause_is_filtered_by_every_topic_and_duty_of_its_provisions(
    library: Library, found: dict[str, Record]
) -> None:
    for trust in library.trusts.values():
        for clause in trust.clauses:
            filters = found[f"/handbook/{trust.id}/#{clause.ref}"].filters
            assert filters["trust"] == [trust.id]
            assert set(filters["duty"]) == {one.duty for one in clause.provisions}
            assert set(filters["topic"]) == {clause.topic, *(one.topic for one in clause.provisions)}


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("kid", "/handbook/cockburn/#sanctioned/4"),
        ("pic", "/handbook/cockburn/#sanctioned/4"),
        ("dm", "/handbook/cockburn/#sanctioned/7"),
        ("insta", "/handbook/collaborative/#trust-accounts/1"),
        ("journo", "/handbook/lydiate/#3.4/4"),
        ("whatsapp", "/handbook/wren-spinney/#5.4"),
        ("hand over", "/handbook/collaborative/#approval/7"),
    ],
)
def test_a_clause_is_also_found_under_peoples_own_words(words: str, clause: str, found: dict[str, Record]) -> None:
    assert words in f"{found[clause].text} {found[clause].also}".lower()


def test_what_is_shown_is_parted_from_what_is_only_found(found: dict[str, Record]) -> None:
    for record in found.values():
        assert PARTING not in record.title + record.text + record.also
        assert record_html(record).count(PARTING) == 2


def test_no_text_can_break_out_of_a_record() -> None:
    record = Record("/#a", "<b>", "</p><script>", '"', {"title": '"><script>'}, {"trust": ['"><script>']})
    assert "<script>" not in record_html(record)
    assert "<b>" not in record_html(record)


def test_the_index_and_its_program_are_on_the_site_and_no_ready_made_interface(handbook: Built) -> None:
    folder = handbook.site / "pagefind"
    assert (folder / "pagefind.js").is_file()
    assert len(list((folder / "fragment").glob("*.pf_fragment"))) == handbook.report.clauses
    assert not list(folder.glob("*-ui.*"))
