"""My training after the policy has changed: what was right, what is right now, and nobody is kept out."""

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from socket import socket
from threading import Thread

import pytest
import uvicorn
from playwright.sync_api import Page, expect

from quiz.courses import Course, canonical, digest
from register.database import Database, migrate
from register.settings import Settings
from tests.browser.conftest import SITE, Register, barriers, sign_in
from tests.register.world import CREATING, World, add_cast, make_site, make_world

# Provisions that critical situations rest on, as the changed policy words them.
NOW = {"5.1/9": "must-not", "5.1/6": "should", "5.1/8": "should", "5.4.1a": "should-not"}
LABELS = {"must-not": "Must not", "should": "Should", "should-not": "Should not"}


@pytest.fixture(scope="module")
def after_a_change(
    tmp_path_factory: pytest.TempPathFactory,
    courses: dict[str, Course],
    register: Register,  # it has seen to it that there is a site
) -> Iterator[World]:
    """Serve a register in which Ada has passed, and whose trust has changed its policy since."""
    old = {CREATING: canonical(courses[CREATING].data)}
    with closing(socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        world = make_world(
            tmp_path_factory.mktemp("changed"), old, peopled(tmp_path_factory.mktemp("cast"), old), address
        )
        # Playwright's event loop runs in this thread, and would not let another one run.
        with ThreadPoolExecutor() as aside:
            aside.submit(lambda: world.passes(world.signed_in("Ada Teacher"))).result()
        make_site(world.settings.site, {CREATING: reworded(old[CREATING])})
        shutil.copytree(SITE / "assets", world.settings.site / "assets", dirs_exist_ok=True)
        shutil.copy(SITE / "handbook" / "accents.css", world.settings.site / "handbook")
        server = uvicorn.Server(uvicorn.Config(world.app, log_level="warning"))
        thread = Thread(target=server.run, args=([listener],))
        thread.start()
        yield world
        server.should_exit = True
        thread.join()
        world.database.engine.dispose()


def peopled(folder: Path, courses: dict[str, str]) -> Path:
    settings = Settings(folder, Path("nowhere"))
    migrate(settings)
    database = Database.at(settings)
    with database.writing() as db:
        add_cast(db, courses)
    database.engine.dispose()
    return settings.data / "register.sqlite3"


def reworded(course: str) -> str:
    data = json.loads(course)
    for ref, duty in NOW.items():
        data["provisions"][f"{CREATING}/{ref}"].update(duty=duty, label=LABELS[duty])
    return canonical({**data, "digest": digest(data)})


def test_nobody_is_kept_out_of_what_has_changed(any_screen: Page, after_a_change: World) -> None:
    page, world = any_screen, after_a_change
    sign_in(page, world.settings.base_url + world.link(world.person("Ada Teacher")))
    expect(page.get_by_text("Your trust's policy has changed since you passed")).to_be_visible()
    folded = barriers(page)
    for summary in page.locator("section", has=page.locator("#training")).locator("summary:visible").all():
        summary.click()
    expect(page.get_by_text("Right now").first).to_be_visible()
    assert folded == barriers(page) == []
