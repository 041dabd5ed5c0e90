"""Without a server: a training ends with a receipt, and a manager makes the completion list of hundreds of them.

The site is built without a register and served as any host for files would; the real engine grades in Chromium.
"""

import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from quiz.courses import Course, read_course
from quiz.receipts import grade, receipt
from tests.browser.conftest import ENGINE_READY_MS, TRUST, Trainee, Watch, barriers, free_port
from tests.browser.templates import templates
from tests.browser.test_may_i import wait_for
from tests.handbook.built import built

MANY = 200
TODAY = datetime.now(UTC).date()
# What names a day tells its page the time: a run may begin on one day and end on the next.
NOON = datetime.combine(TODAY, time(12), UTC)
# A page that asks these has taken the host for a register.
OF_A_REGISTER = re.compile(r"/(api|my|manage|sign-in)/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("alone"), register=False).site


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[str]:
    port = free_port()
    serve = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(site)]
    with subprocess.Popen(serve, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def courses(site: Path) -> Mapping[str, Course]:
    files = site.glob("handbook/*/course.json")
    return {file.parent.name: read_course(file.read_text(encoding="utf-8")) for file in files}


@pytest.fixture
def trainee(page: Page, host: str, courses: Mapping[str, Course]) -> Trainee:
    return Trainee(page, f"{host}/handbook/{TRUST}/training/", courses[TRUST])


def passed(course: Course, name: str, seed: str = "any", on: date = TODAY) -> str:
    """Return the receipt of somebody who answered everything rightly."""
    rightly = [{"question": one.id, "chosen": str(one.right(course.ruling_on(one))[0])} for one in course.paper(seed)]
    read = [one["id"] for one in course.data["read"]]
    return receipt(course, seed, rightly, read, f"{on.isoformat()}T00:00:00Z", name)


def written(folder: Path, files: Mapping[str, str]) -> list[Path]:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]


def drop(page: Page, files: Sequence[Path]) -> None:
    """Drop files into the box, all at once, as from a folder on the desk."""
    contents = [[file.name, file.read_text(encoding="utf-8")] for file in files]
    held = page.evaluate_handle(
        """(contents) => {
          const held = new DataTransfer();
          for (const [name, text] of contents) held.items.add(new File([text], name));
          return held;
        }""",
        contents,
    )
    page.locator(".drop").dispatch_event("drop", {"dataTransfer": held})


def at_the_desk(page: Page, host: str) -> None:
    page.goto(f"{host}/handbook/collate/")
    page.get_by_label("Whose training should they have taken?").select_option("Cockburn Multi-Academy Trust")


def listed(page: Page) -> list[list[str]]:
    """Return the cells of the list's rows, without the remark and the name of the file."""
    rows: list[list[str]] = page.locator(".collated tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.cells].slice(0, 6).map((cell) => cell.textContent))"
    )
    return rows


def says(page: Page, words: str) -> None:
    expect(page.locator(".collate-status")).to_contain_text(words, timeout=ENGINE_READY_MS)


def test_from_the_training_to_the_completion_list(
    trainee: Trainee, page: Page, host: str, courses: Mapping[str, Course], watch: Watch, tmp_path: Path
) -> None:
    trainee.arrive()
    expect(page.get_by_text("you save a receipt for your manager")).to_be_visible()
    trainee.answer()
    trainee.press("Next question")
    trainee.finish()
    for box in page.locator(".recording").get_by_role("checkbox").all():
        box.check()
    trainee.press("Go on to my receipt")
    trainee.press("Save my receipt")
    field = page.get_by_label("Your name or e-mail address")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("Type your name or e-mail address"))
    field.fill("Ada Lee")
    with page.expect_download() as download:
        trainee.press("Save my receipt")
    name = download.value.suggested_filename
    expect(page.get_by_text(f"Saved as {name}. Send it to your manager.")).to_be_visible()
    expect(page.get_by_text("If you cannot find the file, save it again before you close this page.")).to_be_visible()
    with page.expect_download():
        trainee.press("Save my receipt")
    saved = tmp_path / name
    download.value.save_as(saved)
    graded = grade(courses, saved.read_text(encoding="utf-8"))
    assert (graded["counted"], graded["name"], graded["score"]) == (True, "Ada Lee", 100)
    assert "Ada" not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    trainee.arrive()
    expect(page.get_by_text("Question 1 of")).to_be_visible()
    expect(page.get_by_text("You have finished this training.")).to_be_hidden()
    trainee.answer()

    at_the_desk(page, host)
    page.get_by_label("Receipts", exact=True).set_input_files(saved)
    says(page, "Checked 1 receipt: 1 passed. Add your staff list to see who is missing.")
    staff = written(tmp_path, {"staff.csv": "Name,School\nAda Lee,Hill\nBen Ode,Dale\n"})
    page.get_by_label("Staff list", exact=True).set_input_files(staff)
    says(page, "Checked 1 receipt: 1 missing · 1 passed.")
    assert [row[:3] for row in listed(page)] == [["Ben Ode", "Dale", "Missing"], ["Ada Lee", "Hill", "Passed"]]
    assert watch.errors == []
    assert watch.origins() == {host}
    assert [one for one in watch.requests if OF_A_REGISTER.search(one.removeprefix(host))] == []


def test_no_page_asks_for_a_register_or_leads_to_one(page: Page, host: str, site: Path, watch: Watch) -> None:
    """Also once its scripts have run, and somebody's trust is known."""
    page.goto(f"{host}/offline/")
    page.evaluate("(trust) => localStorage.setItem('clearpost.trust', trust)", TRUST)
    led = {}
    for template, address in templates(site).items():
        page.goto(f"{host}{address}")
        page.wait_for_load_state("networkidle")
        links = page.locator("[href], [action]").evaluate_all(
            "all => all.map((one) => one.getAttribute('href') ?? one.getAttribute('action'))"
        )
        led[template] = [link for link in links if OF_A_REGISTER.search(link)]
        assert page.get_by_role("button", name=re.compile("sign (in|out)", re.IGNORECASE)).count() == 0, template
    assert len(led) > 25
    assert {template: links for template, links in led.items() if links} == {}
    assert [one for one in watch.requests if OF_A_REGISTER.search(one.removeprefix(host))] == []
    assert watch.errors == []


def test_hundreds_of_receipts_dropped_with_a_staff_list_become_the_completion_list(
    page: Page, host: str, courses: Mapping[str, Course], watch: Watch, tmp_path: Path
) -> None:
    page.clock.set_fixed_time(NOON)
    ours = courses[TRUST]
    files = {f"r{n:03}.json": passed(ours, f"Person {n:03}", str(n % 7)) for n in range(MANY - 5)}
    content = json.loads(files["r000.json"])
    files["edited.json"] = json.dumps({**content, "name": "Somebody Else"})
    files["elsewhere.json"] = passed(courses["lydiate"], "Nora Way")
    files["holiday.json"] = "a photograph"
    files["again.json"] = passed(ours, "person  001", on=TODAY - timedelta(days=30))
    files["old.json"] = passed(ours, "Old Hand", on=TODAY - timedelta(days=800))
    members = "".join(f"Person {n:03}\n" for n in range(MANY - 5))
    staff = {"staff.csv": f"Name\n{members}Nora Way\n=Cy\n"}
    at_the_desk(page, host)
    drop(page, written(tmp_path, {**files, **staff}))
    says(page, f"Checked {MANY} receipts: 3 not counted · 2 missing · 1 expired · {MANY - 5} passed · 1 duplicate.")
    rows = listed(page)
    assert len(rows) == MANY + 2
    table = page.locator(".collated tbody")
    for words in (
        "The receipt was changed after it was saved.",
        "The receipt belongs to another trust’s training: lydiate, not Cockburn Multi-Academy Trust.",
        "This file is not a receipt.",
        "Another receipt counts: r001.json.",
        "Sent, but not counted: elsewhere.json.",
    ):
        expect(table).to_contain_text(words)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    assert download.value.suggested_filename == f"completions-{TRUST}-{TODAY.isoformat()}.csv"
    text = download.value.path().read_text(encoding="utf-8")
    assert text.startswith("\ufeff")
    lines = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [line["status"] for line in lines] == [status for _, _, status, *_ in rows]
    assert {line["staff"] for line in lines if line["status"] == "Missing"} == {"Nora Way", "'=Cy"}
    assert {line["date"] for line in lines if line["status"] == "Passed"} == {TODAY.isoformat()}
    assert watch.errors == []


def test_a_receipt_a_mail_program_renamed_counts_and_a_file_that_names_nobody_is_called_by_its_own_name(
    page: Page, host: str, courses: Mapping[str, Course], tmp_path: Path
) -> None:
    at_the_desk(page, host)
    drop(
        page, written(tmp_path, {"receipt.json.txt": passed(courses[TRUST], "Ada Lee"), "holiday.json": "a photograph"})
    )
    says(page, "Checked 2 receipts: 1 not counted · 1 passed.")
    assert [row[0] for row in listed(page)] == ["holiday.json", "Ada Lee"]


def test_another_trust_chosen_grades_everything_again(
    page: Page, host: str, courses: Mapping[str, Course], tmp_path: Path
) -> None:
    page.goto(f"{host}/handbook/collate/")
    drop(page, written(tmp_path, {"a.json": passed(courses["lydiate"], "Ada Lee")}))
    says(page, "Choose the trust. Then the receipts are checked.")
    choice = page.get_by_label("Whose training should they have taken?")
    choice.select_option("Cockburn Multi-Academy Trust")
    says(page, "Checked 1 receipt: 1 not counted.")
    choice.select_option("Lydiate Learning Trust")
    says(page, "Checked 1 receipt: 1 passed.")
    page.get_by_role("button", name="Clear the list").click()
    expect(page.locator(".collated")).to_be_hidden()
    expect(choice).to_be_focused()


def test_a_staff_list_that_names_nobody_says_what_to_do(page: Page, host: str, tmp_path: Path) -> None:
    at_the_desk(page, host)
    page.get_by_label("Staff list", exact=True).set_input_files(written(tmp_path, {"list.csv": "Ada Lee,Hill\n"}))
    expect(page.locator(".collated")).to_contain_text("Name a column of the staff list", timeout=ENGINE_READY_MS)


def test_a_course_that_does_not_arrive_can_be_tried_again(
    page: Page, host: str, courses: Mapping[str, Course], tmp_path: Path
) -> None:
    page.context.route(re.compile(r"course\.json"), lambda route: route.abort())
    at_the_desk(page, host)
    drop(page, written(tmp_path, {"a.json": passed(courses[TRUST], "Ada Lee")}))
    expect(page.get_by_role("alert")).to_contain_text("The course did not arrive.")
    page.context.unroute(re.compile(r"course\.json"))
    page.get_by_role("button", name="Try again").click()
    says(page, "Checked 1 receipt: 1 passed.")


def test_nobody_is_kept_out(any_screen: Page, host: str, courses: Mapping[str, Course], tmp_path: Path) -> None:
    page = any_screen
    at_the_desk(page, host)
    assert barriers(page) == []
    files = {"a.json": passed(courses[TRUST], "Ada Lee"), "b.json": "{}", "staff.csv": "Name\nBen Ode\n,\nBen Ode\n"}
    drop(page, written(tmp_path, files))
    says(page, "Checked 2 receipts: 1 not counted · 1 missing · 1 passed.")
    assert barriers(page) == []
    trainee = Trainee(page, f"{host}/handbook/{TRUST}/training/", courses[TRUST])
    trainee.arrive()
    trainee.read()
    trainee.answer()
    trainee.press("Next question")
    trainee.finish()
    trainee.press("Save my receipt")
    expect(page.get_by_text("Type your name or e-mail address.")).to_be_visible()
    assert barriers(page) == []
