"""Which program is calling, by the key it sends?"""

from typing import Annotated

from fastapi import Depends, HTTPException, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from register import limits, programs
from register.desk import AtDesk, Desk
from register.limits import Pace
from register.programs import Program
from register.refusals import Refused

# Only so that the description of the interface says it; who is let in is `program`'s to say.
_described = HTTPBearer(auto_error=False, description="A key that a trust administrator made under Connections.")


class KeyWanted(Refused):
    """There is no key, or none that works."""

    def __init__(self) -> None:
        super().__init__(401, "key-wanted", "Send a key that works, as Authorization: Bearer and the key.")


def program(request: Request, desk: Desk) -> Program:
    """Return the program whose key a request carries, looked up once; raises KeyWanted, or 429 for too many calls."""
    if not hasattr(request.state, "program"):
        kind, _, key = request.headers.get("authorization", "").partition(" ")
        with desk.database.reading() as db:
            found = programs.with_key(db, key.strip()) if kind.lower() == "bearer" else None
        if found is None:
            raise KeyWanted
        pace: Pace = request.app.state.pace
        if seconds := pace.spend(desk.now, limits.WORKING_OUT, f"program {found.id}"):
            raise HTTPException(429, headers={"Retry-After": str(seconds)})
        request.state.program = found
    known: Program = request.state.program
    return known


def _calling(
    request: Request, desk: AtDesk, _key: Annotated[HTTPAuthorizationCredentials | None, Security(_described)]
) -> Program:
    return program(request, desk)


AProgram = Annotated[Program, Depends(_calling)]
