"""*May I…?* in a browser, on a host for plain files: no register anywhere, and the real engine answers."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.conftest import CLEARPOST, ENGINE_READY_MS, ENVIRON, ROOT, SITE, Watch, barriers, free_port

PHOTO_AT_COCKBURN = {
    "Will the pupil's name stand with the picture?": "No",
    "Where would you publish it?": "The school's official account",
    "Is the picture kind to the pupil?": "Yes",
}


@pytest.fixture(scope="module")
def plain_host() -> Iterator[str]:
    """Serve the built site as any host for files would; return its address."""
    if not (SITE / "index.html").is_file():
        subprocess.run([*CLEARPOST, "build"], cwd=ROOT, env=ENVIRON, check=True)
    port = free_port()
    serve = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(SITE)]
    with subprocess.Popen(serve, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_for(address: str) -> None:
    for _ in range(600):
        try:
            urlopen(address).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{address} does not answer")


class Asker:
    """Somebody at a question who wants an answer."""

    def __init__(self, page: Page, host: str, decision: str) -> None:
        self.page = page
        self.address = f"{host}/handbook/may-i/{decision}/"

    def arrive(self, query: str = "") -> None:
        self.page.goto(f"{self.address}{query}")

    def work_at(self, trust: str) -> None:
        self.page.get_by_label("Where do you work?").select_option(label=trust)

    def fact(self, question: str) -> Locator:
        return self.page.locator("[data-fact]").filter(has_text=question)

    def say(self, question: str, answer: str) -> None:
        self.fact(question).get_by_label(answer, exact=True).check()

    def tick(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()

    @property
    def verdict(self) -> Locator:
        return self.page.locator(".verdict")

    @property
    def answer(self) -> Locator:
        return self.page.get_by_role("region", name="The answer")

    def expect_verdict(self, words: str) -> None:
        expect(self.verdict).to_have_text(words, timeout=ENGINE_READY_MS)

    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query, keep_blank_values=True)


@pytest.fixture
def photo(page: Page, plain_host: str) -> Asker:
    return Asker(page, plain_host, "use-photo")


@pytest.fixture
def post(page: Page, plain_host: str) -> Asker:
    return Asker(page, plain_host, "publish-post")


def shown(asker: Asker) -> list[str]:
    return [one.get_attribute("data-fact") or "" for one in asker.page.locator("[data-fact]:visible").all()]


def test_the_trust_comes_first_and_only_what_matters_there_is_asked(photo: Asker) -> None:
    photo.arrive()
    photo.expect_verdict("Choose your trust")
    assert shown(photo) == []
    photo.work_at("Cockburn Multi-Academy Trust")
    photo.expect_verdict("3 questions to answer")
    assert shown(photo) == ["consents", "named_with_photo", "account", "dignified"]
    expect(photo.page.get_by_label("The pupil", exact=True)).to_be_hidden()
    photo.work_at("Lydiate Learning Trust")
    expect(photo.fact("Is the pupil on the list")).to_be_visible()
    expect(photo.page.get_by_label("The pupil", exact=True)).to_be_visible()


def test_the_ruling_changes_with_every_answer(photo: Asker) -> None:
    photo.arrive("?trust=cockburn")
    for question, answer in PHOTO_AT_COCKBURN.items():
        photo.say(question, answer)
    photo.expect_verdict("Yes, once a parent or carer has agreed.")
    photo.tick("A parent or carer")
    photo.expect_verdict("Yes")
    expect(photo.answer).to_contain_text("You can go ahead.")
    expect(photo.answer.get_by_role("link", name="sanctioned/4a", exact=True)).to_have_attribute(
        "href", "/handbook/cockburn/#sanctioned/4a"
    )
    photo.say("Will the pupil's name stand with the picture?", "Yes")
    photo.expect_verdict("No")


def test_an_answer_takes_away_the_questions_it_settles(photo: Asker) -> None:
    photo.arrive("?trust=creating-tomorrow")
    expect(photo.fact("Does somebody else decide")).to_be_visible()
    photo.page.get_by_label("Which year is the pupil in?").select_option("Year 9")
    expect(photo.fact("Does somebody else decide")).to_be_hidden(timeout=ENGINE_READY_MS)
    photo.page.get_by_label("Which year is the pupil in?").select_option("Year 12")
    expect(photo.fact("Does somebody else decide")).to_be_visible()


def test_what_is_not_answered_is_taken_carefully_and_said(photo: Asker) -> None:
    photo.arrive("?trust=cockburn&account=classroom")
    photo.expect_verdict("2 questions to go")
    fold = photo.answer.locator("details")
    fold.get_by_text("Until then, play safe: No").click()
    expect(fold).to_contain_text("Will the pupil's name stand with the picture? Yes")
    expect(fold).to_contain_text("Is the picture kind to the pupil? No")


def test_none_of_these_is_an_answer_and_excludes_the_rest(post: Asker) -> None:
    post.arrive("?trust=cockburn&account=school-official&authorised=true&hold_active=false")
    post.expect_verdict("1 question to go")
    post.tick("Politics")
    expect(post.verdict).not_to_have_text("1 question to go")
    post.tick("None of these")
    expect(post.page.get_by_label("Politics", exact=True)).not_to_be_checked()
    post.expect_verdict("Yes")
    assert post.query()["contains"] == [""]


def test_a_shared_link_shows_the_same_form_and_the_same_answer(photo: Asker, browser: Browser) -> None:
    photo.arrive("?trust=cockburn")
    for question, answer in PHOTO_AT_COCKBURN.items():
        photo.say(question, answer)
    photo.expect_verdict("Yes, once a parent or carer has agreed.")
    with browser.new_context() as another:
        there = another.new_page()
        there.goto(photo.page.url)
        expect(there.locator(".verdict")).to_have_text(
            "Yes, once a parent or carer has agreed.", timeout=ENGINE_READY_MS
        )
        expect(there.get_by_label("The school's official account")).to_be_checked()
        expect(there.get_by_label("Where do you work?")).to_have_value("cockburn")
        expect(there.locator(".notice:visible")).to_have_count(0)


def test_the_link_to_an_answer_can_be_copied(context: BrowserContext, photo: Asker) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    photo.arrive("?trust=cockburn&account=classroom&named_with_photo=false&dignified=true&consents=parent")
    photo.expect_verdict("Yes")
    photo.page.get_by_role("button", name="Copy link to this answer").click()
    expect(photo.answer.get_by_text("Copied.")).to_be_visible()
    assert photo.page.evaluate("navigator.clipboard.readText()") == photo.page.url


@pytest.mark.parametrize(
    "wrong", ["account=moon", "banana=1", "year_group=99", "trust=nowhere", "dignified=perhaps&account=classroom"]
)
def test_what_a_link_says_wrongly_is_left_out_and_said_in_a_line(photo: Asker, wrong: str) -> None:
    photo.arrive(f"?trust=creating-tomorrow&{wrong}" if "trust=" not in wrong else f"?{wrong}")
    expect(photo.page.get_by_text("Part of the link is not known here and was left out.")).to_be_visible()
    name, value = wrong.partition("&")[0].split("=")
    expect(photo.page).not_to_have_url(re.compile(f"{name}={value}(&|$)"))


def test_the_other_trusts_answer_too_and_each_leads_to_the_same_question(photo: Asker) -> None:
    photo.arrive("?trust=creating-tomorrow&year_group=9&consents=pupil&account=school-official")
    photo.say("Whose camera or phone was it taken with?", "The school's or the trust's")
    photo.say("Is the picture kind to the pupil?", "Yes")
    photo.expect_verdict("Yes, once a parent or carer has agreed.")
    others = photo.answer.locator("p:text('At other trusts:') + ul")
    expect(others.get_by_role("listitem")).to_have_count(4)
    expect(others).to_contain_text(re.compile(r"Lydiate.*: It depends on 2 more facts"))
    others.get_by_role("link", name="Wren Spinney").click()
    expect(photo.page.get_by_label("Where do you work?")).to_have_value("wren-spinney")
    photo.expect_verdict("Yes, once a parent or carer has agreed.")
    assert photo.query()["year_group"] == ["9"]


def test_of_many_other_trusts_the_first_are_counted_in_a_fold(photo: Asker) -> None:
    def many(route: Route) -> None:
        trusts = route.fetch().json()
        again = [{**one, "id": f"{one['id']}-{number}"} for number in range(4) for one in trusts]
        route.fulfill(json=[*trusts, *again])

    photo.page.route("**/may-i/trusts.json", many)
    photo.arrive("?trust=cockburn&account=classroom&named_with_photo=false&dignified=true&consents=parent")
    fold = photo.answer.locator("details").filter(has_text="At other trusts: ")
    fold.locator("summary").click(timeout=ENGINE_READY_MS)
    counts = re.findall(r"(\d+) × ", fold.locator("summary").inner_text())
    assert sum(map(int, counts)) == 12
    expect(fold.get_by_role("listitem")).to_have_count(12)
    expect(fold).to_contain_text("12 more trusts are not shown.")


def test_another_trust_that_cannot_be_asked_leaves_the_ruling_as_it_is(photo: Asker) -> None:
    photo.page.route("**/lydiate/positions.json", lambda route: route.abort())
    photo.arrive("?trust=cockburn&account=classroom&named_with_photo=false&dignified=true&consents=parent")
    expect(photo.answer).to_contain_text("The other trusts cannot be asked now.", timeout=ENGINE_READY_MS)
    photo.expect_verdict("Yes")


def test_a_silent_policy_says_so_at_once_and_whom_to_ask(page: Page, plain_host: str) -> None:
    asker = Asker(page, plain_host, "leave-account")
    asker.arrive("?trust=creating-tomorrow")
    asker.expect_verdict("The policy does not say")
    assert shown(asker) == []
    expect(asker.answer).to_contain_text("Ask the Trust IT Senior Leadership Team")


def test_the_trust_chosen_at_home_is_chosen_here(photo: Asker, plain_host: str) -> None:
    photo.page.goto(plain_host)
    photo.page.get_by_label("You work for").select_option("lydiate")
    photo.arrive()
    expect(photo.page.get_by_label("Where do you work?")).to_have_value("lydiate")


def test_everything_can_be_done_with_the_keyboard(photo: Asker) -> None:
    page = photo.page
    photo.arrive()
    trust = page.get_by_label("Where do you work?")
    expect(trust.get_by_role("option", name="Cockburn")).to_have_count(1)
    trust.focus()
    page.keyboard.type("Cock")
    expect(photo.fact("Who has agreed?")).to_be_visible()
    for key in ("Tab", "Space", "Tab", "ArrowRight", "Tab", "Space", "Tab", "Space"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile("dignified=true$"))
    assert photo.query() == {
        "trust": ["cockburn"], "consents": ["parent"], "named_with_photo": ["false"], "account": ["trust-official"],
        "dignified": ["true"],
    }  # fmt: skip
    photo.expect_verdict("Yes")
    expect(photo.fact("Is the picture kind").get_by_label("Yes")).to_be_focused()


def test_the_verdict_is_announced_and_the_focus_stays(photo: Asker) -> None:
    photo.arrive("?trust=cockburn&account=classroom&dignified=true")
    photo.expect_verdict("1 question to go")
    expect(photo.answer.get_by_role("status").first).to_have_class("verdict")
    no = photo.fact("Will the pupil's name").get_by_label("No")
    no.press("Space")
    photo.expect_verdict("Yes, once a parent or carer has agreed.")
    expect(no).to_be_focused()


def test_the_answers_can_be_cleared_but_not_the_trust(photo: Asker) -> None:
    photo.arrive("?trust=cockburn&account=classroom&dignified=true")
    photo.expect_verdict("1 question to go")
    photo.page.get_by_role("button", name="Clear my answers").click()
    photo.expect_verdict("3 questions to answer")
    assert photo.query() == {"trust": ["cockburn"]}


def test_without_an_engine_the_page_says_so_and_leads_to_the_policies(photo: Asker) -> None:
    photo.page.route("**/*.wasm", lambda route: route.abort())
    photo.arrive("?trust=cockburn")
    photo.expect_verdict("No answer for now")
    expect(photo.answer).to_contain_text("cannot be worked out in this browser")
    expect(photo.answer.get_by_role("link", name="Read the policy")).to_have_attribute("href", "/handbook/cockburn/")


def test_lost_data_is_said_and_can_be_asked_for_again(photo: Asker) -> None:
    photo.page.route("**/positions.json", lambda route: route.abort(), times=1)
    photo.arrive("?trust=cockburn")
    expect(photo.answer).to_contain_text("Check your connection.")
    photo.page.get_by_role("button", name="Try again").click()
    photo.expect_verdict("3 questions to answer")


def test_nothing_leaves_the_site_and_nothing_fails(photo: Asker, watch: Watch, plain_host: str) -> None:
    photo.arrive("?trust=cockburn&account=classroom&named_with_photo=false&dignified=true")
    photo.expect_verdict("Yes, once a parent or carer has agreed.")
    expect(photo.answer).to_contain_text("At other trusts")
    assert watch.origins() == {plain_host}
    assert watch.errors == []


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(any_screen: Page, plain_host: str) -> None:
    found = {}
    for address, verdict in {
        "": None,
        "use-photo/?trust=cockburn&banana=1": "3 questions to answer",
        "publish-post/?trust=creating-tomorrow&platform=whatsapp&account=department&contains=logo": "No",
    }.items():
        any_screen.goto(f"{plain_host}/handbook/may-i/{address}")
        if verdict:
            expect(any_screen.locator(".verdict")).to_have_text(verdict, timeout=ENGINE_READY_MS)
        found[address] = barriers(any_screen)
    assert {address: what for address, what in found.items() if what} == {}
