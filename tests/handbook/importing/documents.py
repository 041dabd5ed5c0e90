"""A made-up policy as its readers hand it over: on three pages, with all that paper brings along."""

from collections.abc import Sequence

from handbook.importing import Line

HEAD, FOOT = "Elm Trust · Social Media Policy", "Page {} of 3"
PAGES: Sequence[Sequence[str]] = (
    (
        "Elm Learning Trust",
        "Social Media Policy",
        "Approved: May 2026",
        "Contents",
        "1. Accounts ........ 2",
        "2. Photos ... 3",
    ),
    (
        "1. Accounts",
        "1.1 Opening an account",
        "1.1.1 You must ask the headteacher before you open an account. The account has two holders.",
        "1.1.2 The account should never",
        "be used for your own purposes.",
        "Its holders are required to:",
        "• keep the login safe,",
        "• not share it; the password may be changed by either of them.",
        "◦ once a term",
    ),
    (
        "2. Photos",
        "Before you post a photo of a pupil, think of who will see it and for how long it can be found.",
        "(a) Ask a parent.",
        "(b) Staff can use the school's camera [see 1.1] *only* for this.",
    ),
)
INDENTED = "◦"


def elm() -> list[Line]:
    """Return the lines of the document, each paragraph apart, but for the one that is broken between two lines."""
    found: list[Line] = []
    for number, page in enumerate(PAGES, start=1):
        for place, text in enumerate((HEAD, *page, FOOT.format(number))):
            goes_on = text[0].islower()
            found.append(
                Line(
                    len(found) + 1,
                    text,
                    page=number,
                    place=30.0 if text == HEAD else 800.0 if text.startswith("Page ") else 60.0 + 20 * place,
                    apart=not goes_on,
                    indent=1 if text.startswith(INDENTED) else 0,
                )
            )
    return found
