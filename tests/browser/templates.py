"""One page of every template of the built site, and the states a script brings a page into."""

import re
from pathlib import Path

# The parts of an address that differ between pages of one template.
KINDS = (("topics", "topic"), ("may-i", "decision"))
# What has to stand in the address before a page shows all it can.
ASKED = {
    "/handbook/search/": "?q=photo",
    "/handbook/compare/": "?trusts=cockburn,lydiate",
    "/handbook/may-i/<decision>/": "?trust=lydiate",
    "/handbook/<trust>/practise/": "?topic=images-consent",
}


def templates(site: Path) -> dict[str, str]:
    """Return the address of the largest page of every template, by the template: `/handbook/<trust>/roles/`."""
    trusts = {file.parent.name for file in (site / "handbook").glob("*/course.json")}
    largest: dict[str, Path] = {}
    for file in sorted(site.rglob("*.html")):
        template = _template(_address(site, file), trusts)
        if template not in largest or file.stat().st_size > largest[template].stat().st_size:
            largest[template] = file
    return {template: _address(site, file) + ASKED.get(template, "") for template, file in largest.items()}


def _address(site: Path, file: Path) -> str:
    return f"/{file.relative_to(site).as_posix()}".removesuffix("index.html")


def _template(address: str, trusts: set[str]) -> str:
    parts = address.split("/")
    if len(parts) > 3 and parts[2] in trusts:
        parts[2] = "<trust>"
    for folder, name in KINDS:
        if len(parts) > 4 and parts[2] == folder:
            parts[3] = f"<{name}>"
    return re.sub(r"/\d+/$", "/<page>/", "/".join(parts))
