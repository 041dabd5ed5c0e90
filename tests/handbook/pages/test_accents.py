"""A trust's colour comes from one stylesheet, because the pages may hold no style of their own."""

from handbook.library import Library
from tests.handbook.built import Built


def test_every_trust_has_its_accent(handbook: Built, library: Library) -> None:
    sheet = (handbook.site / "handbook" / "accents.css").read_text(encoding="utf-8")
    for trust in library.trusts.values():
        assert f'[data-trust="{trust.id}"] {{ --accent: {trust.accent}; }}' in sheet
