"""The page of reviews: which policies are overdue, which are next, and the dates for a calendar program."""

from handbook.addresses import CALENDAR_FILE, review_file_url, trust_url
from handbook.library import Library, Trust
from handbook.pages.calendar_file import calendar_file
from handbook.pages.dates import review_state, spoken
from handbook.pages.markup import attribute, initial, page, ref_links
from handbook.pages.reviews import Review, reviews, undated
from handbook.pages.timeline import MOST_DRAWN, timeline


def calendar_pages(library: Library) -> dict[str, str]:
    """Return the page of all reviews, a calendar of all of them, and one of each trust that gives a date."""
    found = reviews(library)
    own = {
        f"{one.trust.id}/review.ics": calendar_file(f"Policy review: {one.trust.name}", [one], library.built_on)
        for one in found
    }
    return {
        "calendar/index.md": _page(library, found),
        "calendar/reviews.ics": calendar_file("Policy reviews", found, library.built_on),
        **own,
    }


def _page(library: Library, found: tuple[Review, ...]) -> str:
    late, coming = [one for one in found if one.overdue], [one for one in found if not one.overdue]
    body = [
        "# Review calendar",
        f'<p class="intro">{_in_short(found, late)} As of {spoken(library.built_on)}.</p>',
        f'<p class="actions"><a class="button secondary" href="{CALENDAR_FILE}">Add all dates to your calendar</a></p>'
        if found
        else "",
        _drawing(library, found),
        *_list(library, "Overdue", "overdue", late),
        *_list(library, "Still to come", "coming", coming),
        *_without(undated(library)),
    ]
    return page("Review calendar", body, description="When each policy is to be reviewed.")


def _in_short(found: tuple[Review, ...], late: list[Review]) -> str:
    if not found:
        return "No policy says when it is reviewed."
    if not late:
        return "No review is overdue."
    policies = f"{len(found)} {'policy' if len(found) == 1 else 'policies'} with a review date"
    return f"{len(late)} of {policies} {'is' if len(late) == 1 else 'are'} overdue."


def _drawing(library: Library, found: tuple[Review, ...]) -> str:
    if not found:
        return ""
    many = f" The {MOST_DRAWN} earliest are drawn." if len(found) > MOST_DRAWN else ""
    return (
        f'<figure class="drawing">\n{timeline(found, library.built_on)}\n<figcaption>Each line runs from a policy\'s '
        f"date to its review. A diamond marks a review that is overdue, a circle one to come.{many}</figcaption>\n"
        "</figure>"
    )


def _list(library: Library, title: str, name: str, listed: list[Review]) -> list[str]:
    if not listed:
        return []
    rows = "\n".join(_row(library, one) for one in listed)
    return [f"## {title} {{#{name}}}", f'<ul class="trust-list" data-mine-first>\n{rows}\n</ul>']


def _row(library: Library, review: Review) -> str:
    fact = review.trust.document["review_due"]
    state = review_state(fact.value, library.built_on)
    return (
        f"{_start(review.trust)} "
        f'<span class="{"review overdue" if review.overdue else "review"}">{state.says} '
        f"{ref_links(review.trust.id, fact.cites)} "
        f'<a href="{review_file_url(review.trust.id)}">Calendar file '
        f'<span class="visually-hidden">of {attribute(review.trust.short_name)}</span></a></span></li>'
    )


def _without(trusts: tuple[Trust, ...]) -> list[str]:
    if not trusts:
        return []
    rows = "\n".join(
        f'{_start(one)} <span class="review">The policy does not say when it is reviewed.</span></li>' for one in trusts
    )
    return ["## Without a date {#undated}", f'<ul class="trust-list" data-mine-first>\n{rows}\n</ul>']


def _start(trust: Trust) -> str:
    return (
        f'<li data-trust="{attribute(trust.id)}">{initial(trust)} '
        f'<a href="{trust_url(trust.id)}">{attribute(trust.name)}</a>'
    )
