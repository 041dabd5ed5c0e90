"""A register with people in it, a clock that tests turn, and browsers to visit it with."""

import asyncio
import json
import re
import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz import engine
from register import accounts, appointments, links, people, schools, trusts
from register.app import create_app
from register.database import Database, Record
from register.people import Person
from register.scope import MANAGER, Post
from register.settings import Settings

CREATING, LYDIATE = "creating-tomorrow", "lydiate"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
BASE_URL = "http://127.0.0.1:8000"
API = {"X-CSRF": "1"}


@dataclass
class Clock:
    """The time, which stands still until a test turns it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Browser:
    """Somebody's browser: it keeps cookies, and follows nothing by itself."""

    app: FastAPI
    base_url: str = BASE_URL
    headers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cookies = httpx.Cookies()

    def send(self, method: str, path: str, **given: Any) -> httpx.Response:
        headers = {**self.headers, **given.pop("headers", {})}
        # One event loop for each request: nothing of the application may depend on an earlier one.
        return asyncio.run(self._send(method, path, headers=headers, **given))

    async def _send(self, method: str, path: str, **given: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url=self.base_url, cookies=self.cookies) as client:
            response = await client.request(method, path, **given)
            self.cookies = client.cookies
            return response

    def get(self, path: str, **given: Any) -> httpx.Response:
        return self.send("GET", path, **given)

    def post(self, path: str, **given: Any) -> httpx.Response:
        return self.send("POST", path, **given)

    def api(self, path: str, body: object) -> httpx.Response:
        return self.post(path, json=body, headers=API)

    def submit(self, path: str, page: str | None = None, **fields: object) -> httpx.Response:
        """Post a form as the page that holds it does, with the session's form token."""
        page = page or ("/manage/" if path.startswith("/manage") else "/my/")
        found = re.search(r'name="form_token" value="([0-9a-f]+)"', self.get(page).text)
        return self.post(path, data={"form_token": found[1] if found else "", **fields})

    def text(self, path: str) -> str:
        return words(self.get(path))


def words(response: httpx.Response) -> str:
    """Return what a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split()).replace("\xa0", " ")


@dataclass
class World:
    """Two trusts with the same cast in each."""

    settings: Settings
    clock: Clock
    app: FastAPI
    database: Database
    courses: Mapping[str, str]

    def browser(self, **headers: str) -> Browser:
        return Browser(self.app, self.settings.base_url, headers)

    def told(self, **changes: Any) -> "World":
        """Return the same register as it is with other settings."""
        settings = replace(self.settings, **changes)
        app = create_app(settings, self.clock)
        return World(settings, self.clock, app, app.state.desk.database, self.courses)

    def link(self, person: Person) -> str:
        token = secrets.token_urlsafe(32)
        with self.database.writing() as db:
            links.make_link(db, self.clock(), None, person.id, token)
        return links.path_of(token)

    def person(self, name: str, trust: str = CREATING) -> Person:
        with self.database.reading() as db:
            return db.scalars(select(Person).where(Person.name == name, Person.trust_id == trust)).one()

    def signed_in(self, name: str, trust: str = CREATING) -> Browser:
        browser = self.browser()
        assert browser.post(self.link(self.person(name, trust))).status_code == 303
        return browser

    def account(self, trust: str = CREATING) -> accounts.Account:
        with self.database.reading() as db:
            return accounts.of_trust(db, trust)[0]

    def count(self, table: type[Record]) -> int:
        with self.database.reading() as db:
            return db.scalar(select(func.count()).select_from(table)) or 0

    def course(self, trust: str = CREATING) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self.courses[trust])
        return data

    def ticket(self, browser: Browser, trust: str = CREATING) -> dict[str, str]:
        response = browser.api("/api/tickets", {"trust": trust})
        assert response.status_code == 201, response.text
        ticket: dict[str, str] = response.json()
        return ticket

    def filled(self, browser: Browser, trust: str = CREATING, *, right: bool = True) -> dict[str, Any]:
        """Return what a browser sends at the end of the training."""
        ticket = self.ticket(browser, trust)
        return {
            "ticket": ticket["ticket"],
            "course_digest": ticket["course_digest"],
            "answers": answers(self.courses[trust], ticket["seed"], right=right),
            "confirmed": [one["id"] for one in self.course(trust)["read"]],
        }

    def passes(self, browser: Browser, trust: str = CREATING) -> dict[str, Any]:
        response = browser.api("/api/attempts", self.filled(browser, trust))
        assert response.status_code == 201, response.text
        body: dict[str, Any] = response.json()
        assert body["result"]["passed"]
        return body

    def requested(self, staff: Browser, trust: str = CREATING) -> int:
        """Ask for the right to post on the trust's first account; return the right's id."""
        account = self.account(trust)
        assert staff.submit("/my/requests", account=account.id).status_code == 303
        return max(int(found) for found in re.findall(r'id="right-(\d+)"', staff.get("/my/").text))


def answers(course: str, seed: str, *, right: bool = True) -> list[dict[str, str]]:
    """Return answers to a whole attempt, found by trying: all right, or all wrong."""
    given: list[dict[str, str]] = []
    while (question := json.loads(engine.play(course, seed, json.dumps(given)))["question"]) is not None:
        given.append(
            next(one for one in _tried(course, seed, given, question) if one is not None and one[1] is right)[0]
        )
    return given


def _tried(
    course: str, seed: str, given: list[dict[str, str]], question: dict[str, Any]
) -> Iterator[tuple[dict[str, str], bool]]:
    for option in question["options"]:
        answer = {"question": question["id"], "chosen": option["key"]}
        state = json.loads(engine.play(course, seed, json.dumps([*given, answer])))
        yield answer, state["feedback"]["right"]


def make_site(folder: Path, courses: Mapping[str, str], home: str = "<h1>Home</h1>") -> Path:
    """Write a small site of the shape the handbook builds."""
    files = {
        "index.html": home,
        "404.html": "<h1>This page is not in the handbook</h1>",
        "assets/clearpost.css": "body{}",
        **{f"handbook/{trust}/course.json": course for trust, course in courses.items()},
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def make_world(
    folder: Path,
    courses: Mapping[str, str],
    peopled: Path | None,
    base_url: str = BASE_URL,
    database_url: str | None = None,
) -> World:
    """Return a register in a folder, with its records there or in a database that has the cast in it already.

    `peopled` is a database file with the cast in it: making that takes longer than most tests.
    """
    settings = Settings(folder / "var", make_site(folder / "site", courses), base_url, database_url)
    settings.data.mkdir()
    if peopled is not None:
        shutil.copyfile(peopled, settings.data / peopled.name)
    clock = Clock()
    app = create_app(settings, clock)
    return World(settings, clock, app, app.state.desk.database, courses)


def add_somebody(db: Session, trust: str, name: str, school_ids: Collection[int] = (), *posts: Post) -> Person:
    """Add a teacher, with roles if they are given any."""
    email = f"{name.split()[0].lower()}@{trust}.example.org"
    person = people.add_person(db, NOON, trust_id=trust, school_ids=school_ids, name=name, email=email, role="teacher")
    for post in posts:
        appointments.appoint(db, NOON, None, person, post)
    return person


def add_cast(db: Session, courses: Mapping[str, str]) -> None:
    """Add the same people and one account to every trust."""
    trusts.enrol(db, {trust: json.loads(course)["name"] for trust, course in courses.items()})
    for trust in courses:
        school = schools.school(db, NOON, None, trust, "Hill School").id
        for name, school_ids, role in (
            ("Ada Teacher", [school], None),
            ("Ben Teacher", [school], None),
            ("Mia Manager", [], MANAGER),
        ):
            add_somebody(db, trust, name, school_ids, *([Post(role)] if role else []))
        accounts.add_account(
            db,
            NOON,
            None,
            trust_id=trust,
            school_id=school,
            platform="x",
            handle="@hill",
            kind="school-official",
            purpose="News for families.",
        )
