"""Managers' lists in a browser: nobody is kept out, on a phone or a desk, by day or by night."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect
from typer.testing import CliRunner

from scripts.clearpost import app
from tests.browser.conftest import Register, barriers, sign_in

TRUST = "lydiate"


def test_nobody_is_kept_out_of_a_managers_list(any_screen: Page, register: Register) -> None:
    page, found = any_screen, {}
    sign_in(page, register.link(TRUST, "manager"))
    page.goto(f"{register.url}/manage/")
    page.get_by_role("link", name="Look at everybody").click()
    expect(page.locator("table")).to_contain_text("Demo Teacher One")
    found["everybody"] = barriers(page)
    page.get_by_label("Status").select_option("passed")
    page.get_by_role("button", name="Show these").click()
    expect(page.locator("main")).to_contain_text("Nobody. Choose another filter.")
    found["nobody"] = barriers(page)
    page.goto(f"{register.url}/manage/completions/print/")
    expect(page.get_by_role("button", name="Print this list")).to_be_visible()
    found["on paper"] = barriers(page)
    page.goto(f"{register.url}/manage/recertification/")
    found["when trainings are due again"] = barriers(page)
    page.goto(f"{register.url}/my/calendar/")
    found["no calendar address, or one"] = barriers(page)
    page.get_by_role("button", name="address").first.click()
    expect(page.get_by_label("Address of your calendar")).to_be_visible()
    found["a new calendar address"] = barriers(page)
    page.goto(f"{register.url}/signing-key/")
    found["the key"] = barriers(page)
    assert {name: what for name, what in found.items() if what} == {}, json.dumps(found, indent=1)


def test_a_downloaded_list_is_verified_and_an_edit_is_named(page: Page, register: Register, tmp_path: Path) -> None:
    sign_in(page, register.link(TRUST, "manager"))
    page.goto(f"{register.url}/manage/completions/")
    for name in ("Download CSV", "Download Excel"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        result = CliRunner().invoke(app, ["verify", str(file), "--data", str(register.data)])
        assert result.exit_code == 0, result.output
    edited = next(tmp_path.glob("*.csv"))
    text = edited.read_text(encoding="utf-8")
    edited.write_text(text.replace("Not started", "Passed", 1), encoding="utf-8")
    result = CliRunner().invoke(app, ["verify", str(edited), "--data", str(register.data)])
    assert result.exit_code == 1
    assert "Row 2 (" in result.output
