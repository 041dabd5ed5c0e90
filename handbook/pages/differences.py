"""How are a case, a verdict and a difference told on the pages that set trusts side by side?"""

from collections.abc import Iterable, Mapping
from html import escape

from handbook.comparison import UNANSWERED, Answer, Case, Comparison, Place
from handbook.library import Trust
from handbook.may_i import ASKED, Asking, asking
from handbook.pages.markup import attribute, ref_links
from handbook.strictness import LOOSER, MIXED, SAME, SILENT, STRICTER
from quiz.decisions import DECISIONS
from quiz.facts import Choices, Fact, FactValue, Flag
from quiz.rulings import HEADLINES, NOT_COVERED, STRICTNESS

# The strictest first, as everywhere on these pages; then what cannot be compared.
ORDER = (*reversed(STRICTNESS), NOT_COVERED, UNANSWERED)
WORDS = {**HEADLINES, UNANSWERED: "Not yet answered"}
# For a decision that asks what there is to do: short enough for a badge.
TASK_WORDS = {
    **WORDS,
    "allowed": "Nothing due",
    "advised-against": "You should act",
    "allowed-if": "You have to act",
}
LOOKS = {
    "allowed": "may",
    "advised-against": "should-not",
    "allowed-if": "should",
    "ask-first": "must",
    "forbidden": "must-not",
}
TASK_LOOKS = {**LOOKS, "advised-against": "should", "allowed-if": "must"}
RELATION_WORDS = {
    STRICTER: "stricter",
    LOOSER: "looser",
    MIXED: "stricter in some cases, looser in others",
    SAME: "the same",
    SILENT: "not comparable",
}
IN_ORDER = "Everything is in order."
# So many trusts are named for one answer, and so many provisions of each: those that decide most.
MOST_NAMED = 3
MOST_REFS = 2


def verdict_words(decision: str, verdict: str) -> str:
    """Return a verdict in the words of its badge."""
    return (TASK_WORDS if DECISIONS[decision].task else WORDS)[verdict]


def verdict_look(decision: str, verdict: str) -> str:
    """Return the look of a verdict's badge: that of the duty which says the same; "plain" for none."""
    return (TASK_LOOKS if DECISIONS[decision].task else LOOKS).get(verdict, "plain")


def verdict_badge(decision: str, verdict: str) -> str:
    """Return a verdict as a badge."""
    words = escape(verdict_words(decision, verdict))
    return f'<span class="badge badge-{verdict_look(decision, verdict)}">{words}</span>'


def case_words(decision: str, case: Case) -> str:
    """Return a case in words: the questions that have to be answered to tell it, each with its answer."""
    return " ".join(case_lines(decision, case))


def case_lines(decision: str, case: Case) -> list[str]:
    """Return the same for a place where each question may have a line of its own."""
    facts = {fact.name: fact for fact in DECISIONS[decision].facts}
    return [_told(decision, facts[name], case.facts[name]) for name in case.told] or [IN_ORDER]


def _told(decision: str, fact: Fact, value: FactValue) -> str:
    words = asking(DECISIONS[decision], ASKED, fact)
    return f"{words.question} {_answer(words, fact, value)}."


def _answer(words: Asking, fact: Fact, value: FactValue) -> str:
    if isinstance(fact, Choices) and isinstance(value, frozenset):
        return _members(words, fact, value)
    if isinstance(fact, Flag):
        return words.values["true" if value else "false"]
    return words.values.get(str(value), str(value))


def _members(words: Asking, fact: Choices, value: frozenset[str]) -> str:
    missing = [words.values[one] for one in fact.values if one not in value]
    if len(missing) == 1:
        return f"All but this: {missing[0]}"
    chosen = [words.values[one] for one in fact.values if one in value]
    return f"Only this: {chosen[0]}" if len(chosen) == 1 and not fact.default else ", ".join(chosen) or "Nothing yet"


def query(decision: str, case: Case) -> list[tuple[str, str]]:
    """Return a case as the form of May I…? has it in its address: all its facts, so that nothing is left to ask."""
    found: list[tuple[str, str]] = []
    for fact in DECISIONS[decision].facts:
        value = case.facts[fact.name]
        if isinstance(value, frozenset):
            none = [""] if asking(DECISIONS[decision], ASKED, fact).none else []
            found += [(fact.name, one) for one in sorted(value) or none]
        else:
            found.append((fact.name, str(value).lower() if isinstance(value, bool) else str(value)))
    return found


def answers_in(comparison: Comparison, place: Place, trusts: Iterable[Trust]) -> str:
    """Return who answers how in one case, the strictest first: a badge, then the trusts and what they rest on."""
    by_verdict: dict[str, list[str]] = {}
    for trust in trusts:
        answer = comparison.answer(trust.id, place)
        by_verdict.setdefault(answer.verdict, []).append(_named(trust, answer))
    rows = "\n".join(
        f"<li>{verdict_badge(place[0], verdict)} <span>{' · '.join(shortened(by_verdict[verdict]))}</span></li>"
        for verdict in ORDER
        if verdict in by_verdict
    )
    return f'<ul class="answers">\n{rows}\n</ul>'


def _named(trust: Trust, answer: Answer) -> str:
    return f"{attribute(trust.short_name)} {ref_links(trust.id, answer.refs[:MOST_REFS])}".strip()


def shortened(names: list[str]) -> list[str]:
    """Return the first few of many names, and how many more there are."""
    return names if len(names) <= MOST_NAMED + 1 else [*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} more"]


def cases_counted(number: int) -> str:
    """Return a number of cases in words."""
    return "one case" if number == 1 else f"{number} cases"


def counted(words: Mapping[str, int]) -> str:
    """Return how often each of several words applies: "2 the same · 1 stricter"; what never applies is left out."""
    return " · ".join(f"{number} {word}" for word, number in words.items() if number)
