"""Signing in with a school account: a real provider says who it is, and a lying one is not believed."""

import base64
import hmac
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import httpx
import psycopg
import pytest
from sqlalchemy import select

from register import people
from register.events import Event
from register.identities import Identity
from register.services import GOOGLE, MICROSOFT, Provider
from register.sessions import SignIn
from tests.register.false_provider import LATER_RSA, OTHER_RSA, RSA, Liar, lying
from tests.register.mail_server import free_port
from tests.register.test_database import WAITING
from tests.register.world import BASE_URL, CREATING, LYDIATE, Browser, World, words

ROOT = Path(__file__).parents[2]
DOMAIN = "creating.example.org"
DIRECTORY = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490"
SECRET = "a secret of the tests that nobody reads"
ADA = f"ada@{CREATING}.example.org"
BEN = f"ben@{CREATING}.example.org"
# By subject, as the provider keeps them.
ACCOUNTS: dict[str, dict[str, Any]] = {
    "ada-of-google": {"email": ADA.upper(), "email_verified": True, "hd": DOMAIN},
    "ada-again": {"email": ADA, "email_verified": True, "hd": DOMAIN},
    "ben-unverified": {"email": BEN, "email_verified": False, "hd": DOMAIN},
    "ben-says-so": {"email": BEN, "email_verified": "yes", "hd": DOMAIN},
    "ben-without": {"email_verified": True, "hd": DOMAIN},
    "ben-elsewhere": {"email": BEN, "email_verified": True, "hd": "evil.example.org"},
    "ben-at-home": {"email": BEN, "email_verified": True},
    "nobody": {"email": "nobody@example.org", "email_verified": True, "hd": DOMAIN},
    "ada-of-lydiate": {"email": f"ada@{LYDIATE}.example.org", "email_verified": True, "hd": DOMAIN},
    "ada-of-microsoft": {"email": ADA, "xms_edov": True, "tid": DIRECTORY},
    "ben-of-microsoft": {"email": BEN, "tid": DIRECTORY},
    "ben-of-another": {"email": BEN, "xms_edov": True, "tid": DIRECTORY.replace("8", "9")},
}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Run a real provider, written by somebody else, under Node."""
    address = f"http://127.0.0.1:{free_port()}"
    clients = [
        {
            "client_id": kind,
            "client_secret": SECRET,
            "redirect_uris": [f"{BASE_URL}/sign-in/with/{kind}/back"],
        }
        for kind in (GOOGLE, MICROSOFT)
    ]
    said = json.dumps({"issuer": address, "clients": clients, "accounts": ACCOUNTS})
    command = [shutil.which("node") or "node", str(Path(__file__).with_name("provider.mjs")), said]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "listening\n"
            yield address
        finally:
            process.terminate()


def provider(kind: str, issuer: str) -> Provider:
    tenant = DOMAIN if kind == GOOGLE else DIRECTORY
    return Provider(kind, kind, CREATING, tenant, issuer, kind, SECRET)


@pytest.fixture
def school(world: World, issuer: str) -> Iterator[World]:
    """Give a register one of whose trusts has accounts at Google and Microsoft."""
    world.clock.now = datetime.now(UTC)
    told = world.told(providers=(provider(GOOGLE, issuer), provider(MICROSOFT, issuer)))
    yield told
    told.database.engine.dispose()


def back_from(address: str, login: str) -> str:
    """Sign in at the provider as a person does, and return the address it sends the browser back to."""
    with httpx.Client() as client:
        response = client.get(address)
        for _ in range(20):
            if response.is_redirect:
                place = urljoin(str(response.url), response.headers["location"])
                if place.startswith(BASE_URL):
                    return place.removeprefix(BASE_URL)
                response = client.get(place)
                continue
            form = re.search(r'action="([^"]+)"', response.text)
            prompt = re.search(r'name="prompt" value="(\w+)"', response.text)
            assert form, response.text
            assert prompt, response.text
            fields = {"prompt": prompt[1], "login": login, "password": "any"}
            response = client.post(urljoin(str(response.url), form[1]), data=fields)
    raise AssertionError("the provider leads nowhere")


def signs_in(browser: Browser, login: str, kind: str = GOOGLE) -> httpx.Response:
    begun = browser.get(f"/sign-in/with/{kind}")
    assert begun.status_code == 303, begun.text
    return browser.get(back_from(begun.headers["location"], login))


def identities(world: World) -> list[tuple[str, str]]:
    with world.database.reading() as db:
        rows = db.execute(
            select(people.Person.email, Identity.subject).join(Identity, Identity.person_id == people.Person.id)
        )
        return [(email, subject) for email, subject in rows]


def test_somebody_on_the_staff_list_signs_in_and_is_known_by_their_subject_from_then_on(school: World) -> None:
    browser = school.browser()
    response = signs_in(browser, "ada-of-google")
    assert (response.status_code, response.headers["location"]) == (303, "/my/")
    assert browser.get("/api/me").json()["person"]["first_name"] == "Ada"
    assert identities(school) == [(ADA, "ada-of-google")]
    with school.database.writing() as db:
        db.get_one(people.Person, school.person("Ada Teacher").id).email = "married@example.org"
    again = school.browser()
    assert signs_in(again, "ada-of-google").status_code == 303
    assert again.get("/api/me").json()["person"]["first_name"] == "Ada"
    assert "with Google" in again.text("/my/sessions/")


def test_microsoft_is_believed_about_addresses_its_directory_has_proven(school: World) -> None:
    assert signs_in(school.browser(), "ada-of-microsoft", MICROSOFT).status_code == 303
    assert identities(school) == [(ADA, "ada-of-microsoft")]


@pytest.mark.parametrize(
    ("login", "kind", "says"),
    [
        ("ben-unverified", GOOGLE, "does not say that your e-mail address was checked"),
        ("ben-says-so", GOOGLE, "does not say that your e-mail address was checked"),
        ("ben-without", GOOGLE, "does not say that your e-mail address was checked"),
        ("ben-of-microsoft", MICROSOFT, "does not say that your e-mail address was checked"),
        ("ben-elsewhere", GOOGLE, "belongs to another organisation"),
        ("ben-at-home", GOOGLE, "belongs to another organisation"),
        ("ben-of-another", MICROSOFT, "belongs to another organisation"),
        ("nobody", GOOGLE, "not on the staff list"),
        ("ada-of-lydiate", GOOGLE, "not on the staff list"),
    ],
)
def test_who_cannot_be_told_for_sure_does_not_get_in(school: World, login: str, kind: str, says: str) -> None:
    browser = school.browser()
    response = signs_in(browser, login, kind)
    assert response.status_code == 403
    assert says in words(response)
    assert browser.get("/api/me").json()["person"] is None
    assert (identities(school), school.count(SignIn)) == ([], 0)


def test_an_address_given_to_somebody_new_opens_nothing_until_a_manager_has_looked(school: World) -> None:
    first = school.browser()
    signs_in(first, "ada-of-google")
    response = signs_in(school.browser(), "ada-again")
    assert response.status_code == 403
    assert "Somebody else has signed in with this e-mail address before." in words(response)
    mia = school.signed_in("Mia Manager")
    place = f"/manage/people/{school.person('Ada Teacher').id}/sessions/"
    forget = re.search(r'action="(/manage/people/\d+/identities/\d+/remove)"', mia.get(place).text)
    assert forget
    assert mia.submit(forget[1], page=place).status_code == 303
    assert first.get("/my/").status_code == 303, "the sessions of whoever it was have ended"
    assert signs_in(school.browser(), "ada-again").status_code == 303
    assert identities(school) == [(ADA, "ada-again")]
    with school.database.reading() as db:
        said = db.scalars(select(Event).where(Event.name.startswith("identity."))).all()
    assert [one.name for one in said] == ["identity.bound", "identity.removed", "identity.bound"]
    assert all("ada" not in str((one.subjects, one.facts)) for one in said)


def test_a_leaver_does_not_get_in_with_a_school_account_that_still_works(school: World) -> None:
    signs_in(school.browser(), "ada-of-google")
    with school.database.writing() as db:
        ada = db.get_one(people.Person, school.person("Ada Teacher").id)
        people.leave(db, school.clock(), None, ada, date(2026, 1, 1))
    response = signs_in(school.browser(), "ada-of-google")
    assert response.status_code == 403
    assert "not on the staff list" in words(response)


def test_a_code_works_once_and_only_in_the_browser_that_asked(school: World) -> None:
    browser = school.browser()
    place = back_from(browser.get(f"/sign-in/with/{GOOGLE}").headers["location"], "ada-of-google")
    stolen = school.browser().get(place)
    assert stolen.status_code == 403
    assert "This browser did not begin signing in here" in words(stolen)
    cookies = httpx.Cookies(browser.cookies)
    assert browser.get(place).status_code == 303
    replayed = school.browser()
    replayed.cookies = cookies
    assert replayed.get(place).status_code == 403
    assert school.count(SignIn) == 1


def test_what_another_program_gets_in_between_of_is_told_since_the_code_works_no_second_time(
    postgresql_world: World, issuer: str
) -> None:
    postgresql_world.clock.now = datetime.now(UTC)
    school = postgresql_world.told(providers=(provider(GOOGLE, issuer),))
    browser = school.signed_in("Ada Teacher")
    back = back_from(browser.get(f"/sign-in/with/{GOOGLE}").headers["location"], "ada-of-google")
    with psycopg.connect(school.settings.database) as other, ThreadPoolExecutor(1) as pool:
        other.execute("UPDATE sessions SET browser = 'x'")
        coming = pool.submit(browser.get, back)
        while other.execute(WAITING).fetchone() == (0,):
            assert not coming.done()
        other.commit()
        response = coming.result()
    assert response.status_code == 503
    assert "The register is busy just now, and nothing was recorded." in words(response)
    assert identities(school) == []
    school.database.engine.dispose()


def test_whoever_breaks_off_is_told_so(school: World) -> None:
    browser = school.browser()
    begun = browser.get(f"/sign-in/with/{GOOGLE}").headers["location"]
    state = parse_qs(urlsplit(begun).query)["state"][0]
    response = browser.get(f"/sign-in/with/{GOOGLE}/back?{urlencode({'error': 'access_denied', 'state': state})}")
    assert response.status_code == 403
    assert "was not finished" in words(response)


def test_the_sign_in_page_names_the_ways_in(school: World) -> None:
    says = school.browser().text("/sign-in/")
    name = school.course(CREATING)["name"]
    assert f"Sign in with Google ({name})" in says
    assert f"Sign in with Microsoft ({name})" in says


def test_a_provider_that_nobody_has_set_up_is_not_there(world: World) -> None:
    assert world.browser().get(f"/sign-in/with/{GOOGLE}").status_code == 404
    assert world.browser().get(f"/sign-in/with/{GOOGLE}/back?code=x&state=x").status_code == 404


@pytest.fixture
def liar() -> Iterator[Liar]:
    with lying() as one:
        yield one


@pytest.fixture
def deceived(world: World, liar: Liar) -> Iterator[World]:
    told = world.told(providers=(provider(GOOGLE, liar.issuer),))
    yield told
    told.database.engine.dispose()


def goes(world: World, liar: Liar, browser: Browser | None = None, **given: str) -> httpx.Response:
    """Let somebody be sent to the liar and back; the token it has in store is what it would be if it told the truth."""
    browser = browser or world.browser()
    asked = parse_qs(urlsplit(browser.get(f"/sign-in/with/{GOOGLE}").headers["location"]).query)
    now = int(world.clock().timestamp())
    true = {
        "iss": liar.issuer,
        "sub": "ada-of-google",
        "aud": GOOGLE,
        "iat": now,
        "exp": now + 300,
        "nonce": asked["nonce"][0],
        "email": ADA,
        "email_verified": True,
        "hd": DOMAIN,
    }
    liar.claims = {name: value for name, value in {**true, **liar.claims}.items() if value is not None}
    query = urlencode({"code": "x", "state": asked["state"][0], **given})
    return browser.get(f"/sign-in/with/{GOOGLE}/back?{query}")


def test_the_truth_is_believed(deceived: World, liar: Liar) -> None:
    assert goes(deceived, liar).status_code == 303


def test_every_errand_has_its_own_state_nonce_and_proof(deceived: World, liar: Liar) -> None:
    found = [
        parse_qs(urlsplit(deceived.browser().get(f"/sign-in/with/{GOOGLE}").headers["location"]).query)
        for _ in range(2)
    ]
    for one in found:
        assert (one["code_challenge_method"], one["response_type"]) == (["S256"], ["code"])
        assert one["redirect_uri"] == [f"{BASE_URL}/sign-in/with/{GOOGLE}/back"]
    for name in ("state", "nonce", "code_challenge"):
        assert found[0][name] != found[1][name]
        assert len(found[0][name][0]) >= 43


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": None},
        {"aud": [GOOGLE, "another"]},
        {"aud": [GOOGLE, "another"], "azp": "another"},
        {"iss": "https://accounts.google.com"},
        {"iss": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"exp": "tomorrow"},
        {"iat": [1]},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_errand_is_not_believed(
    deceived: World, liar: Liar, lie: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    liar.claims = lie
    response = goes(deceived, liar)
    assert response.status_code == 403
    assert "We could not check what Google told us." in words(response)
    assert deceived.count(SignIn) == 0
    assert "sign-in refused: google: the token" in caplog.text
    assert ADA not in caplog.text


def part(what: object) -> str:
    return encoded(json.dumps(what).encode())


def encoded(what: bytes) -> str:
    return base64.urlsafe_b64encode(what).decode().rstrip("=")


def unsigned(liar: Liar) -> None:
    answers(liar, id_token=lambda: f"{part({'alg': 'none', 'kid': RSA.kid})}.{part(liar.claims)}.")


def signed_with(secret: bytes, liar: Liar) -> None:
    def id_token() -> str:
        said = f"{part({'alg': 'HS256', 'kid': RSA.kid})}.{part(liar.claims)}"
        return f"{said}.{encoded(hmac.digest(secret, said.encode(), 'sha256'))}"

    answers(liar, id_token=id_token)


def answers(liar: Liar, *, id_token: Callable[[], str] | None = None) -> None:
    """Let the liar answer with this in place of a token that is rightly signed."""
    common = {"access_token": "x", "token_type": "Bearer"}
    liar.answers_with = lambda _: {**common, **({"id_token": id_token()} if id_token else {})}


def signed_with_the_shared_secret(liar: Liar) -> None:
    signed_with(SECRET.encode(), liar)


def signed_with_the_public_key(liar: Liar) -> None:
    signed_with(RSA.as_pem(private=False), liar)


def signed_by_somebody_else(liar: Liar) -> None:
    liar.key = OTHER_RSA


def signed_with_a_key_it_does_not_publish(liar: Liar) -> None:
    liar.key = LATER_RSA


def without_a_token(liar: Liar) -> None:
    answers(liar)


def with_nonsense(liar: Liar) -> None:
    answers(liar, id_token=lambda: "a.b.c")


def with_an_error(liar: Liar) -> None:
    liar.answers_with = lambda _: {"error": "invalid_grant"}


@pytest.mark.parametrize(
    "wrong",
    [
        unsigned,
        signed_with_the_shared_secret,
        signed_with_the_public_key,
        signed_by_somebody_else,
        signed_with_a_key_it_does_not_publish,
        without_a_token,
        with_nonsense,
        with_an_error,
    ],
)
def test_a_token_that_is_not_signed_by_the_provider_is_not_believed(
    deceived: World, liar: Liar, wrong: Callable[[Liar], None]
) -> None:
    wrong(liar)
    response = goes(deceived, liar)
    assert response.status_code == 403
    assert "We could not check what Google told us." in words(response)
    assert deceived.count(SignIn) == 0


@pytest.mark.parametrize("given", [{"state": "another"}, {"state": "é"}, {"iss": "https://accounts.google.com"}])
def test_an_answer_to_another_question_is_not_believed(deceived: World, liar: Liar, given: dict[str, str]) -> None:
    assert goes(deceived, liar, None, **given).status_code == 403
    assert "/token" not in liar.asked


def test_a_new_key_of_the_provider_is_asked_for_once(deceived: World, liar: Liar) -> None:
    assert goes(deceived, liar).status_code == 303
    liar.claims = {}
    liar.key, liar.keys = LATER_RSA, [RSA, LATER_RSA]
    assert goes(deceived, liar).status_code == 303
    assert liar.asked.count("/keys") == 2
    liar.claims = {}
    assert goes(deceived, liar).status_code == 303
    assert liar.asked.count("/keys") == 2


def test_what_a_provider_says_of_itself_is_asked_again_after_an_hour(deceived: World, liar: Liar) -> None:
    for hours, asked in ((0, 1), (0.9, 1), (0.2, 2)):
        deceived.clock.turn(hours=hours)
        deceived.browser().get(f"/sign-in/with/{GOOGLE}")
        assert liar.asked.count("/.well-known/openid-configuration") == asked


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"token_endpoint": None},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": "ftp://127.0.0.1/keys"},
        {"authorization_endpoint": 7},
    ],
    ids=str,
)
def test_a_provider_that_calls_itself_something_else_is_not_used(
    deceived: World, liar: Liar, metadata: dict[str, Any]
) -> None:
    liar.metadata = metadata
    response = deceived.browser().get(f"/sign-in/with/{GOOGLE}")
    assert response.status_code == 502
    assert "Signing in with Google does not work just now." in words(response)


@pytest.mark.parametrize("said", [[], "x", None, {"keys": 1}, {"keys": [{}]}, {}], ids=str)
def test_a_provider_whose_keys_cannot_be_read_is_not_used(deceived: World, liar: Liar, said: object) -> None:
    liar.published = said
    response = deceived.browser().get(f"/sign-in/with/{GOOGLE}")
    assert response.status_code == 502


def test_a_provider_that_does_not_answer_is_told_in_words(world: World, caplog: pytest.LogCaptureFixture) -> None:
    gone = world.told(providers=(provider(GOOGLE, f"http://127.0.0.1:{free_port()}"),))
    response = gone.browser().get(f"/sign-in/with/{GOOGLE}")
    assert response.status_code == 502
    assert "use a personal link" in words(response)
    assert "google: ConnectionError" in caplog.text
    assert SECRET not in caplog.text
    gone.database.engine.dispose()


@pytest.mark.parametrize("wrong", ["too late", "edited", "nonsense"])
def test_an_errand_that_is_old_or_not_ours_leads_nowhere(deceived: World, liar: Liar, wrong: str) -> None:
    browser = deceived.browser()
    asked = parse_qs(urlsplit(browser.get(f"/sign-in/with/{GOOGLE}").headers["location"]).query)
    cookie = browser.cookies["clearpost-errand"]
    text, _, seal = cookie.partition(".")
    if wrong == "too late":
        deceived.clock.turn(**{"seconds": timedelta(minutes=15).total_seconds()})
    elif wrong == "edited":
        edited = json.loads(base64.urlsafe_b64decode(text)) | {"nonce": "mine"}
        cookie = f"{base64.urlsafe_b64encode(json.dumps(edited).encode()).decode()}.{seal}"
    else:
        cookie = "=nonsense.x"
    query = urlencode({"code": "x", "state": asked["state"][0]})
    other = Browser(deceived.app, headers={"Cookie": f"clearpost-errand={cookie}"})
    response = other.get(f"/sign-in/with/{GOOGLE}/back?{query}")
    assert response.status_code == 403
    assert "Start signing in again." in words(response)
    assert "/token" not in liar.asked
