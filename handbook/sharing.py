"""How is work on very many trusts shared among the processors?"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

# With fewer trusts it takes longer to start processes than they save.
MANY = 40
TOGETHER = 8

_shared: tuple[Callable[[Any], Any], Sequence[Any]] = (repr, ())


def each[One, Made](work: Callable[[One], Made], all_of_them: Iterable[One], *, trusts: int) -> Iterator[Made]:
    """Yield what `work` makes of each, in their order; several are worked on at once where there are many `trusts`.

    The processes inherit what they need, so that nothing is sent to them (only Linux does this safely). What is made is
    sent back, and has to be fit for that.
    """
    items = list(all_of_them)
    at_once = processes(trusts)
    if at_once == 1:
        yield from map(work, items)
        return
    together = max(1, min(TOGETHER, len(items) // (8 * at_once)))
    with ProcessPoolExecutor(at_once, get_context("fork"), _inherit, (work, items)) as pool:
        yield from pool.map(_made, range(len(items)), chunksize=together)


def processes(trusts: int) -> int:
    """Return among how many processes work on so many trusts is shared out."""
    return os.cpu_count() or 1 if trusts >= MANY and sys.platform == "linux" else 1


def _inherit(work: Callable[[Any], Any], items: Sequence[Any]) -> None:
    global _shared
    _shared = work, items


def _made(place: int) -> Any:
    work, items = _shared
    return work(items[place])
