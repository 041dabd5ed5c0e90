"""The page for receipts: every trust's course can be chosen, and what a receipt proves is said."""

from handbook.library import Library
from tests.handbook.built import Built


def test_every_trust_can_be_chosen_and_its_course_is_there(handbook: Built, library: Library) -> None:
    page = handbook.page("/handbook/collate/")
    _, *options = page.inside(page.by_id("collate-trust"), "option")
    assert [one.text for one in options] == [trust.name for trust in library.trusts.values()]
    assert [one.attributes["data-trust"] for one in options] == list(library.trusts)
    for one in options:
        assert (handbook.site / one.attributes["value"].lstrip("/")).is_file()


def test_every_field_has_a_label_of_its_own(handbook: Built) -> None:
    page = handbook.page("/handbook/collate/")
    fields = [one for one in page.elements if one.tag in ("select", "input")]
    labelled = [one.attributes["for"] for one in page.all("label")]
    assert [one.attributes["id"] for one in fields] == labelled


def test_the_page_says_what_a_receipt_does_not_prove(handbook: Built) -> None:
    page = handbook.page("/handbook/collate/")
    says = [one.text for one in page.all("strong")]
    assert says == [
        "These answers pass this course.",
        "Not who gave them.",
        "Not when.",
        "Not at which try.",
        "Not that nobody touched the file.",
    ]
