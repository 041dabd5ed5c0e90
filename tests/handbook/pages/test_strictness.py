"""The charts of how strict each trust is, and the numbers they are drawn from."""

import re
from xml.etree import ElementTree

import pytest

from handbook.comparison import Comparison
from handbook.library import Library
from handbook.pages.bars import PART_WORDS, bar, parts, percentages
from handbook.pages.strictness import LEAST_CASES, WIDTH, strictness_pages
from quiz.rulings import NOT_COVERED
from tests.handbook.built import Page


@pytest.fixture(scope="module")
def text(library: Library, comparison: Comparison) -> str:
    return strictness_pages(library, comparison)["strictness/index.md"]


def test_every_trust_has_a_chart_with_a_title_and_a_description(text: str, library: Library) -> None:
    page = Page(text)
    charts = page.all("svg", "chart")
    assert len(charts) == len(library.trusts)
    for chart, trust in zip(charts, library.trusts.values(), strict=True):
        title, about = (page.by_id(name) for name in chart.attributes["aria-labelledby"].split())
        assert title.text == f"How strict {trust.short_name} is, by topic"
        assert "The table below has all numbers." in about.text


def test_the_charts_show_the_numbers_of_the_table(text: str, library: Library, comparison: Comparison) -> None:
    page = Page(text)
    rows = {page.inside(row, "a")[0].text: page.inside(row, "td") for row in page.all("tr") if page.inside(row, "td")}
    charts = [ElementTree.fromstring(found) for found in re.findall(r'<svg class="chart".*?</svg>', text, re.DOTALL)]
    drawn = [topic for topic, places in comparison.topics.items() if len(places) >= LEAST_CASES]
    assert all(len(chart.findall("text")) == len(drawn) for chart in charts)
    for chart, trust in zip(charts, library.trusts, strict=True):
        for topic in drawn:
            verdicts = [comparison.answer(trust, place).verdict for place in comparison.topics[topic]]
            refused = verdicts.count("forbidden")
            label = library.vocabulary.topics[topic].label
            words = [one for one in chart if one.tag in ("text", "rect")]
            start = next(place for place, one in enumerate(words) if one.text == label)
            wide = 0.0
            for one in words[start + 1 :]:
                if one.tag == "text":
                    break
                if one.get("class") == "bar-no":
                    wide = float(one.get("width", "0"))
            assert wide == pytest.approx(max(WIDTH * refused / len(verdicts) - 2, 1) if refused else 0, abs=0.06)
            if refused:
                (cell,) = [one for one in rows[label] if one.attributes["data-trust"] == trust]
                (said,) = re.findall(r"(\d+)% no\b", cell.text)
                assert abs(int(said) - 100 * refused / len(verdicts)) < 1


def test_the_numbers_are_there_for_whoever_opens_them(text: str) -> None:
    page = Page(text)
    (table,) = page.all("table")
    (folded,) = [one for one in table.within if one.tag == "details"]
    assert page.inside(folded, "summary")[0].text == "Show the numbers"
    assert "open" not in folded.attributes


def test_percentages_add_up() -> None:
    assert percentages({"no": 1, "conditions": 1, "yes": 1, "silent": 0}) == {
        "no": 34,
        "conditions": 33,
        "yes": 33,
        "silent": 0,
    }
    assert percentages(dict.fromkeys(PART_WORDS, 0)) == dict.fromkeys(PART_WORDS, 0)


def test_a_bar_has_a_part_for_every_kind_of_answer_and_fills_its_width() -> None:
    tally = {"forbidden": 1, "ask-first": 1, "allowed-if": 1, "allowed": 2, NOT_COVERED: 5}
    assert parts(tally) == {"no": 1, "conditions": 2, "yes": 2, "silent": 5}
    shapes = ElementTree.fromstring(bar(tally)).findall("rect")
    assert [one.get("class") for one in shapes] == ["bar-no", "bar-conditions", "bar-yes", "bar-silent"]
    heights = [float(one.get("height", "0")) for one in shapes]
    assert heights == sorted(heights, reverse=True)
    assert float(shapes[-1].get("x", "0")) + float(shapes[-1].get("width", "0")) == pytest.approx(198)
