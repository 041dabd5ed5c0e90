"""/my/certificate/…: the certificate of one training passed, on a page to print."""

from fastapi import APIRouter, Response

from register import certificates
from register.days import day_of
from register.desk import AtDesk
from register.doorway import AVisitor
from register.pages.page import page
from register.refusals import NotFound

router = APIRouter(include_in_schema=False)


@router.get("/my/certificate/{receipt}/")
def certificate_page(receipt: str, visitor: AVisitor, desk: AtDesk) -> Response:
    """Show the certificate of the attempt with this receipt, to the person whose it is and to nobody else."""
    course = desk.shelf.current(visitor.person.trust_id)
    with desk.database.reading() as db:
        own = {one.receipt: one for one in certificates.of_person(db, visitor.person)}
        if receipt not in own:
            raise NotFound
        certificate = own[receipt]
        standing = certificates.standing_of(db, course, day_of(desk.now), certificate)
    address = desk.settings.base_url.rstrip("/") + certificate.check_place
    context = {
        "trust": course.data["name"],
        "certificate": certificate,
        "standing": standing,
        "address": address,
        "qr": certificates.qr_code(address),
    }
    return page(desk, visitor, "my/certificate.html", context)
