"""What belongs to the paper is dropped, each line for a reason; what only looks a little like it stays."""

import pytest

from handbook.importing import Line
from handbook.importing.furniture import CONTENTS, EMPTY, FOOTER, HEADER, PAGE_NUMBER, RUNNING, dropped
from tests.handbook.importing.documents import HEAD, elm


def lines(*texts: str, page: int = 0) -> list[Line]:
    return [Line(number, text, page) for number, text in enumerate(texts, start=1)]


def why(found: list[Line]) -> dict[str, str]:
    return {line.text: reason for line in found if (reason := dropped(found).get(line.number))}


def test_what_runs_along_the_pages_is_dropped_and_nothing_else() -> None:
    found = why(elm())
    assert found == {
        HEAD: HEADER,
        "Page 1 of 3": PAGE_NUMBER,
        "Page 2 of 3": PAGE_NUMBER,
        "Page 3 of 3": PAGE_NUMBER,
        "Contents": CONTENTS,
        "1. Accounts ........ 2": CONTENTS,
        "2. Photos ... 3": CONTENTS,
    }


@pytest.mark.parametrize("text", ["3", "- 3 -", "Page 3", "page 3 of 12", "iv", "3 / 12", "p. 7"])
def test_a_page_number_stands_alone(text: str) -> None:
    assert why(lines(text)) == {text: PAGE_NUMBER}


@pytest.mark.parametrize("text", ["2026", "3 people hold the login", "Year 9", "1. Scope"])
def test_not_every_number_is_a_page(text: str) -> None:
    assert why(lines(text)) == {}


def test_a_line_at_the_foot_of_every_page_is_a_footer_whatever_its_number() -> None:
    rules = ("Ask first.", "Think twice.", "Keep it safe.", "Tell a leader.")
    found = [
        Line(2 * page + place, text, page, 100.0 * place)
        for page, rule in enumerate(rules, start=1)
        for place, text in enumerate((rule, f"Version {page}.0, HR"))
    ]
    assert why(found) == {f"Version {page}.0, HR": FOOTER for page in range(1, 5)}


def test_what_stands_at_another_height_is_no_header() -> None:
    found = [Line(page, "Elm Learning Trust", page, 40.0 * page) for page in range(1, 4)]
    found += [Line(page + 10, f"Text of page {page}.", page, 500.0) for page in range(1, 4)]
    assert "Elm Learning Trust" not in [
        line.text for line in found if dropped(found).get(line.number) in (HEADER, FOOTER)
    ]


def test_in_a_text_without_pages_what_is_said_three_times_runs_also_where_a_scan_misread_it() -> None:
    running = "PHA\tBoard\tMay 2022\tMay 2024\tpage {} of 10"
    found = lines(
        *(running.format(number) for number in (1, 2, 3)), "PHA\tBoard\tMay 2022\tMay 2024\truge 4 0j 10", "Ask first."
    )
    assert list(dropped(found).values()) == [RUNNING] * 4


def test_a_running_line_is_known_without_its_page_number_and_where_it_was_parted_in_two() -> None:
    running = "PHA\tBoard\tMay 2022\tMay 2024\tpage {} of 10"
    found = lines(*(running.format(number) for number in (1, 2, 3)), "PHA\tBoard\tMay 2022\tMay 2024", "Ask first.")
    assert list(dropped(found)) == [1, 2, 3, 4]
    head = "Elm Learning Trust Social Media Policy 2026"
    parted = lines(*[head] * 3, "Elm Learning Trust", "Social Media Policy 2026", "Elm Learning Trust", "Ask first.")
    assert list(dropped(parted)) == [1, 2, 3, 4, 5]


def test_a_bullet_without_words_is_dropped_and_named() -> None:
    assert why(lines("- Ask a parent.", "-", "•", "- Ask a leader.")) == {"-": EMPTY, "•": EMPTY}


def test_a_rule_that_is_said_three_times_is_no_running_line() -> None:
    assert why(lines(*["Ask a parent first."] * 3, *["- Ask a leader before you do it"] * 3)) == {}


def test_a_contents_table_ends_where_the_text_begins() -> None:
    found = lines(
        "CONTENTS\tPAGE", "Introduction\tP3", "Accounts:", "New accounts\tP5", "Introduction", "We welcome it."
    )
    assert list(dropped(found)) == [1, 2, 3, 4]


def test_entries_with_leaders_need_no_heading_and_entries_without_pages_are_known_by_their_titles() -> None:
    assert len(dropped(lines("Scope . . . . . 2", "Photos . . . . 3", "Scope", "All staff."))) == 2
    assert list(dropped(lines("Table of contents", "Scope", "Photos", "Scope", "All staff.", "Photos", "Ask."))) == [
        1,
        2,
        3,
    ]


def test_what_a_reader_knows_to_be_furniture_is_believed() -> None:
    found = [Line(1, "Contents"), Line(2, "Scope 2", furniture=CONTENTS), Line(3, "Draft", furniture=HEADER)]
    assert why(found) == {"Contents": CONTENTS, "Scope 2": CONTENTS, "Draft": HEADER}
