"""Who looks whether rights have changed, and sends what is to be told, while the register is being served?

A thread of each worker does: right after somebody changed something here, and else every half minute, so that a lapse
nobody brought about is told too. No right depends on it: the gate and the calls of programs ask anew each time.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Event, Thread

from fastapi import BackgroundTasks, FastAPI, Request

from register import courier, notices
from register.desk import Desk
from register.doorway import SAFE

log = logging.getLogger("register")

SECONDS_BETWEEN = 30


class Messenger:
    """Looks and sends until it is stopped."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._awake = Event()
        self._stopped = False
        self._thread = Thread(target=self._run, name="messenger", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    async def wake(self) -> None:
        """Look now: something may have changed."""
        self._awake.set()

    def stop(self) -> None:
        """End, once what is just being sent is sent."""
        self._stopped = True
        self._awake.set()
        self._thread.join(courier.SECONDS + 1)

    def _run(self) -> None:
        while not self._stopped:
            try:
                look(self._desk)
                courier.send_waiting(self._desk)
            except Exception:
                log.exception("rights could not be looked at; they will be again")
            self._awake.wait(SECONDS_BETWEEN)
            self._awake.clear()


def look(desk: Desk) -> int:
    """Record what has changed about the rights of every trust, and have it told; return how many changes."""
    found = 0
    for trust_id in desk.shelf.trusts():
        course = desk.shelf.current(trust_id)
        with desk.database.reading() as db:
            different = notices.changes(db, course, desk.now)
        if different:
            with desk.database.writing() as db:
                found += notices.tell(db, course, desk.now)
    return found


@asynccontextmanager
async def working(app: FastAPI) -> AsyncIterator[None]:
    """Have a messenger at work while the application is served."""
    messenger: Messenger = app.state.messenger
    messenger.start()
    yield
    messenger.stop()


async def woken(request: Request, later: BackgroundTasks) -> None:
    """Wake the messenger once a request that may change something has been answered."""
    if request.method not in SAFE and request.url.path.startswith(("/manage/", "/my/")):
        later.add_task(request.app.state.messenger.wake)
