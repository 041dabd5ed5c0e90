"""Which tables does the register have?"""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sqlalchemy import Table

from register.database import Record


@cache
def tables() -> Mapping[str, Table]:
    """Return all tables by name, those that others refer to first.

    A table is known once its module has been imported: whoever copies or erases has to know all of them.
    """
    for module in pkgutil.iter_modules([str(Path(__file__).parent)], "register."):
        if not module.ispkg:
            importlib.import_module(module.name)
    return {one.name: one for one in Record.metadata.sorted_tables}
