"""Who is asking, and does the request come from our own pages?"""

import pytest

from register.posting_rights import PostingRight
from tests.register.world import API, CREATING, World


def test_a_form_without_the_sessions_token_is_refused(world: World) -> None:
    ada, ben = world.signed_in("Ada Teacher"), world.signed_in("Ben Teacher")
    account = world.account().id
    assert ada.post("/my/requests", data={"account": account}).status_code == 403
    stolen = ben.get("/my/").text.split('name="form_token" value="')[1].split('"')[0]
    assert ada.post("/my/requests", data={"account": account, "form_token": stolen}).status_code == 403
    assert ada.post("/my/requests", data={"account": account, "form_token": "é"}).status_code == 403
    assert world.count(PostingRight) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8001"},
        {"Origin": "http://["},
        {"Origin": ""},
        {"Origin": "evil.example", "Host": ""},
    ],
)
def test_another_sites_page_changes_nothing(world: World, headers: dict[str, str]) -> None:
    ada = world.signed_in("Ada Teacher")
    response = ada.post("/api/tickets", json={"trust": CREATING}, headers={**API, **headers})
    assert (response.status_code, response.json()["error"]["code"]) == (403, "cross-site")


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://127.0.0.1:8000"}, {}])
def test_our_own_pages_work(world: World, headers: dict[str, str]) -> None:
    ada = world.signed_in("Ada Teacher")
    assert ada.post("/api/tickets", json={"trust": CREATING}, headers={**API, **headers}).status_code == 201


def test_a_sign_in_page_works_although_it_hides_where_it_comes_from(world: World) -> None:
    path = world.link(world.person("Ada Teacher"))
    assert world.browser(Origin="null").post(path).status_code == 303


def test_another_site_cannot_sign_somebody_in(world: World) -> None:
    path = world.link(world.person("Ada Teacher"))
    assert world.browser(Origin="https://evil.example").post(path).status_code == 403
    assert world.browser().post(path).status_code == 303


def test_a_form_with_files_or_far_too_many_fields_is_refused(world: World) -> None:
    ada = world.signed_in("Ada Teacher")
    assert ada.post("/my/requests", files={"x": ("x.txt", b"x")}).status_code == 400
    assert ada.post("/my/requests", data={f"f{n}": "x" for n in range(100)}).status_code in (400, 403)


@pytest.mark.parametrize(
    ("charset", "value"), [("utf-7", b"+2AA-@x"), ("unicode_escape", rb"\ud800@x"), ("undefined", b"a@x")]
)
def test_a_form_in_an_encoding_that_makes_no_text_is_refused(world: World, charset: str, value: bytes) -> None:
    ada = world.signed_in("Ada Teacher")
    for path, name in (("/sign-in/", b"email"), ("/my/requests", b"form_token")):
        body = b'--x\r\nContent-Disposition: form-data; name="' + name + b'"\r\n\r\n' + value + b"\r\n--x--\r\n"
        kind = {"Content-Type": f"multipart/form-data; boundary=x; charset={charset}"}
        assert ada.post(path, content=body, headers=kind).status_code == 400
