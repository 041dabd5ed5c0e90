"""Certificates in a browser: printed on one page, scanned with a phone, and My training, which leads to them."""

import base64
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from quiz.courses import canonical
from tests.browser.conftest import TRUST, Register, Trainee, Watch, barriers, sign_in
from tests.register.world import API, answers

A_PAGE = re.compile(rb"/Type\s*/Page\b")
# The green in a picture, row by row: what is black or white is as bright in green as in all.
GREY = """async (picture) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const grey = Array.from({ length: data.length / 4 }, (_, at) => data[4 * at + 1]);
  return [image.width, image.height, grey];
}"""
SPOIL_THE_KEPT_ATTEMPT = """() => new Promise((done) => {
  const opening = indexedDB.open("clearpost", 1);
  opening.onsuccess = () => {
    const transaction = opening.result.transaction("attempts", "readwrite");
    const attempts = transaction.objectStore("attempts");
    attempts.getAll().onsuccess = ({ target }) => target.result.forEach((one) => attempts.put({ ...one, answers: 7 }));
    transaction.oncomplete = () => (opening.result.close(), done());
  };
})"""


def passes(page: Page, register: Register) -> str:
    """Let whoever is signed in pass the training in an instant; return the address of the certificate."""
    course = canonical(register.course(TRUST).data)
    ticket = send(page, f"{register.url}/api/tickets", {"trust": TRUST})
    sent = {
        "ticket": ticket["ticket"],
        "course_digest": ticket["course_digest"],
        "answers": answers(course, ticket["seed"]),
        "confirmed": [one["id"] for one in json.loads(course)["read"]],
    }
    return f"{register.url}{send(page, f'{register.url}/api/attempts', sent)['certificate']}"


def send(page: Page, address: str, body: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = page.request.post(address, data=body, headers=API).json()
    return answer


def scanned(page: Page, picture: bytes) -> list[str]:
    """Return what a phone reads from a picture of the screen."""
    width, height, grey = page.evaluate(GREY, base64.b64encode(picture).decode())
    return [one.text for one in zxingcpp.read_barcodes(memoryview(bytes(grey)).cast("B", (height, width)))]


@pytest.fixture
def my_screen(any_screen: Page, session_of: Callable[[str], list[Any]]) -> Page:
    """Return a tab of any screen on which the trust's teacher is signed in."""
    any_screen.context.add_cookies(session_of(TRUST))
    return any_screen


@pytest.fixture
def certificate(page: Page, register: Register, signed_in: None) -> str:
    """Return the address of a certificate of whoever is signed in."""
    return passes(page, register)


@pytest.fixture
def trainee(page: Page, register: Register) -> Trainee:
    return Trainee(page, register.training(TRUST), register.course(TRUST))


def test_nobody_is_kept_out_and_every_screen_can_be_scanned(my_screen: Page, register: Register) -> None:
    page, found = my_screen, {}
    page.goto(passes(page, register))
    expect(page.get_by_role("button", name="Print this certificate")).to_be_visible()
    found["certificate"] = barriers(page)
    address = page.locator(".certificate-check a").inner_text()
    assert scanned(page, page.get_by_role("img", name="QR code").screenshot()) == [address]
    page.goto(f"{register.url}/my/")
    expect(page.get_by_role("link", name="Print your certificate")).to_be_visible()
    found["my training"] = barriers(page)
    page.context.clear_cookies()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("This certificate is valid")
    found["check"] = barriers(page)
    page.goto(f"{register.url}/verify/nobody-knows/")
    expect(page.get_by_role("heading", level=1)).to_have_text("We do not know this certificate")
    found["unknown"] = barriers(page)
    assert {name: what for name, what in found.items() if what} == {}, json.dumps(found, indent=1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_certificate_is_printed_on_one_page_in_black_on_white(page: Page, certificate: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(certificate)
    assert len(A_PAGE.findall(page.pdf())) == 1
    page.emulate_media(media="print", color_scheme=scheme)
    sheet = page.locator(".certificate")
    expect(sheet).to_have_css("color", "rgb(0, 0, 0)")
    expect(sheet).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    for left_out in (page.get_by_role("navigation"), page.get_by_role("search"), page.locator(".actions").last):
        expect(left_out).to_be_hidden()
    assert scanned(page, page.get_by_role("img", name="QR code").screenshot()) == [
        sheet.get_by_role("link").inner_text()
    ]


def test_the_button_prints_and_without_a_script_the_page_says_how(page: Page, certificate: str, watch: Watch) -> None:
    page.add_init_script("window.print = () => document.body.dataset.printed = ''")
    page.goto(certificate)
    page.get_by_role("button", name="Print this certificate").focus()
    page.keyboard.press("Enter")
    expect(page.locator("body[data-printed]")).to_be_attached()
    assert watch.errors == []
    page.route("**/printing.mjs", lambda route: route.abort())
    page.reload()
    expect(page.get_by_text("To print this page, use your browser's menu.")).to_be_visible()


@pytest.mark.usefixtures("signed_in")
def test_a_recorded_pass_says_that_the_person_is_ready_and_leads_on(trainee: Trainee, page: Page) -> None:
    trainee.arrive()
    trainee.read()
    trainee.finish()
    expect(page.get_by_role("heading", name="You are ready. You have passed: 100%.")).to_be_visible()
    expect(page.get_by_role("link", name="Ask for posting rights")).to_have_attribute("href", "/my/#rights")
    receipt = page.get_by_text("Recorded. Receipt ").inner_text().split()[2].rstrip(".")
    page.get_by_role("link", name="Print your certificate").click()
    expect(page.locator(".certificate")).to_contain_text(receipt)


@pytest.mark.usefixtures("signed_in")
def test_a_failed_training_promises_nothing(trainee: Trainee, page: Page) -> None:
    trainee.arrive()
    trainee.finish(right=False)
    expect(page.get_by_text("Recorded. Receipt ")).to_be_visible()
    expect(page.get_by_role("heading", name="You are ready")).to_have_count(0)
    expect(page.get_by_role("link", name="Print your certificate")).to_have_count(0)


@pytest.mark.usefixtures("signed_in")
def test_my_training_says_where_somebody_stopped_on_this_device(
    trainee: Trainee, page: Page, register: Register
) -> None:
    sections = len(register.course(TRUST).data["read"])
    trainee.arrive()
    trainee.boxes.first.check()
    trainee.answer()
    page.goto(f"{register.url}/my/")
    says = f"You stopped at question 1 on this device, with 1 of {sections} sections confirmed."
    expect(page.get_by_text(says)).to_be_visible()
    trainee.arrive()
    trainee.press("Next question")
    page.goto(f"{register.url}/my/")
    expect(page.get_by_text(says.replace("question 1", "question 2"))).to_be_visible()
    page.get_by_role("link", name="Carry on").click()
    expect(page).to_have_url(trainee.url)
    expect(page.get_by_text("2 of ").first).to_be_visible()


@pytest.mark.usefixtures("signed_in")
def test_my_training_speaks_of_nobody_elses_attempt(trainee: Trainee, page: Page, register: Register) -> None:
    trainee.arrive()
    trainee.answer()
    page.context.clear_cookies()
    sign_in(page, register.link(TRUST, "manager"))
    with page.expect_response("**/api/tickets/check"):
        page.goto(f"{register.url}/my/")
    expect(page.get_by_role("link", name="Take the training")).to_be_visible()
    expect(page.get_by_text("You stopped at")).to_have_count(0)


@pytest.mark.usefixtures("signed_in")
def test_my_training_says_that_a_kept_attempt_cannot_be_read(trainee: Trainee, page: Page, register: Register) -> None:
    trainee.arrive()
    trainee.answer()
    page.goto(f"{register.url}/about/")
    page.evaluate(SPOIL_THE_KEPT_ATTEMPT)
    page.goto(f"{register.url}/my/")
    expect(page.get_by_text("The attempt saved in this browser cannot be read.")).to_be_visible()
