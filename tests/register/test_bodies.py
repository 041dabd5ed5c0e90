"""How much may be sent at once?"""

from collections.abc import AsyncIterator

import pytest

from register.app import LARGEST_BODY
from tests.register.world import API, World, words

JSON = {**API, "Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def in_pieces() -> AsyncIterator[bytes]:
    """Send without saying beforehand how much it will be."""
    for _ in range(20):
        yield b"x" * (LARGEST_BODY // 10)


@pytest.mark.parametrize("announced", [True, False])
def test_too_much_is_refused_in_the_shape_and_with_the_headers_of_every_refusal(world: World, announced: bool) -> None:
    browser = world.signed_in("Ada Teacher")
    for path, headers in (("/api/attempts", JSON), ("/api/tickets", JSON), ("/sign-in/", FORM), ("/my/requests", FORM)):
        content = b"x" * (LARGEST_BODY + 1) if announced else in_pieces()
        response = browser.post(path, content=content, headers=headers)
        assert response.status_code == 413
        assert "content-security-policy" in response.headers
        if path.startswith("/api/"):
            assert response.json()["error"]["code"] == "too-large"
        else:
            assert "That was too much to send at once." in words(response)


def test_as_much_as_is_allowed_is_read(world: World) -> None:
    content = b"email=" + b"x" * (LARGEST_BODY - 6)
    assert world.browser().post("/sign-in/", content=content, headers=FORM).status_code == 422
