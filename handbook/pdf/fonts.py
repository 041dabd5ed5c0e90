"""The site's own typeface in the form that a PDF takes: one file for each weight."""

from hashlib import sha256
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

WEIGHTS = {"regular": 400, "bold": 700}
# Bits of OS/2.fsSelection and head.macStyle.
BOLD, REGULAR, MAC_BOLD = 1 << 5, 1 << 6, 1


def font_folder(variable: Path, cache: Path) -> Path:
    """Return a folder with the weights of a variable font, made once for each edition of it."""
    folder = cache / sha256(variable.read_bytes()).hexdigest()[:16]
    for name, weight in WEIGHTS.items():
        file = folder / f"{name}.ttf"
        if not file.exists():
            folder.mkdir(parents=True, exist_ok=True)
            part = file.with_suffix(".part")
            _of_weight(variable, weight).save(part)
            part.replace(file)
    return folder


def _of_weight(variable: Path, weight: int) -> TTFont:
    # A time stamp would make every file another one.
    font = instancer.instantiateVariableFont(TTFont(variable, recalcTimestamp=False), {"wght": weight})
    font.flavor = None
    font["OS/2"].usWeightClass = weight
    if weight >= WEIGHTS["bold"]:
        font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~REGULAR) | BOLD
        font["head"].macStyle |= MAC_BOLD
    return font
