"""How do the trusts differ on a topic? In a few sentences, and the case in which they lie furthest apart."""

from collections import Counter
from collections.abc import Iterable, Sequence

from handbook.addresses import may_i_url
from handbook.comparison import UNANSWERED, Comparison, Place
from handbook.library import Library, Term
from handbook.may_i import ASKED
from handbook.pages.differences import answers_in, case_lines, cases_counted, shortened
from handbook.pages.markup import attribute
from handbook.strictness import speaks, widest


def topic_differences(library: Library, comparison: Comparison, topic: Term) -> str:
    """Return the part of a topic's page that says how the trusts differ; nothing for a single trust."""
    places = list(comparison.topics[topic.id])
    if len(library.trusts) < 2 or not places:
        return ""
    sentences = " ".join(_sentences(library, comparison, places))
    furthest = comparison.furthest_apart(topic.id)
    shown = _furthest(library, comparison, furthest) if furthest else ""
    return f'<section class="differs">\n<h2 id="differ">How they differ</h2>\n<p>{sentences}</p>\n{shown}\n</section>'


def _sentences(library: Library, comparison: Comparison, places: Sequence[Place]) -> Iterable[str]:
    verdicts = {trust: [comparison.answer(trust, place).verdict for place in places] for trust in library.trusts}
    speaking = {trust: found for trust, found in verdicts.items() if any(speaks(one) for one in found)}
    apart = sum(widest(comparison.tallies[place]) > 0 for place in places)
    if apart:
        yield f"The answers differ in {apart} of {cases_counted(len(places))}."
        yield from _most_and_least(library, speaking, len(places))
    elif len(speaking) > 1:
        yield "Where they speak of the same case, they give the same answer."
    quiet = [trust for trust in verdicts if trust not in speaking]
    open_ = [trust for trust in quiet if set(verdicts[trust]) == {UNANSWERED}]
    yield from _quiet(library, [trust for trust in quiet if trust not in open_], "the policy does not say")
    yield from _quiet(library, open_, "not yet answered")


def _most_and_least(library: Library, speaking: dict[str, list[str]], cases: int) -> Iterable[str]:
    """Yield who refuses, or else who sets conditions, most often and least often."""
    for says, counts in (
        ("says no", {trust: found.count("forbidden") for trust, found in speaking.items()}),
        (
            "asks for more",
            {trust: sum(speaks(one) and one != "allowed" for one in found) for trust, found in speaking.items()},
        ),
    ):
        most, least = max(counts.values()), min(counts.values())
        if most > least:
            first, last = (_those(library, counts, number) for number in (most, least))
            rarely = f"least often ({least})" if least else "never"
            yield f"{first} {says} most often (in {most} of {cases_counted(cases)}), {last} {rarely}."
            return


def _those(library: Library, counts: dict[str, int], number: int) -> str:
    return _listed([library.trusts[trust].short_name for trust, found in counts.items() if found == number])


def _quiet(library: Library, trusts: list[str], why: str) -> Iterable[str]:
    if trusts:
        yield f"{_listed([library.trusts[trust].short_name for trust in trusts])}: {why}."


def _listed(names: list[str]) -> str:
    """Return names as part of a sentence: the first few, and how many more there are."""
    *first, last = shortened(names)
    return attribute(f"{', '.join(first)} and {last}" if first else last)


def _furthest(library: Library, comparison: Comparison, place: Place) -> str:
    decision = place[0]
    tally: Counter[str] = comparison.tallies[place]
    lead = "They lie furthest apart here:" if widest(tally) > 1 else "They differ here, for example:"
    lines = "".join(f"<li>{attribute(one)}</li>" for one in case_lines(decision, comparison.case(place)))
    return (
        f'<p>{lead} <a href="{may_i_url(decision)}">{attribute(ASKED[decision].question)}</a></p>\n'
        f'<ul class="told">{lines}</ul>\n'
        f"{answers_in(comparison, place, library.trusts.values())}"
    )
