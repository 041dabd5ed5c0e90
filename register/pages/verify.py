"""/verify/…: is the certificate in somebody's hand true today? Open to whoever has its code."""

from fastapi import APIRouter, Response

from register import certificates
from register.days import day_of
from register.desk import AtDesk
from register.pages.page import page

router = APIRouter(include_in_schema=False)


@router.get("/verify/{code}/")
def verify_page(code: str, desk: AtDesk) -> Response:
    """Say whether a certificate is valid, and whose it is; a code we do not know and one that is none look the same."""
    with desk.database.reading() as db:
        certificate = certificates.with_code(db, code)
        if certificate is None:
            return page(desk, None, "verify/unknown.html", {}, 404)
        course = desk.shelf.current(certificate.completion.trust_id)
        standing = certificates.standing_of(db, course, day_of(desk.now), certificate)
    context = {"trust": course.data["name"], "certificate": certificate, "standing": standing, "now": desk.now}
    return page(desk, None, "verify/page.html", context)
