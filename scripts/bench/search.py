"""Does the search find what staff ask for, beside the theme's own (lunr) on the same pages, and what does it cost?

`--json` prints one object. The bytes of the page itself are those of the site that was built last.
"""

import random
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from statistics import mean, median

import brotli

from handbook.library import Clause, Library, Trust
from handbook.sources import load
from scripts.bench.report import show
from scripts.bench.search_answers import Answer, ask_lunr, ask_ours
from scripts.bench.search_questions import Question, blind, held_out, ours, read_questions

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "site"
PAGE = Path("handbook", "search", "index.html")
MANY, SEED, WORDS_KEPT = 300, 6, 0.9
LOADED = re.compile(r"""<(?:link[^>]*rel="?stylesheet"?[^>]*href|script[^>]*src)=["']?([^"' >]+)""")
IMPORTED = re.compile(r"""(?:from|import) "(\.[^"]+)";""")


def main() -> None:
    """Ask both searches every question; weigh what travels for it, with five trusts and with very many."""
    library = load(ROOT, date.today())
    questions = read_questions(library)
    with tempfile.TemporaryDirectory() as folder:
        found = ask_ours(library, questions, Path(folder) / "ours")
        lunr = ask_lunr(library, questions, Path(folder) / "lunr")
        many = many_trusts(library, MANY)
        anybody = replace_trusts(questions, next(iter(many.trusts)))
        figures = {
            "questions": len(questions),
            "held out": len(held_out(questions)),
            "of somebody who has not seen the search": len(blind(questions)),
            **quality("ours", questions, found),
            **quality("lunr", questions, lunr),
            **cost(f"ours, {len(library.trusts)} trusts", found, page_bytes(SITE)),
            **cost(f"ours, {MANY} trusts", ask_ours(many, anybody, Path(folder) / "many"), page_bytes(SITE)),
            **cost("lunr, 5 trusts, without its page", lunr, 0),
        }
    show("search", figures)
    if "--json" not in sys.argv[1:]:
        for name, answers in (("ours", found), ("lunr", lunr)):
            asked = zip(questions, answers, strict=True)
            # Those held out stay unseen.
            missed = [one for one, answer in asked if not one.held_out and not one.rank(answer.found)]
            print(
                f"{name}: {len(missed)} of those not held out are not among the first ten",
                *(f"    {one.q}" for one in missed),
                sep="\n",
            )


def quality(name: str, questions: Sequence[Question], answers: Sequence[Answer]) -> dict[str, float | int | str]:
    """Return how high the right clauses stand: for our own questions and for a stranger's, all and held out."""
    found = dict(zip(questions, answers, strict=True))
    figures: dict[str, float | int | str] = {}
    own, strangers = ours(questions), blind(questions)
    parts = {
        "": own,
        ", held out": held_out(own),
        ", a stranger's": strangers,
        ", a stranger's, held out": held_out(strangers),
    }
    for part, asked in parts.items():
        figures[f"{name}: MRR@10{part}"] = mean(one.rank(found[one].found) for one in asked)
        figures[f"{name}: recall@5{part}"] = mean(one.recall(found[one].found) for one in asked)
    return figures


def cost(name: str, answers: Sequence[Answer], page: int) -> dict[str, float | int | str]:
    """Return the kB (brotli) a first question needs before its results, and the ms its answer takes."""
    sizes = [page + sum(map(_wire, set(answer.files))) for answer in answers]
    return {
        f"{name}: kB before the first result, median": median(sizes) / 1000,
        f"{name}: kB before the first result, most": max(sizes) / 1000,
        f"{name}: ms for an answer, median": median(answer.milliseconds for answer in answers),
    }


def replace_trusts(questions: Sequence[Question], trust: str) -> list[Question]:
    """Return the questions as somebody at one trust asks them."""
    return [replace(one, trust=trust if one.trust else None) for one in questions]


def many_trusts(library: Library, count: int) -> Library:
    """Return a library of made-up trusts: each has the clauses of a real one, a tenth of their words left out."""
    chance = random.Random(SEED)
    models = [chance.choice(list(library.trusts.values())) for _ in range(count)]
    trusts = [_like(model, number, chance) for number, model in enumerate(models)]
    return replace(library, trusts={one.id: one for one in trusts})


def _like(model: Trust, number: int, chance: random.Random) -> Trust:
    def some(text: str) -> str:
        return " ".join(word for word in text.split() if chance.random() < WORDS_KEPT)

    id = f"{model.id}-{number}"
    name = f"{model.short_name} {number}"

    def clause(one: Clause) -> Clause:
        provisions = tuple(replace(provision, trust=id, text=some(provision.text)) for provision in one.provisions)
        return replace(one, trust=id, title=some(one.title) or one.title, provisions=provisions)

    return replace(model, id=id, name=name, short_name=name, clauses=tuple(map(clause, model.clauses)))


@cache
def page_bytes(site: Path) -> int:
    """Return the bytes of the search page, its style sheet, its modules and theirs; not the fonts, which come later."""
    page = site / PAGE
    if not page.is_file():
        sys.exit(f"There is no {page}: run `clearpost build` first.")
    files = {page}
    left = [site / address.lstrip("/") for address in LOADED.findall(page.read_text(encoding="utf-8"))]
    while left:
        file = left.pop().resolve()
        if file not in files:
            files.add(file)
            left += [file.parent / one for one in IMPORTED.findall(file.read_text(encoding="utf-8"))]
    return sum(map(_wire, files))


@cache
def _wire(file: Path) -> int:
    return len(brotli.compress(file.read_bytes(), quality=11))


if __name__ == "__main__":
    main()
