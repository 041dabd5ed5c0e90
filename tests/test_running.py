"""Do the commands, settings and files exist that the pages for whoever runs a register speak of?"""

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from register.settings import Settings
from scripts import start
from scripts.clearpost import app

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "running").glob("*.md"))]
UNITS = sorted((ROOT / "deploy").glob("*.service"))
COMPOSE = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
CODE = re.compile(r"`([^`\n]+)`|^ {4,}(\S.*)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#:]*)(?:#([^)]+))?\)")


def code(page: Path) -> Iterator[str]:
    """Yield the pieces of code on a page, lines that go on as one."""
    text = re.sub(r"\\\n\s*", "", page.read_text(encoding="utf-8"))
    for found in CODE.finditer(text):
        yield found[1] or found[2]


def spoken(program: str, line: str) -> list[str] | None:
    """Return the words after a program in a line, None if it does not run it."""
    words = shlex.split(line.partition(" && rm")[0], comments=True)
    places = [place for place, word in enumerate(words) if word == program or word.endswith(f"/{program}")]
    return words[places[-1] + 1 :] if places else None


def commands() -> list[tuple[str, list[str]]]:
    """Return every `clearpost` command that is spoken of, with where."""
    found = [(page.name, said) for page in PAGES for line in code(page) if (said := spoken("clearpost", line))]
    for unit in UNITS:
        for line in re.findall(r"^ExecStart=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE):
            inner = re.sub(r"^/bin/sh -c '(.*)'$", r"\1", line)
            if said := spoken("clearpost", inner):
                found.append((unit.name, said))
    (said_by_default,) = re.findall(r"^CMD (\[.*\])$", (ROOT / "deploy" / "Containerfile").read_text(), re.MULTILINE)
    found.append(("Containerfile", json.loads(said_by_default)))
    found.append(("compose.yaml", COMPOSE["services"]["register"]["command"]))
    return found


def wrong(words: list[str]) -> str | None:
    """Return what is not so about a `clearpost` command, None if there is nothing."""
    at: Any = typer.main.get_command(app)
    options: set[str] = set()
    for word in words:
        if word == "…":
            return None
        if hasattr(at, "commands"):
            if word not in at.commands:
                return f"there is no command {word}"
            at = at.commands[word]
            options = {name for one in at.params for name in one.opts + one.secondary_opts}
        elif word.startswith("--") and word.partition("=")[0] not in options:
            return f"{at.name} has no option {word}"
    return None


@pytest.mark.parametrize(
    ("place", "words"), commands(), ids=lambda one: " ".join(one) if isinstance(one, list) else one
)
def test_every_command_and_option_that_is_spoken_of_exists(place: str, words: list[str]) -> None:
    assert wrong(words) is None, place


def test_what_does_not_exist_would_be_noticed() -> None:
    assert wrong(["audit", "verify", "--data", "x"]) is None
    assert wrong(["audit", "prove"]) == "there is no command prove"
    assert wrong(["serve", "--threads", "2"]) == "serve has no option --threads"
    assert len(commands()) > 30


def test_what_is_said_to_the_script_that_sets_up_is_understood() -> None:
    said = [one for page in PAGES for line in code(page) if (one := spoken("start.py", line)) is not None]
    assert len(said) > 3
    for words in said:
        start.parser().parse_args(words)


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for file, part in LINK.findall(page.read_text(encoding="utf-8")):
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), file
        if part:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert part in {re.sub(r"[^a-z0-9-]", "", one.lower().replace(" ", "-")) for one in headings}, part


def test_every_page_for_whoever_runs_a_register_is_on_their_list() -> None:
    listed = (ROOT / "docs" / "running" / "README.md").read_text(encoding="utf-8")
    for page in PAGES[1:]:
        assert page.name == "README.md" or f"({page.name})" in listed
    assert "(docs/running/README.md)" in PAGES[0].read_text(encoding="utf-8")


def test_every_file_to_copy_exists() -> None:
    for page in PAGES:
        for file in re.findall(r"`((?:deploy|scripts|docs)/[\w./-]+)`", page.read_text(encoding="utf-8")):
            assert (ROOT / file).exists(), f"{page.name}: {file}"


def test_the_tests_that_the_threat_model_names_exist() -> None:
    text = (ROOT / "docs" / "running" / "threats.md").read_text(encoding="utf-8")
    for name in re.findall(r"`(test_\w+\.py|staff_import/)`", text):
        assert (ROOT / "tests" / "register" / name).exists(), name
    for name in re.findall(r"`((?:tests|scripts)/[\w/]+\.py)`", text):
        assert (ROOT / name).is_file(), name


def test_the_settings_to_copy_are_understood(tmp_path: Path) -> None:
    copied = tmp_path / "settings.toml"
    shutil.copyfile(ROOT / "deploy" / "settings.toml", copied)
    copied.chmod(0o600)
    settings = Settings.from_environment(tmp_path, tmp_path, "https://social.example.org", {})
    assert settings.mail is not None
    assert [one.kind for one in settings.providers] == ["google", "microsoft"]
    assert settings.proxies == ("127.0.0.1",)


def test_in_containers_the_register_believes_the_web_server_and_nobody_else() -> None:
    register = COMPOSE["services"]["register"]
    (subnet,) = COMPOSE["networks"]["front"]["ipam"]["config"]
    assert register["environment"]["CLEARPOST_PROXY__TRUSTED"] == subnet["subnet"]
    environ = {"CLEARPOST_PROXY__TRUSTED": subnet["subnet"]}
    assert Settings.from_environment(ROOT / "nowhere", ROOT, "https://x.example", environ).proxies == (
        subnet["subnet"],
    )
    assert "ports" not in register, "nobody reaches it past the web server"
    assert COMPOSE["services"]["database"]["networks"] == ["back"]
    assert COMPOSE["networks"]["back"]["internal"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for unit in (ROOT / "deploy").glob("clear-to-post*"):
        text = unit.read_text(encoding="utf-8").replace("/opt/clear-to-post/.venv/bin/clearpost", "/bin/true")
        (tmp_path / unit.name).write_text(text.replace("User=clear-to-post", "User=root"), encoding="utf-8")
    found = subprocess.run(
        ["systemd-analyze", "verify", *sorted(map(str, tmp_path.iterdir()))], capture_output=True, text=True
    )
    ours = [line for line in found.stderr.splitlines() if "clear-to-post" in line]
    assert not ours
