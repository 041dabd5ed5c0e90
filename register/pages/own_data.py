"""/my/data/: what does the register hold on me, and how do I take it with me?"""

from fastapi import APIRouter, Response

from register import subject_export
from register.desk import AtDesk, Desk
from register.doorway import AVisitor, OwnForm, Visitor
from register.pages.page import page

router = APIRouter(include_in_schema=False)


@router.get("/my/data/")
def own_data(visitor: AVisitor, desk: AtDesk) -> Response:
    """Show everything, in words."""
    with desk.database.reading() as db:
        found = subject_export.gathered(db, desk.now, visitor.person)
        parts = subject_export.parts(db, found)
    context = {
        "filled": [one for one in parts if one.rows],
        "empty": [one.heading for one in parts if not one.rows],
        "events": list(reversed(found["events"])),
    }
    return page(desk, visitor, "my/data.html", context)


@router.post("/my/data/page")
def as_page(visitor: AVisitor, desk: AtDesk, fields: OwnForm) -> Response:  # noqa: ARG001  (the form is checked by being asked for)
    """Hand over everything as one page that can be kept."""
    with desk.database.writing() as db:
        exported = subject_export.export(db, desk.now, visitor.person.id, visitor.person)
        text = subject_export.as_page(db, exported, desk.templates)
    return _file(desk, visitor, text, "html", "text/html")


@router.post("/my/data/json")
def as_json(visitor: AVisitor, desk: AtDesk, fields: OwnForm) -> Response:  # noqa: ARG001  (the form is checked by being asked for)
    """Hand over everything as JSON, answers included."""
    with desk.database.writing() as db:
        text = subject_export.as_json(subject_export.export(db, desk.now, visitor.person.id, visitor.person))
    return _file(desk, visitor, text, "json", "application/json")


def _file(desk: Desk, visitor: Visitor, text: str, ending: str, kind: str) -> Response:
    name = f"{subject_export.file_name(visitor.person.id, desk.now)}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)
