"""Which browsers beside Chromium are on this machine, and how does a program start one and drive it?

Nothing here is needed to set the product up or to run it; what is not installed is simply not there. `Missing` says
which of Debian's packages brings it.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from time import monotonic, sleep
from types import MappingProxyType

from selenium.webdriver import Remote, WebKitGTK
from selenium.webdriver.firefox.options import Options as FirefoxOptions
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.webkitgtk.options import Options as WebKitOptions
from selenium.webdriver.webkitgtk.service import Service as WebKitService

from scripts.marionette import Marionette

FIREFOX_NAMES = ("firefox-esr", "firefox")
MINI_BROWSERS = ("/usr/lib/*/webkit2gtk-4.1/MiniBrowser", "/usr/libexec/webkit2gtk-4.1/MiniBrowser")
# Wide enough for a desk, and shown to nobody.
SCREEN = "1280x900x24"
START_S = 60
PREFERENCES = """
user_pref("marionette.port", 0);
user_pref("app.normandy.enabled", false);
user_pref("app.update.disabledForTesting", true);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,#remote-settings-dummy/v1");
user_pref("toolkit.telemetry.server", "data:,");
"""


class Missing(Exception):
    """A browser that is not on this machine; the message names the package that brings it."""


@contextmanager
def firefox(
    environ: Mapping[str, str] = os.environ, *, preferences: Mapping[str, bool] = MappingProxyType({})
) -> Iterator[WebDriver]:
    """Give a Firefox nobody has used yet, with preferences set as in about:config. Raises Missing."""
    program = _program("Firefox", FIREFOX_NAMES, "firefox-esr", environ)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        profile = Path(made)
        chosen = [f'user_pref("{name}", {json.dumps(value)});' for name, value in preferences.items()]
        (profile / "user.js").write_text("\n".join([PREFERENCES, *chosen]), encoding="utf-8")
        command = [program, "--marionette", "--headless", "--no-remote", "--profile", str(profile)]
        with _running(command, environ) as process:
            marionette = Marionette(_port(profile, process))
            try:
                yield Remote(command_executor=marionette, options=FirefoxOptions())
            finally:
                marionette.close()


@contextmanager
def webkit(environ: Mapping[str, str] = os.environ) -> Iterator[WebDriver]:
    """Give the small browser that comes with WebKitGTK, never used before, while the block runs. Raises Missing."""
    driver = _program("WebKit", ("WebKitWebDriver",), "webkit2gtk-driver", environ)
    options = WebKitOptions()
    options.binary_location = str(_mini_browser())
    options.add_argument("--automation")
    with _screen(environ) as display:
        browser = WebKitGTK(options=options, service=WebKitService(driver, env={**environ, "DISPLAY": display}))
        try:
            yield browser
        finally:
            browser.quit()


BROWSERS: Mapping[str, Callable[[], AbstractContextManager[WebDriver]]] = {"firefox": firefox, "webkit": webkit}


def _program(browser: str, names: tuple[str, ...], package: str, environ: Mapping[str, str]) -> str:
    found = (shutil.which(name, path=environ.get("PATH", os.defpath)) for name in names)
    for program in found:
        if program:
            return program
    raise Missing(f"{browser} is not installed: Debian's package is {package}.")


def _mini_browser() -> Path:
    for pattern in MINI_BROWSERS:
        for program in Path("/").glob(pattern.lstrip("/")):
            return program
    raise Missing("WebKit's browser is not installed: Debian's package is libwebkit2gtk-4.1-0.")


@contextmanager
def _screen(environ: Mapping[str, str]) -> Iterator[str]:
    """Give the name of a display: the machine's, or one that only this block can see."""
    if environ.get("DISPLAY"):
        yield environ["DISPLAY"]
        return
    program = _program("A screen for WebKit", ("Xvfb",), "xvfb", environ)
    reading, writing = os.pipe()
    command = [program, "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    with os.fdopen(reading) as number, _running(command, environ, keep_open=(writing,)):
        os.close(writing)
        yield f":{number.readline().strip()}"


@contextmanager
def _running(
    command: list[str], environ: Mapping[str, str], keep_open: tuple[int, ...] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program while the block runs; what it says of itself is nobody's business."""
    with subprocess.Popen(
        command, env=dict(environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=keep_open
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def _port(profile: Path, process: subprocess.Popen[bytes]) -> int:
    """Return where Firefox listens, as soon as it has written it into its profile."""
    said = profile / "MarionetteActivePort"
    late = monotonic() + START_S
    while not (said.is_file() and said.read_text().strip()):
        if process.poll() is not None or monotonic() > late:
            raise ConnectionError("Firefox does not start.")
        sleep(0.05)
    return int(said.read_text())
