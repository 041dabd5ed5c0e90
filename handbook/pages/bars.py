"""How are shares drawn? Bars whose parts differ in height as well as in colour, with the numbers in words beside."""

from collections.abc import Mapping

from handbook.comparison import UNANSWERED
from quiz.rulings import NOT_COVERED

NO, CONDITIONS, YES, SILENT = "no", "conditions", "yes", "silent"
PARTS = {
    "forbidden": NO,
    "ask-first": CONDITIONS,
    "allowed-if": CONDITIONS,
    "advised-against": CONDITIONS,
    "allowed": YES,
    NOT_COVERED: SILENT,
    UNANSWERED: SILENT,
}
PART_WORDS = {NO: "No", CONDITIONS: "With conditions", YES: "Yes", SILENT: "Does not say"}
# In tenths of the bar: what stands in your way is high, silence is a line.
HEIGHTS = {NO: 10, CONDITIONS: 7, YES: 4, SILENT: 1}
GAP = 2


def parts(tally: Mapping[str, int]) -> dict[str, int]:
    """Return how many verdicts belong to each part of a bar."""
    found = dict.fromkeys(PART_WORDS, 0)
    for verdict, number in tally.items():
        found[PARTS[verdict]] += number
    return found


def rectangles(found: Mapping[str, int], *, top: int, width: int, height: int) -> str:
    """Return the parts of one bar as SVG, standing on its foot; `found` is what `parts` returns."""
    whole = sum(found.values())
    drawn, left = [], 0.0
    for part, number in found.items():
        long = width * number / whole if whole else 0.0
        if number:
            high = height * HEIGHTS[part] / 10
            drawn.append(
                f'<rect class="bar-{part}" x="{left:.1f}" y="{top + height - high:.1f}" '
                f'width="{max(long - GAP, 1):.1f}" height="{high:.1f}"/>'
            )
        left += long
    return "".join(drawn)


def bar(tally: Mapping[str, int]) -> str:
    """Return one bar for a cell; the words beside it say the same."""
    shapes = rectangles(parts(tally), top=0, width=200, height=16)
    return f'<svg class="bar" viewBox="0 0 200 16" aria-hidden="true" focusable="false">{shapes}</svg>'


def percentages(found: Mapping[str, int]) -> dict[str, int]:
    """Return the parts in percent: whole numbers that add up to 100, or nothing but 0 if there is nothing."""
    whole = sum(found.values())
    if not whole:
        return dict.fromkeys(found, 0)
    exact = {part: 100 * number / whole for part, number in found.items()}
    rounded = {part: int(share) for part, share in exact.items()}
    most_cut = sorted(found, key=lambda part: rounded[part] - exact[part])
    for part in most_cut[: 100 - sum(rounded.values())]:
        rounded[part] += 1
    return rounded
