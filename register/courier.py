"""What is done with the notices that wait to be sent to webhooks?"""

import logging

from register import notices, webhooks
from register.desk import Desk

log = logging.getLogger("register")

SECONDS = 10
AGENT = "ClearToPost"


def send_waiting(desk: Desk) -> int:
    """Send every notice that is due; what an address does not take is kept for later. Return how many were taken."""
    taken = 0
    with desk.database.reading() as db:
        if not notices.is_due(db, desk.now):
            return 0
    while (done := _send_next(desk)) is not None:
        taken += done
    return taken


def _send_next(desk: Desk) -> bool | None:
    """Send one notice and say whether it was taken; None if none is due."""
    with desk.database.writing() as db:
        found = notices.take(db, desk.now)
        if found is None:
            return None
        notice, webhook = found
        body = notices.body(db, notice)
    headers = webhooks.signed(desk.secret, webhook, notice.number, desk.now, body)
    ok, answer = _post(webhook.address, body, {**headers, "content-type": "application/json", "user-agent": AGENT})
    with desk.database.writing() as db:
        if ok:
            notices.sent(db, notice.id, answer)
        else:
            log.warning("webhook %s has not taken notice %s: %s", webhook.id, notice.number, answer)
            notices.failed(db, desk.now, notice.id, answer)
    return ok


def _post(address: str, body: bytes, headers: dict[str, str]) -> tuple[bool, str]:
    """Return whether an address took it, and its answer in a few words; it cannot lead us anywhere else."""
    # Only where there are webhooks: it takes memory in every process that serves.
    import requests

    try:
        with requests.post(
            address, data=body, headers=headers, timeout=SECONDS, allow_redirects=False, stream=True
        ) as response:
            # What it says besides is not read: it may be endless.
            return 200 <= response.status_code < 300, str(response.status_code)
    except requests.RequestException as error:
        return False, f"no answer ({type(error).__name__})"
