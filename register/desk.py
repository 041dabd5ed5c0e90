"""What does every request need: settings, clock, records, courses and the words of the pages?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Annotated

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import Depends, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from register.courses import Shelf
from register.database import Database
from register.days import Clock, day_of, in_words, moment_in_words
from register.settings import Settings

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Desk:
    """The parts a request works with; `secret` is known to this register alone, and `signing` is its own key."""

    settings: Settings
    clock: Clock
    database: Database
    shelf: Shelf
    templates: Environment
    secret: bytes
    signing: Ed25519PrivateKey

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.clock()

    def page(self, template: str, context: Mapping[str, object], status: int = 200) -> HTMLResponse:
        """Return a page; every value in it is escaped."""
        written = BytesIO()
        # Piece by piece: a list of thousands is made of hundreds of thousands.
        for piece in self.templates.get_template(template).generate(context):
            written.write(piece.encode())
        return HTMLResponse(written.getvalue(), status)


@cache
def wording() -> Environment:
    """Return the templates, with days and moments in words; compiling them takes longer than most requests."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = in_words
    environment.filters["day_of"] = lambda moment: in_words(day_of(moment))
    environment.filters["moment"] = moment_in_words
    return environment


async def desk_of(request: Request) -> Desk:
    """Return the desk of the application a request came to."""
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(desk_of)]
