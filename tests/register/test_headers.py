"""Which headers protect every answer?"""

from datetime import timedelta
from pathlib import Path

import pytest

from register import limits
from register.limits import Measure
from tests.register.world import Browser, World, make_world


@pytest.mark.parametrize(
    "path", ["/", "/assets/clearpost.css", "/nothing", "/my/", "/api/me", "/sign-in/", "/verify/x/", "/healthz"]
)
def test_every_answer_is_protected(world: World, path: str) -> None:
    headers = world.browser().get(path).headers
    assert headers["content-security-policy"] == (
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == (
        "no-referrer" if path.startswith(("/sign-in/", "/verify/")) else "same-origin"
    )
    assert "strict-transport-security" not in headers, "this register is on plain http"


@pytest.mark.parametrize("path", ["/my/", "/manage/", "/manage/completions.csv", "/api/me", "/sign-in/", "/verify/x/"])
def test_nothing_of_the_register_is_kept_by_browsers_or_proxies(world: World, path: str) -> None:
    assert world.signed_in("Mia Manager").get(path).headers["cache-control"] == "no-store"


def test_on_https_the_cookie_and_the_address_stay_on_https(
    tmp_path: Path, courses: dict[str, str], peopled: Path
) -> None:
    world = make_world(tmp_path, courses, peopled, "https://clear.example.org")
    response = Browser(world.app, world.settings.base_url).post(world.link(world.person("Ada Teacher")))
    assert "secure" in response.headers["set-cookie"].lower()
    assert "max-age" in response.headers["strict-transport-security"]
    world.database.engine.dispose()


@pytest.mark.parametrize(("proxies", "limited"), [((), [200] * 5 + [429]), (("127.0.0.1",), [200] * 6)])
def test_a_proxy_is_believed_about_where_requests_come_from_only_if_it_is_named(
    world: World, proxies: tuple[str, ...], limited: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ASKING_FROM_A_PLACE", Measure("place", 5, timedelta(minutes=1)))
    behind = world.told(proxies=proxies)
    found = []
    for number in range(6):
        browser = behind.browser(**{"X-Forwarded-For": f"192.0.2.{number}"})
        found.append(browser.post("/sign-in/", data={"email": f"{number}@example.org"}).status_code)
    assert found == limited
    behind.database.engine.dispose()


def test_what_somebody_writes_in_front_of_the_proxys_word_counts_for_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ASKING_FROM_A_PLACE", Measure("place", 1, timedelta(minutes=1)))
    behind = world.told(proxies=("127.0.0.1",))
    found = []
    for number in range(2):
        browser = behind.browser(**{"X-Forwarded-For": f"198.51.100.{number}, 192.0.2.1"})
        found.append(browser.post("/sign-in/", data={"email": f"{number}@example.org"}).status_code)
    assert found == [200, 429]
    behind.database.engine.dispose()
