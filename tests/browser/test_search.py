"""The search in a browser: it finds what people type, one's own trust first, and says what it made of slips."""

import json
import re
from collections.abc import Sequence
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Register, Watch, barriers

NOT_HERE = "The search needs the network the first time. Go online, and search again."
COUNTED = re.compile(r"^\d+ clauses? found")


@pytest.fixture(scope="module")
def site_url(register: Register) -> str:
    """Return the address of the handbook, without a slash at the end."""
    return register.url


def search(page: Page, site_url: str, **asked: str) -> list[str]:
    """Return the addresses of what a search finds first."""
    page.goto(f"{site_url}/handbook/search/?{urlencode(asked)}")
    expect(page.locator("#search-status")).not_to_be_empty()
    return [link.get_attribute("href") or "" for link in page.locator("#search-results h2 a").all()]


def trusts(found: Sequence[str]) -> list[str]:
    """Return the trust of each address."""
    return [one.split("/")[2] for one in found]


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("kid photo", "/handbook/cockburn/#sanctioned/4"),
        ("whatsapp group with parents", "/handbook/collaborative/#group-chat"),
        ("dm a pupil", "/handbook/cockburn/#sanctioned/7"),
        ("journo", "/handbook/lydiate/#3.4/4"),
        ("leaving", "/handbook/collaborative/#approval/7"),
        ("can I follow pupils", "/handbook/lydiate/#3.9/students/1"),
        ("snow day", "/handbook/collaborative/#trust-accounts/4"),
        ("could I get fired", "/handbook/creating-tomorrow/#4.1"),
        ("4.4.2/3b", "/handbook/creating-tomorrow/#4.4.2"),
    ],
)
def test_people_find_the_clause_in_their_own_words(page: Page, site_url: str, words: str, clause: str) -> None:
    assert clause in search(page, site_url, q=words)[:5]


def test_a_result_shows_the_provision_that_answers_with_its_duty(page: Page, site_url: str) -> None:
    search(page, site_url, q="tag a pupil", trust="creating-tomorrow")
    first = page.locator("#search-results > li").first
    expect(first.get_by_role("link")).to_have_attribute("href", "/handbook/creating-tomorrow/#5.1")
    expect(first).to_contain_text("Creating Tomorrow · 5.1 · Contact with pupils")
    expect(first.get_by_role("listitem").filter(has_text="5.1/4")).to_contain_text("Should not")


def test_ones_own_trust_comes_first_and_is_named(page: Page, site_url: str) -> None:
    search(page, site_url)
    page.evaluate("localStorage.setItem('clearpost.trust', 'wren-spinney')")
    found = trusts(search(page, site_url, q="photo consent"))
    own = found.count("wren-spinney")
    assert own
    assert found[:own] == ["wren-spinney"] * own
    assert set(found) > {"wren-spinney"}
    expect(page.locator("#search-results > li").first).to_contain_text("Wren Spinney, your trust")
    expect(page.locator("#search-status")).to_contain_text("of them at Wren Spinney.")


def test_a_slip_is_mended_and_said(page: Page, site_url: str) -> None:
    right = search(page, site_url, q="governors whatsapp")
    assert search(page, site_url, q="governers watsap") == right
    expect(page.locator("#search-status")).to_contain_text("Searched for “governors” instead of “governers”.")


def test_what_nobody_speaks_of_finds_nothing_and_offers_words_that_look_alike(page: Page, site_url: str) -> None:
    assert search(page, site_url, q="xylophone") == []
    expect(page.locator("#search-status")).to_have_text("Nothing found for “xylophone”.")
    page.locator("#search-near").get_by_role("link", name="phone", exact=True).click()
    expect(page.locator("#search-status")).to_have_text(COUNTED)
    expect(page.locator("#q")).to_have_value("phone")


def test_a_word_nobody_has_does_not_hide_what_the_others_find(page: Page, site_url: str) -> None:
    assert search(page, site_url, q="xylophone photo consent")
    expect(page.locator("#search-status")).to_contain_text("No policy has the word “xylophone”.")


@pytest.mark.parametrize(("words", "duty"), [("must not", "Must not"), ("may", "May"), ("should", "Should")])
def test_duties_can_be_searched_like_any_other_word(page: Page, site_url: str, words: str, duty: str) -> None:
    found = search(page, site_url, q=words)
    assert len(found) == 10
    for row in page.locator("#search-results > li").all():
        expect(row.locator(".badge", has_text=re.compile(f"^{duty}$")).first).to_be_visible()


def test_the_address_of_a_search_can_be_shared(page: Page, site_url: str) -> None:
    found = search(page, site_url, q="photo", trust="lydiate", topic="images-consent", duty="must-not")
    assert found
    assert set(trusts(found)) == {"lydiate"}
    assert page.locator("#trust").input_value() == "lydiate"
    page.locator("#q").fill("consent")
    expect(page).to_have_url(re.compile(r"\?q=consent&trust=lydiate&topic=images-consent&duty=must-not$"))


def test_a_filter_alone_shows_all_it_leaves(page: Page, site_url: str) -> None:
    found = search(page, site_url, topic="press")
    assert set(trusts(found)) == {"creating-tomorrow", "lydiate", "wren-spinney"}
    expect(page.locator("#search-status")).to_have_text("5 clauses found.")


def test_a_filter_chosen_before_the_script_came_is_kept(page: Page, site_url: str) -> None:
    held: list[Route] = []
    page.route("**/assets/search.mjs", lambda route: held.append(route))
    with page.expect_request("**/assets/search.mjs"):
        page.goto(f"{site_url}/handbook/search/?q=photo", wait_until="commit")
    page.get_by_label("Trust").select_option("lydiate")
    held.pop().continue_()
    expect(page.locator("#search-status")).to_contain_text("found")
    expect(page.get_by_label("Trust")).to_have_value("lydiate")
    assert {str(link.get_attribute("href")).split("/")[2] for link in page.locator("#search-results h2 a").all()} == {
        "lydiate"
    }
    expect(page).to_have_url(re.compile("trust=lydiate"))


def test_the_trusts_are_counted_and_choosing_one_leaves_just_those(page: Page, site_url: str) -> None:
    search(page, site_url, q="photo")
    shown = page.locator("#trust option[value=lydiate]").inner_text()
    found = re.fullmatch(r"Lydiate \((\d+)\)", shown)
    assert found
    page.locator("#trust").select_option("lydiate")
    expect(page.locator("#search-status")).to_have_text(f"{found[1]} clauses found.")


def test_more_results_come_on_request_and_the_keyboard_lands_on_them(page: Page, site_url: str) -> None:
    search(page, site_url, q="must")
    assert page.locator("#search-results > li").count() == 10
    page.locator("#search-more").press("Enter")
    expect(page.locator("#search-results > li").nth(10).get_by_role("link")).to_be_focused()


def test_the_arrow_keys_lead_from_the_question_through_the_results(page: Page, site_url: str) -> None:
    search(page, site_url, q="photo")
    links = page.locator("#search-results h2 a")
    page.locator("#q").press("ArrowDown")
    expect(links.first).to_be_focused()
    links.first.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    links.nth(1).press("ArrowUp")
    links.first.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()


def test_a_search_from_the_header_of_any_page_leads_to_the_results(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/about/")
    page.locator("#site-search").fill("journalist")
    page.locator("#site-search").press("Enter")
    expect(page.locator("#search-results")).to_contain_text("If a journalist contacts you")


def test_a_search_that_does_not_load_says_so_and_works_again(page: Page, site_url: str) -> None:
    page.route("**/search/words.json", lambda route: route.abort())
    search(page, site_url, q="photo")
    expect(page.locator("#search-status")).to_have_text(NOT_HERE)
    page.unroute("**/search/words.json")
    page.get_by_role("button", name="Search").first.click()
    expect(page.locator("#search-status")).to_have_text(COUNTED)


def test_a_question_costs_few_bytes_and_nothing_leaves_the_site(page: Page, site_url: str, watch: Watch) -> None:
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    search(page, site_url, q="can I post pictures of the kids on insta")
    page.wait_for_load_state("networkidle")
    assert sum(sizes) < 120_000
    assert watch.origins() == {site_url}
    assert watch.errors == []


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(any_screen: Page, site_url: str) -> None:
    page, found = any_screen, {}
    for words in ("photo", "xylophone", "facebok governers xylophone photo"):
        page.goto(f"{site_url}/handbook/search/?q={words}")
        expect(page.locator("#search-status")).not_to_be_empty()
        found[words] = barriers(page)
    assert {words: what for words, what in found.items() if what} == {}, json.dumps(found, indent=1)


def test_on_a_phone_the_results_come_before_the_filters_unfold(any_screen: Page, site_url: str) -> None:
    page = any_screen
    width = page.evaluate("innerWidth")
    page.goto(f"{site_url}/handbook/search/?q=photo")
    expect(page.locator("#search-status")).to_have_text(COUNTED)
    assert page.locator("#search-filters").evaluate("one => one.open") == (width > 640)
    page.goto(f"{site_url}/handbook/search/?q=photo&duty=must")
    expect(page.get_by_label("Duty")).to_be_visible()
