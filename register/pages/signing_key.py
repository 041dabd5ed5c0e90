"""/signing-key/: with which key are downloads signed, and how does anybody check one?"""

from fastapi import APIRouter, Response

from register import signatures
from register.desk import AtDesk
from register.doorway import Anybody
from register.pages.page import page

router = APIRouter(include_in_schema=False)


@router.get("/signing-key/")
def key_page(visitor: Anybody, desk: AtDesk) -> Response:
    """Show the public key and how to use it."""
    key = desk.signing.public_key()
    context = {"pem": signatures.as_pem(key), "fingerprint": signatures.fingerprint(key)}
    return page(desk, visitor, "signing/key.html", context)


@router.get("/signing-key.pem")
def key_file(desk: AtDesk) -> Response:
    """Return the public key as a file."""
    headers = {"Content-Disposition": 'attachment; filename="signing-key.pem"'}
    content = signatures.as_pem(desk.signing.public_key())
    return Response(content, media_type="application/x-pem-file", headers=headers)
