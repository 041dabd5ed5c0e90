"""/my/sessions/ and /manage/people/…/sessions/: where is somebody signed in, and how is that ended?"""

from collections.abc import Sequence

from fastapi import APIRouter, Response

from register import identities, people, sessions
from register.desk import AtDesk, Desk
from register.doorway import AManager, AVisitor, Id, OwnForm
from register.links import hashed
from register.pages.page import page, see
from register.refusals import NotFound
from register.sessions import LINK, SignIn

router = APIRouter(include_in_schema=False)


@router.get("/my/sessions/")
def my_sessions(visitor: AVisitor, desk: AtDesk) -> Response:
    """Show where the person is signed in."""
    with desk.database.reading() as db:
        found = sessions.of_person(db, desk.now, visitor.person.id)
    context = {"sessions": found, "here": hashed(visitor.session_token), "through": _through(desk, found)}
    return page(desk, visitor, "sessions/mine.html", context)


@router.post("/my/sessions/{session_id}/end")
def end_one(session_id: Id, visitor: AVisitor, desk: AtDesk, _fields: OwnForm) -> Response:
    """End one of the person's own sessions."""
    with desk.database.writing() as db:
        own = {one.id: one for one in sessions.of_person(db, desk.now, visitor.person.id)}
        if session_id not in own:
            raise NotFound
        sessions.end(db, desk.now, visitor.person.id, own[session_id])
    return see("/my/sessions/")


@router.post("/my/sessions/end-others")
def end_others(visitor: AVisitor, desk: AtDesk, _fields: OwnForm) -> Response:
    """End all of the person's sessions but this one."""
    with desk.database.writing() as db:
        sessions.end_all(db, desk.now, visitor.person.id, visitor.person.id, but=visitor.session_token)
    return see("/my/sessions/")


@router.get("/manage/people/{person_id}/sessions/")
def sessions_of(person_id: Id, manager: AManager, desk: AtDesk) -> Response:
    """Show a manager where somebody is signed in, and how providers know them."""
    with desk.database.reading() as db:
        person = people.in_trust(db, manager.person.trust_id, person_id)
        if person is None:
            raise NotFound
        found = sessions.of_person(db, desk.now, person.id)
        known = identities.of_person(db, person.id)
    labels = {one.issuer: one.label for one in desk.settings.providers}
    context = {
        "person": person,
        "sessions": found,
        "identities": [(one, labels.get(one.issuer, one.issuer)) for one in known],
        "through": _through(desk, found),
        "by_mail": desk.settings.mail is not None,
    }
    return page(desk, manager, "sessions/of_person.html", context)


@router.post("/manage/people/{person_id}/sessions/end")
def end_all(person_id: Id, manager: AManager, desk: AtDesk, _fields: OwnForm) -> Response:
    """End all sessions of somebody."""
    with desk.database.writing() as db:
        if people.in_trust(db, manager.person.trust_id, person_id) is None:
            raise NotFound
        sessions.end_all(db, desk.now, manager.person.id, person_id)
    return see(f"/manage/people/{person_id}/sessions/")


@router.post("/manage/people/{person_id}/identities/{identity_id}/remove")
def unbind(person_id: Id, identity_id: Id, manager: AManager, desk: AtDesk, _fields: OwnForm) -> Response:
    """Forget how a provider knows somebody, and end their sessions: they may have been begun by whoever that was."""
    with desk.database.writing() as db:
        person = people.in_trust(db, manager.person.trust_id, person_id)
        known = {one.id: one for one in identities.of_person(db, person.id)} if person else {}
        if identity_id not in known:
            raise NotFound
        identities.unbind(db, desk.now, manager.person.id, known[identity_id])
        sessions.end_all(db, desk.now, manager.person.id, person_id)
    return see(f"/manage/people/{person_id}/sessions/")


def _through(desk: Desk, found: Sequence[SignIn]) -> dict[str, str]:
    """Return in words how sessions began, by what is kept of that."""
    labels = {one.name: f"with {one.label}" for one in desk.settings.providers}
    return {one.through: labels.get(one.through, f"with {one.through}") for one in found} | {LINK: "with a link"}
