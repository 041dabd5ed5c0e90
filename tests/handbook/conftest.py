"""What the tests of the handbook share: one real build of the five policies."""

import pytest

from tests.handbook.built import Built, built


@pytest.fixture(scope="session")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.mktemp("project"))
