"""/manage/messages/: which sign-in links went out by e-mail, and which did not?"""

from fastapi import APIRouter, BackgroundTasks, Response

from register import messages, post_office
from register.desk import AtDesk
from register.doorway import AManager, OwnForm, chosen_id
from register.messages import FAILED, SENDING, SENT, WAITING
from register.pages.links import reachable
from register.pages.page import page, see

router = APIRouter(include_in_schema=False)

MOST_SENT = 200
SAYS = {WAITING: "Not sent yet", SENDING: "On its way to the mail server", SENT: "Sent", FAILED: "Not sent"}


@router.get("/manage/messages/")
def messages_page(manager: AManager, desk: AtDesk) -> Response:
    """Show everybody's last message: what failed with its reason, what waits, and what was sent last."""
    with desk.database.reading() as db:
        seen = {one.id for one in reachable(db, manager, desk.now)}
        found = [one for one in messages.of_trust(db, manager.person.trust_id) if one[1].id in seen]
    by_state = {state: [one for one in found if one[0].state == state] for state in SAYS}
    context = {
        "failed": by_state[FAILED],
        "waiting": by_state[WAITING] + by_state[SENDING],
        "sent": by_state[SENT][:MOST_SENT],
        "all_sent": len(by_state[SENT]),
        "says": SAYS,
        "mail": desk.settings.mail,
    }
    return page(desk, manager, "messages/page.html", context)


@router.post("/manage/messages/again")
def send_again(manager: AManager, desk: AtDesk, fields: OwnForm, later: BackgroundTasks) -> Response:
    """Send one message that failed again, or without naming one all of them; what waits is sent as well."""
    chosen = chosen_id(fields, "message")
    with desk.database.writing() as db:
        seen = {one.id for one in reachable(db, manager, desk.now)}
        for message, person in messages.of_trust(db, manager.person.trust_id):
            if person.id in seen and chosen in (None, message.id):
                messages.again(desk.now, message)
    later.add_task(post_office.send_later, desk)
    return see("/manage/messages/")
