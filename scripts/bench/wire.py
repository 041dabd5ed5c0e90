"""How many bytes travel for a page of the handbook, and for the runtime of the training?"""

import re
from pathlib import Path

from scripts.bench.report import show

SITE = Path(__file__).resolve().parents[2] / "site"
PAGES = (
    "index.html",
    "handbook/cockburn/index.html",
    "handbook/lydiate/index.html",
    "handbook/topics/images-consent/index.html",
    "handbook/search/index.html",
    "handbook/lydiate/training/index.html",
)
LOADED = re.compile(
    r"""<(?:link[^>]*rel="?(?:stylesheet|(?:module)?preload|icon)"?[^>]*href|script[^>]*src)=["']?([^"' >]+)"""
)


def main() -> None:
    """Report the brotli sizes of pages, of what they load, and of the runtime."""
    figures: dict[str, float | int | str] = {}
    for page in PAGES:
        path = SITE / page
        loaded = {_resolve(path, address) for address in LOADED.findall(path.read_text(encoding="utf-8"))}
        figures[page] = _wire(path)
        figures[f"{page} with styles and scripts"] = _wire(path) + sum(map(_wire, loaded))
    figures["fonts"] = sum(map(_wire, sorted((SITE / "assets/fonts").glob("*.woff2"))))
    runtime = {
        path: _wire(path) for path in sorted(SITE.glob("assets/runtime/*/*")) if path.suffix not in (".br", ".gz")
    }
    engine = sum(_wire(path) for path in SITE.glob("assets/engine/*.zip"))
    figures.update({f"runtime {path.name}": size for path, size in runtime.items()})
    figures["engine"] = engine
    figures["runtime and engine"] = engine + sum(runtime.values())
    show("bytes on the wire (brotli)", figures)


def _resolve(page: Path, address: str) -> Path:
    return SITE / address.lstrip("/") if address.startswith("/") else (page.parent / address).resolve()


def _wire(path: Path) -> int:
    compressed = path.with_name(f"{path.name}.br")
    return (compressed if compressed.exists() else path).stat().st_size


if __name__ == "__main__":
    main()
