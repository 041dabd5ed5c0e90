"""What does each of several processes that serve one register run?"""

import os
import sys
from pathlib import Path

from fastapi import FastAPI

import register.logs
from register.app import create_app
from register.days import utc_now
from register.settings import Settings
from scripts.serving import Serving


def application() -> FastAPI:
    """Return the application of one process, made from what `clearpost serve` has handed on."""
    given = Serving.handed_on(os.environ)
    register.logs.configure(sys.stderr, given.log_level)
    settings = Settings.from_environment(Path(given.data), Path(given.site), given.base_url, os.environ)
    return create_app(settings, utc_now)
