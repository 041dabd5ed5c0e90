"""What the tests of the sources share."""

from pathlib import Path

import pytest

from tests.handbook.sources.tree import Tree, plant


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return plant(tmp_path)
