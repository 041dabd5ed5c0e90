"""A clause on a page: every provision a row with its badge and number, and extracts of it that still make sense."""

from dataclasses import replace

import pytest

from handbook.library import Clause, Library, Provision, Vocabulary
from handbook.pages.clauses import clause_body, clause_extract, remark
from tests.handbook.built import Page


def provision(ref: str, duty: str = "must", topic: str = "conduct") -> Provision:
    return Provision("lydiate", ref, duty, topic, ("staff",), ref, ref, 1)


def span(ref: str, words: str, duty: str = "must") -> str:
    return f'<span class="provision" data-duty="{duty}" id="{ref}">{words}</span>'


@pytest.fixture
def words(library: Library) -> Vocabulary:
    return library.vocabulary


def clause(html: str, *provisions: Provision) -> Clause:
    return Clause("lydiate", "5", "Title", "Section", "conduct", ("staff",), html, "", (), provisions, 1)


SENTENCES = f"<p>{span('5a', 'Ask first.')}\n{span('5b', 'Never post it.', 'must-not')} Then do</p>"
LIST = f"<ul><li>{span('5c', 'this')},</li><li>{span('5d', 'that', 'may')}.<ul><li>in full</li></ul></li></ul>"
BOTH = clause(SENTENCES + LIST, provision("5a"), provision("5b", "must-not"), provision("5c"), provision("5d", "may"))


def test_every_provision_becomes_a_row_with_badge_words_and_number(words: Vocabulary) -> None:
    page = Page(f"<div>{clause_body(BOTH, words)}</div>")
    rows = [one for one in page.elements if "rule" in one.classes]
    assert [one.text for one in rows] == [
        "Must Ask first. 5a",
        "Must not Never post it. 5b",
        "Must this, 5c",
        "May that. 5d in full",
    ]
    assert [one.tag for one in rows] == ["p", "p", "li", "li"]
    assert [one.attributes["href"] for one in page.all("a", "ref")] == ["#5a", "#5b", "#5c", "#5d"]
    assert [one.attributes["id"] for one in page.all("span", "provision")] == ["5a", "5b", "5c", "5d"]


def test_words_between_provisions_stand_by_themselves(words: Vocabulary) -> None:
    page = Page(f"<div>{clause_body(BOTH, words)}</div>")
    assert [one.text for one in page.all("p", "lead-in")] == ["Then do"]


def test_a_clause_that_is_a_provision_shows_its_badge_at_its_head(words: Vocabulary) -> None:
    whole = clause("<p>You must ask.</p><ul><li>Always</li></ul>", provision("5"))
    page = Page(f"<div>{clause_body(whole, words)}</div>")
    assert page.all("p", "rule")[0].text == "Must You must ask."
    assert page.ids == []


def test_an_extract_keeps_what_was_asked_for_and_the_words_that_lead_to_it(words: Vocabulary) -> None:
    page = Page(f"<div>{clause_extract(BOTH, words, ['5d'])}</div>")
    assert page.text == "Then do May that. 5d in full"
    assert page.ids == []
    assert page.all("a", "ref")[0].attributes["href"] == "/handbook/lydiate/#5d"


def test_an_extract_drops_words_that_lead_nowhere(words: Vocabulary) -> None:
    assert Page(f"<div>{clause_extract(BOTH, words, ['5a'])}</div>").text == "Must Ask first. 5a"


def test_an_extract_of_the_clauses_own_rule_has_all_its_plain_words(words: Vocabulary) -> None:
    html = f"<p>You must ask.</p>\n<ul><li>Always</li><li>{span('5a', 'twice')}</li></ul>"
    whole = clause(html, provision("5"), provision("5a"))
    assert Page(f"<div>{clause_extract(whole, words, ['5'])}</div>").text == "Must You must ask. 5 Always"


def test_two_provisions_in_one_point_keep_their_badges_and_brackets(words: Vocabulary) -> None:
    nested = clause(f"<ul><li>{span('5a', 'who', 'process')} ({span('5b', 'name two', 'should')}),</li></ul>",
                    provision("5a"), provision("5b"))  # fmt: skip
    assert Page(f"<div>{clause_body(nested, words)}</div>").text == "Step who 5a (Should name two), 5b"


def test_a_remark_says_that_it_is_ours() -> None:
    assert Page(remark("<p>It is old.</p><p>Very.</p>")).text == "Odd here: It is old.Very."


def test_markup_in_a_provision_stays_and_text_stays_text(words: Vocabulary) -> None:
    html = f"<p>{span('5a', 'Ask <em>now</em> &lt;b&gt; &amp; wait.')}</p>"
    body = clause_body(clause(html, provision("5a")), words)
    assert "<em>now</em> &lt;b&gt; &amp; wait." in body


def test_every_real_provision_is_in_exactly_one_row_of_its_clause(library: Library) -> None:
    for trust in library.trusts.values():
        for one in trust.clauses:
            page = Page(f"<div>{clause_body(one, library.vocabulary)}</div>")
            badges = [badge.text for badge in page.all("span", "badge")]
            labels = [library.vocabulary.duties[it.duty].label for it in one.provisions]
            assert sorted(badges) == sorted(labels), one.id
            assert all(row.text not in labels for row in page.elements if "rule" in row.classes), one.id


def test_every_real_provision_stands_in_the_extract_for_its_topic(library: Library) -> None:
    for trust in library.trusts.values():
        for one in trust.clauses:
            for it in one.provisions:
                links = Page(f"<div>{clause_extract(one, library.vocabulary, [it.ref])}</div>").all("a", "ref")
                assert it.ref in [link.text for link in links], it.id


def test_making_rows_changes_nothing_in_the_clause(library: Library) -> None:
    one = library.trusts["lydiate"].clauses[0]
    before = replace(one)
    clause_body(one, library.vocabulary)
    assert one == before
