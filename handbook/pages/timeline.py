"""Review dates as a drawing: for each policy a line from its date to its review, and today across all of them."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handbook.pages.dates import last_day, spoken
from handbook.pages.reviews import Review

# Units of the drawing, which is as wide as a phone: letters keep their size there.
WIDTH, LEFT, RIGHT, TOP, ROW = 360, 10, 350, 44, 46
# More lines than these are no picture any more.
MOST_DRAWN = 20


def timeline(reviews: Sequence[Review], today: date) -> str:
    """Return the drawing as SVG, of the first reviews where there are many; all it shows is said in words elsewhere."""
    drawn = list(reviews[:MOST_DRAWN])
    scale = _Scale(drawn, today)
    height = TOP + ROW * len(drawn) + 4
    overdue = sum(one.overdue for one in drawn)
    rows = "".join(_row(one, place, scale, today) for place, one in enumerate(drawn))
    return (
        f'<svg class="timeline" viewBox="0 0 {WIDTH} {height}" font-size="14" role="img" '
        f'aria-labelledby="timeline-title timeline-desc">'
        f'<title id="timeline-title">Reviews on a line of time</title>'
        f'<desc id="timeline-desc">{len(drawn)} policies, from their date to their review; {overdue} of the reviews '
        f"lie before today, {spoken(today)}. The list below says the same in words.</desc>"
        f"{_years(scale, height)}{_today(scale, today, height)}{rows}</svg>"
    )


class _Scale:
    """Where a day lies between the first January and the last that are needed."""

    def __init__(self, reviews: Sequence[Review], today: date) -> None:
        days = [today, *(one.due for one in reviews), *(one for one in map(_begun, reviews) if one)]
        self.first, self.last = min(days).year, max(days).year + 1
        self.start, self.end = date(self.first, 1, 1).toordinal(), date(self.last, 1, 1).toordinal()

    def x(self, day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day.toordinal() - self.start) / (self.end - self.start), 1)


def _begun(review: Review) -> date | None:
    """Return the first day of the policy, as far as it gives one."""
    approved = review.trust.document.get("approved")
    if approved is None:
        return None
    day = last_day(approved.value)
    return day if approved.value.count("-") == 2 else day.replace(day=1)


def _years(scale: _Scale, height: int) -> str:
    count = scale.last - scale.first
    step = max(1, -(-count // 6))
    lines = []
    for year in range(scale.first, scale.last + 1):
        x = scale.x(date(year, 1, 1))
        lines.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{TOP - 8}" y2="{height}"/>')
        if (year - scale.first) % step == 0 and year < scale.last:
            lines.append(f'<text class="year" font-size="12" x="{x + 2}" y="{TOP - 12}">{year}</text>')
    return "".join(lines)


def _today(scale: _Scale, today: date, height: int) -> str:
    x = scale.x(today)
    return (
        f'<line class="now" x1="{x}" x2="{x}" y1="16" y2="{height}"/>'
        f'<text class="now-word" font-size="13" x="{x}" y="12" '
        f'text-anchor="{"end" if x > WIDTH / 2 else "start"}">Today</text>'
    )


def _row(review: Review, place: int, scale: _Scale, today: date) -> str:
    top = TOP + place * ROW
    y = top + 30
    due, begun = scale.x(review.due), _begun(review)
    kind = "late" if review.overdue else "open"
    parts = [f'<text class="name" x="{LEFT}" y="{top + 16}">{escape(review.trust.short_name)}</text>']
    if begun:
        parts.append(f'<line class="valid" x1="{scale.x(begun)}" x2="{due}" y1="{y}" y2="{y}"/>')
    if review.overdue:
        parts.append(f'<line class="late" x1="{due}" x2="{scale.x(today)}" y1="{y}" y2="{y}"/>')
    # A diamond where the review is late, a circle where it is to come: not by colour alone.
    shape = (
        f'<path class="{kind}" d="M{due} {y - 7}l7 7l-7 7l-7 -7z"/>'
        if review.overdue
        else f'<circle class="{kind}" cx="{due}" cy="{y}" r="6"/>'
    )
    return "".join([*parts, shape])
