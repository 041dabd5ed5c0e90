"""Every pair of colours that meets on a page can be read, by day and by night: docs/assets/clearpost.css."""

import re

import pytest

from handbook.library import Library
from tests.handbook.built import ROOT

SHEET = (ROOT / "docs" / "assets" / "clearpost.css").read_text(encoding="utf-8")
GROUNDS = ("paper", "panel")
WRITTEN_ON_GROUNDS = ("ink", "muted", "press", "press-strong", "must", "must-not", "may")
PAIRS = [
    *((words, ground) for words in WRITTEN_ON_GROUNDS for ground in GROUNDS),
    ("on-press", "press"),
    ("on-press", "press-strong"),
    ("on-must", "must"),
    ("on-must-not", "must-not"),
    ("on-odd", "odd"),
    ("on-found", "found"),
    ("on-accent", "accent"),
]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


LIGHT = tokens(SHEET[: SHEET.index("@media (prefers-color-scheme: dark)")])
DARK = {**LIGHT, **tokens(re.search(r"prefers-color-scheme: dark\) \{(.*?)\n\}\n", SHEET, re.DOTALL)[1])}  # type: ignore[index]
PRINT = {**LIGHT, **tokens(SHEET[SHEET.index("@media print") :])}


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
@pytest.mark.parametrize(("words", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(scheme: dict[str, str], words: str, ground: str) -> None:
    assert contrast(scheme[words], scheme[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_a_field_can_be_seen(scheme: dict[str, str], ground: str) -> None:
    assert contrast(scheme["edge"], scheme[ground]) >= 3


def test_a_trusts_initial_can_be_read_on_its_accent(library: Library) -> None:
    for trust in library.trusts.values():
        assert contrast(LIGHT["on-accent"], trust.accent) >= 4.5, trust.id


def test_every_colour_is_a_token() -> None:
    rules = SHEET[SHEET.index("/* Ground */") : SHEET.index("/* Paper */")]
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", rules)


def test_there_are_four_sizes_of_type() -> None:
    sizes = set(re.findall(r"font-size: ([^;]+);", SHEET))
    assert sizes == {f"var(--size-{number})" for number in (1, 2, 3, 4)} | {"112.5%", "118.75%", "11pt"}
