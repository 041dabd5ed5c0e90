"""What every page of the register shows around its own content."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import HTMLResponse, RedirectResponse

from register.desk import Desk
from register.doorway import Visitor


@dataclass(frozen=True)
class Problem:
    """Something wrong with a form: the field's id in the page, and what to do about it."""

    field: str
    says: str


def page(
    desk: Desk,
    visitor: Visitor | None,
    template: str,
    context: Mapping[str, object],
    status: int = 200,
    problems: tuple[Problem, ...] = (),
) -> HTMLResponse:
    """Return a page with the visitor's navigation, and the problems of a form on top and at their fields."""
    around = {
        "visitor": visitor,
        "form_token": visitor.form_token if visitor else "",
        "problems": problems,
        "problem_at": {one.field: one.says for one in problems},
    }
    return desk.page(template, {**around, **context}, status)


def see(path: str) -> RedirectResponse:
    """Return the answer to a form that was carried out: look at this page now."""
    return RedirectResponse(path, 303)
