"""How does Selenium drive a Firefox without geckodriver, which Debian does not have?

Firefox listens to the same commands under the names of its own protocol, Marionette; geckodriver only translates.
"""

import json
import socket
from typing import Any

from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.remote_connection import RemoteConnection

NAMES = {
    Command.NEW_SESSION: "WebDriver:NewSession",
    Command.QUIT: "WebDriver:DeleteSession",
    Command.GET: "WebDriver:Navigate",
    Command.REFRESH: "WebDriver:Refresh",
    Command.GET_CURRENT_URL: "WebDriver:GetCurrentURL",
    Command.SET_TIMEOUTS: "WebDriver:SetTimeouts",
    Command.FIND_ELEMENT: "WebDriver:FindElement",
    Command.FIND_ELEMENTS: "WebDriver:FindElements",
    Command.CLICK_ELEMENT: "WebDriver:ElementClick",
    Command.GET_ELEMENT_ATTRIBUTE: "WebDriver:GetElementAttribute",
    Command.GET_ELEMENT_TEXT: "WebDriver:GetElementText",
    Command.W3C_EXECUTE_SCRIPT: "WebDriver:ExecuteScript",
    Command.W3C_EXECUTE_SCRIPT_ASYNC: "WebDriver:ExecuteAsyncScript",
    Command.SCREENSHOT: "WebDriver:TakeScreenshot",
}
FAILED = 1


class Marionette(RemoteConnection):
    """The way from a Selenium driver to a Firefox that listens on a port of this machine."""

    def __init__(self, port: int) -> None:
        """Connect; `port` is what Firefox wrote into its profile."""
        super().__init__(client_config=ClientConfig(f"http://127.0.0.1:{port}"))
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._stream = self._socket.makefile("rb")
        self._sent = 0
        self._received()

    def execute(self, command: str, params: dict[str, Any]) -> dict[str, Any]:
        """Return what Firefox answers, in the form Selenium expects; KeyError for a command not named here."""
        self._sent += 1
        # One connection is one session.
        sent = {name: value for name, value in params.items() if name != "sessionId"}
        message = json.dumps([0, self._sent, NAMES[command], sent]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._received()
        if error:
            return {"status": FAILED, "value": json.dumps({"value": error})}
        return {"value": result["value"] if isinstance(result, dict) and result.keys() == {"value"} else result}

    def close(self) -> None:
        """Hang up."""
        self._stream.close()
        self._socket.close()

    def _received(self) -> Any:
        length = b""
        while (digit := self._stream.read(1)) != b":":
            if not digit:
                raise ConnectionError("Firefox has hung up.")
            length += digit
        return json.loads(self._stream.read(int(length)))
