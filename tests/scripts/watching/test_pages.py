"""Each page carries the script that asks for news; nothing else is touched, and the policy on scripts stays strict."""

import asyncio

import httpx
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from register.headers import ProtectiveHeaders
from scripts.watching.pages import SCRIPT, STATE, WORKER, WatchedPages
from scripts.watching.watch import State

PAGE = "<!doctype html><html lang='en'><body><h1>Elm</h1></body></html>"


def get(path: str, state: State = State()) -> httpx.Response:  # noqa: B008  (it cannot be changed)
    site = Starlette(
        routes=[
            Route("/", lambda _: HTMLResponse(PAGE)),
            Route("/missing", lambda _: HTMLResponse(PAGE, 404)),
            Route("/data.json", lambda _: PlainTextResponse('{"html": "</body>"}', media_type="application/json")),
            Route("/service-worker.js", lambda _: PlainTextResponse("keep everything")),
        ]
    )
    app = WatchedPages(ProtectiveHeaders(site, https=False), lambda: state)

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return await client.get(path, headers={"Accept-Encoding": "br"})

    return asyncio.run(ask())


def test_a_page_gets_the_script_and_is_not_kept() -> None:
    for path in ("/", "/missing"):
        answer = get(path)
        assert answer.text == PAGE.replace("</body>", f'<script type="module" src="{SCRIPT}"></script></body>')
        assert int(answer.headers["content-length"]) == len(answer.content)
        assert answer.headers["cache-control"] == "no-store"
        assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_what_is_no_page_is_left_as_it_is() -> None:
    assert get("/data.json").text == '{"html": "</body>"}'


def test_the_script_asks_for_the_state_and_hears_of_mistakes() -> None:
    assert STATE in get(SCRIPT).text
    state = State(built=3, problems=("policy_src/elm/policy.md:4: the heading is empty",))
    assert get(STATE, state).json() == {
        "built": 3,
        "building": False,
        "problems": ["policy_src/elm/policy.md:4: the heading is empty"],
    }


def test_nothing_is_kept_for_offline_use() -> None:
    assert "unregister" in get(WORKER).text
