"""Which headers protect every answer?"""

from pathlib import Path

import pytest

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
