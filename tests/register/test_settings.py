"""What is the register told, by a file or by the environment, and what does it say of what it cannot use?"""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from register.app import create_app
from register.secret_files import SecretExposed, secret
from register.services import GOOGLE, MICROSOFT, STARTTLS, TLS, SettingsWrong
from register.settings import Settings
from tests.register.world import World

DIRECTORY = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490"
MAIL = '[mail]\nhost = "smtp.example.org"\nsender = "no-reply@example.org"\n'
MICROSOFT_365 = f"""
[sign_in.creating-tomorrow]
kind = "microsoft"
trust = "creating-tomorrow"
tenant = "{DIRECTORY}"
client_id = "an id"
client_secret = "hush"
"""


def told(folder: Path, text: str | None = None, /, **environ: str) -> Settings:
    if text is not None:
        file = folder / "settings.toml"
        file.touch(0o600)
        file.write_text(text, encoding="utf-8")
    return Settings.from_environment(folder, folder, "http://x", environ)


def test_without_a_word_there_is_neither_mail_nor_a_provider_nor_a_proxy(tmp_path: Path) -> None:
    settings = told(tmp_path)
    assert (settings.mail, settings.providers, settings.proxies) == (None, (), ())


def test_the_file_says_where_mail_goes_and_who_knows_our_staff(tmp_path: Path) -> None:
    text = MAIL + 'user = "clearpost"\npassword = "hush"\n' + MICROSOFT_365 + '[proxy]\ntrusted = ["10.0.0.0/8"]\n'
    settings = told(tmp_path, text)
    assert settings.mail
    assert (settings.mail.host, settings.mail.port, settings.mail.security) == ("smtp.example.org", 587, STARTTLS)
    (one,) = settings.providers
    assert (one.kind, one.trust, one.label) == (MICROSOFT, "creating-tomorrow", "Microsoft")
    assert one.issuer == f"https://login.microsoftonline.com/{DIRECTORY}/v2.0"
    assert settings.proxies == ("10.0.0.0/8",)
    assert "hush" not in repr(settings)


def test_the_environment_says_the_same_and_has_the_last_word(tmp_path: Path) -> None:
    section = "CLEARPOST_SIGN_IN__CREATING_TOMORROW__"
    settings = told(
        tmp_path,
        MAIL,
        CLEARPOST_MAIL__PASSWORD="hush",
        CLEARPOST_MAIL__SECURITY="tls",
        CLEARPOST_PROXY__TRUSTED="127.0.0.1, 10.0.0.0/8",
        **{
            f"{section}KIND": "google",
            f"{section}TRUST": "creating-tomorrow",
            f"{section}TENANT": "creating.example.org",
            f"{section}CLIENT_ID": "an id",
            f"{section}CLIENT_SECRET": "hush",
        },
    )
    assert settings.mail
    assert (settings.mail.port, settings.mail.security, settings.mail.password) == (465, TLS, "hush")
    assert (settings.providers[0].name, settings.providers[0].kind) == ("creating-tomorrow", GOOGLE)
    assert settings.providers[0].issuer == "https://accounts.google.com"
    assert settings.proxies == ("127.0.0.1", "10.0.0.0/8")


def test_the_environment_may_name_another_file(tmp_path: Path) -> None:
    file = tmp_path / "elsewhere.toml"
    file.touch(0o600)
    file.write_text(MAIL, encoding="utf-8")
    assert told(tmp_path, None, CLEARPOST_SETTINGS=str(file)).mail


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("mail = 1", "[mail] has to be a section of settings."),
        ("[mial]\nhost = 'x'", "There is no section 'mial' of settings (did you mean mail?)"),
        ("[mail\n", "settings.toml cannot be read: "),
        ("[mail]\nsender = 'a@b'", "The setting mail.host is missing."),
        (MAIL + "hosst = 'x'", "There is no setting mail.hosst (did you mean host?)"),
        (MAIL + "port = 'x'", "mail.port has to be a number from 1 to 65535, not 'x'."),
        (MAIL + "port = 70000", "mail.port has to be a number from 1 to 65535, not '70000'."),
        (MAIL + "port = [1]", "The setting mail.port has to be text in quotation marks."),
        (MAIL + "security = 'sttarttls'", "mail.security is 'sttarttls' (did you mean starttls?)"),
        (MAIL + "security = 'none'\npassword = 'hush'", "mail.password would travel in the open"),
        (MAIL.replace("no-reply@", ""), "mail.sender has to be an e-mail address, not 'example.org'."),
        (MAIL + "ca_file = '/nowhere'", "mail.ca_file: there is no file /nowhere."),
        ("[sign_in]\nkind = 'google'", "sign_in.kind has to be a section like [sign_in.microsoft]."),
        (MICROSOFT_365.replace("microsoft", "mircosoft"), "sign_in.creating-tomorrow.kind is 'mircosoft'"),
        (MICROSOFT_365.replace(DIRECTORY, "common"), "tenant has to be the Directory (tenant) ID"),
        (MICROSOFT_365.replace(DIRECTORY, "organizations"), "tenant has to be the Directory (tenant) ID"),
        (MICROSOFT_365 + "issuer = 'http://evil.example'", "issuer has to begin with https://"),
        (MICROSOFT_365.replace("client_secret", "client_secrets"), "(did you mean client_secret?)"),
        (MICROSOFT_365.replace('client_secret = "hush"', ""), "sign_in.creating-tomorrow.client_secret is missing."),
        (MICROSOFT_365.replace("sign_in.creating-tomorrow", 'sign_in."a/b"'), "only letters, digits and hyphens"),
        ("[proxy]\ntrusted = ['everybody']", "proxy.trusted names 'everybody', which is no IP address or network."),
        ("[proxy]\ntrust = '*'", "There is no setting proxy.trust"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line_without_a_secret(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SettingsWrong) as error:
        told(tmp_path, text)
    assert says in str(error.value)
    assert "\n" not in str(error.value)
    assert "hush" not in str(error.value)


@pytest.mark.skipif(os.name != "posix", reason="Windows guards files by other means")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_file_of_settings_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    told(tmp_path, MAIL)
    (tmp_path / "settings.toml").chmod(mode)
    with pytest.raises(SettingsWrong, match=r"others can read it: run `chmod 600 .*settings\.toml`"):
        told(tmp_path)


def test_a_provider_for_a_trust_that_is_not_served_stops_the_start(world: World) -> None:
    wrong = MICROSOFT_365.replace('trust = "creating-tomorrow"', 'trust = "creating-tomorow"')
    settings = Settings(world.settings.data, world.settings.site, providers=told(world.settings.data, wrong).providers)
    with pytest.raises(SettingsWrong, match=r"does not serve \(did you mean creating-tomorrow\?\)"):
        create_app(settings)


def test_a_secret_is_made_once_for_all_workers_and_for_the_owner_alone(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: secret(tmp_path / "var", "secret.key"), range(8)))
    assert len(found) == 1
    assert len(found.pop()) == 32
    assert [one.name for one in (tmp_path / "var").iterdir()] == ["secret.key"]
    assert secret(tmp_path / "var", "another.key") != secret(tmp_path / "var", "secret.key")
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "var" / "secret.key").stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="Windows guards files by other means")
def test_a_secret_that_others_can_read_stops_the_start(world: World) -> None:
    (world.settings.data / "secret.key").chmod(0o644)
    with pytest.raises(SecretExposed, match="others can read it"):
        secret(world.settings.data, "secret.key")
    with pytest.raises(SettingsWrong, match="others can read it"):
        create_app(world.settings)
