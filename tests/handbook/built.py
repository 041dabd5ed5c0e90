"""A project of its own, built for real, and its pages as a browser would take them apart."""

import shutil
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from handbook.build import BuildReport, build

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Built:
    """A project, its site, and what the build reported."""

    root: Path
    site: Path
    report: BuildReport
    said: tuple[str, ...]

    def page(self, address: str) -> "Page":
        """Return the page at an address of the site."""
        return Page.at(self.site, address)

    def pages(self) -> dict[str, "Page"]:
        """Return every page by its address."""
        found = {}
        for file in sorted(self.site.rglob("*.html")):
            place = "/" + file.relative_to(self.site).as_posix()
            address = place.removesuffix("index.html")
            found[address] = Page.at(self.site, address)
        return found


def plant(folder: Path) -> Path:
    """Copy what a build reads into a folder; what was compressed or imaged before is shared, named by content."""
    shutil.copytree(ROOT / "policy_src", folder / "policy_src")
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("handbook", ".handbook-*"))
    shutil.copytree(ROOT / "quiz", folder / "quiz", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    (folder / ".cache").mkdir()
    for kept in ("compressed", "image", "pdf"):
        (ROOT / ".cache" / kept).mkdir(parents=True, exist_ok=True)
        (folder / ".cache" / kept).symlink_to(ROOT / ".cache" / kept)
    return folder


def built(folder: Path, *, register: bool = True) -> Built:
    """Build the real five policies in a folder, as a site with a register behind it or without."""
    root = plant(folder)
    said: list[str] = []
    report = build(root, root / "site", TODAY, said.append, register=register)
    return Built(root, root / "site", report, tuple(said))


@dataclass
class Element:
    """One element: its tag, attributes and all the text in it."""

    tag: str
    attributes: dict[str, str]
    words: list[str] = field(default_factory=list)
    within: tuple["Element", ...] = ()

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()


class Page(HTMLParser):
    """The elements of a page, in their order."""

    VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)

    @classmethod
    def at(cls, site: Path, address: str) -> "Page":
        path = address.lstrip("/")
        return cls((site / (f"{path}index.html" if not path or path.endswith("/") else path)).read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, within=tuple(self._open))
        self.elements.append(element)
        if tag not in self.VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.words.append(data)

    def all(self, tag: str, look: str = "") -> list[Element]:
        """Return the elements of a tag, and of a class where one is given."""
        return [one for one in self.elements if one.tag == tag and (not look or look in one.classes)]

    def by_id(self, name: str) -> Element:
        (found,) = [one for one in self.elements if one.attributes.get("id") == name]
        return found

    @property
    def ids(self) -> list[str]:
        return [one.attributes["id"] for one in self.elements if "id" in one.attributes]

    def inside(self, outer: Element, tag: str, look: str = "") -> list[Element]:
        """Return those elements that stand within another."""
        return [one for one in self.all(tag, look) if outer in one.within]

    @property
    def text(self) -> str:
        return self.elements[0].text
