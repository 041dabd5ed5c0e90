"""The rows of a clause, as the PDF has them, are those of its page."""

from handbook.library import Library
from handbook.pdf.content import blocks, pdf_content


def test_a_row_has_its_badge_its_words_and_its_number() -> None:
    html = (
        '<p class="rule"><span class="badge badge-must">Must</span> <span class="provision" id="1/a">Be <em>kind</em>'
        '</span>. <a class="ref" href="#1/a">1/a</a></p>'
    )
    (row,) = blocks(html)
    assert row["kind"] == "text"
    assert [(one["kind"], one["words"].strip()) for one in row["runs"] if one["words"].strip()] == [
        ("badge-must", "Must"), ("text", "Be"), ("text", "kind"), ("text", "."), ("ref", "1/a"),
    ]  # fmt: skip


def test_items_have_marks_and_remarks_are_set_apart() -> None:
    found = blocks("<p>These:</p><ol><li>One</li><li><p>Two</p></li></ol><ul><li>Dot</li></ul>"
                   '<div class="odd"><p><strong>Odd here:</strong> So.</p></div><p>End</p>')  # fmt: skip
    assert [(one["kind"], one["marker"]) for one in found] == [
        ("text", ""), ("item", "1."), ("item", "2."), ("item", "•"), ("note", ""), ("text", ""),
    ]  # fmt: skip


def test_sections_and_clauses_are_those_of_the_document(library: Library) -> None:
    trust = library.trusts["cockburn"]
    content = pdf_content(library, trust)
    assert [one["ref"] for section in content["sections"] for one in section["clauses"]] == [
        one.ref for one in trust.clauses
    ]
    assert content["foot"].startswith(
        "Cockburn Multi-Academy Trust: Cockburn MAT Social Media Policy, dated September 2021."
    )


def test_no_word_of_a_provision_is_lost(library: Library) -> None:
    for trust in library.trusts.values():
        content = pdf_content(library, trust)
        said = "".join(
            "".join(run["words"] for run in block["runs"] if run["kind"] == "text").replace(" ", "")
            for section in content["sections"]
            for clause in section["clauses"]
            for block in clause["blocks"]
        )
        for provision in trust.provisions.values():
            assert provision.text.replace(" ", "") in said, provision.id
