"""/sign-in/with/…: how somebody comes in with the account their school gave them at Microsoft or Google."""

import logging

from fastapi import APIRouter, Depends, Request, Response

from register import errands, identities
from register.desk import AtDesk, Desk
from register.doorway import ERRAND_COOKIE, cookie_name, forget, keep, unhurried
from register.errands import Errand
from register.pages.page import page
from register.pages.sign_in import let_in
from register.refusals import NotFound, Refused
from register.services import Provider

router = APIRouter(include_in_schema=False)
log = logging.getLogger("register")

# `register.oidc` is loaded only where there are providers: it takes memory in every process that serves.


@router.get("/sign-in/with/{provider}")
def begin(provider: str, request: Request, desk: AtDesk) -> Response:
    """Send the browser to the provider, with an errand it has to come back with."""
    from register import oidc

    found = _provider(desk, provider)
    errand = Errand.new(found)
    try:
        address = oidc.address(request.app.state.directory, desk.now, found, _back(desk, found), errand)
    except Refused as refused:
        return _refused(desk, found, refused)
    response = Response(status_code=303, headers={"Location": address})
    keep(response, desk, ERRAND_COOKIE, errands.sealed(desk.secret, desk.now, errand), errands.LASTS)
    return response


@router.get("/sign-in/with/{provider}/back", dependencies=[Depends(unhurried)])
def come_back(provider: str, request: Request, desk: AtDesk) -> Response:
    """Sign in whoever the provider means, if they are on the staff list of its trust."""
    from register import oidc

    found = _provider(desk, provider)
    errand = errands.opened(desk.secret, desk.now, request.cookies.get(cookie_name(desk, ERRAND_COOKIE), ""))
    try:
        if errand is None or errand.provider != found.name:
            says = "This browser did not begin signing in here, or it was too long ago. Start signing in again."
            raise Refused(403, "no-errand", says)
        given = dict(request.query_params)
        told = oidc.told(request.app.state.directory, desk.now, found, _back(desk, found), errand, given)
        with desk.database.writing() as db:
            person = identities.person_of(db, desk.now, found.trust, told)
            response = let_in(db, desk, request, person, found.name)
    except Refused as refused:
        response = _refused(desk, found, refused)
    forget(response, desk, ERRAND_COOKIE)
    return response


def _provider(desk: Desk, name: str) -> Provider:
    found = desk.settings.provider(name)
    if found is None:
        raise NotFound
    return found


def _back(desk: Desk, provider: Provider) -> str:
    return f"{desk.settings.base_url.rstrip('/')}/sign-in/with/{provider.name}/back"


def _refused(desk: Desk, provider: Provider, refused: Refused) -> Response:
    why = getattr(refused, "why", f"{provider.name}: {refused.code}")
    log.warning("sign-in refused: %s", why)
    return page(desk, None, "sign_in/refused.html", {"says": refused.says, "provider": provider}, refused.status)
