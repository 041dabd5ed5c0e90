"""Every page of the site is valid HTML, says the Nu checker (where it and Java are installed)."""

import pytest

from scripts.bench.validity import CannotCheck, messages
from tests.handbook.built import Built


def test_the_nu_checker_finds_no_error(handbook: Built) -> None:
    try:
        found = messages(handbook.site)
    except CannotCheck as missing:
        pytest.skip(str(missing))
    errors = [f"{one['url']}:{one.get('lastLine')}: {one['message']}" for one in found if one["type"] != "info"]
    assert errors == []
