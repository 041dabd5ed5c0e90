"""The step-by-step guides: what to do, in order, with who, by when, and the provision that says so."""

from collections.abc import Iterable

from handbook.addresses import GUIDES, ask_url, clause_url, guides_url, may_i_url
from handbook.courses import course_data
from handbook.guides import Answered, GuideStep, Span, answered
from handbook.library import Guide, Library, Trust
from handbook.may_i import ASKED
from handbook.pages.chooser import trust_head, trust_list
from handbook.pages.clauses import clause_extract
from handbook.pages.markup import attribute, heading, page, ref_link, with_links
from quiz.courses import Course
from quiz.decisions import DECISIONS
from quiz.rulings import HEADLINES

# The cases of a guide that has more are folded up: whoever comes looks for one of them.
MOST_OPEN = 2


def guide_pages(library: Library) -> dict[str, str]:
    """Return the list of guides, and a page of all of them for every trust; nothing where there are no guides."""
    if not library.guides:
        return {}
    pages = {f"{trust.id}/guides/index.md": _trust_page(library, trust) for trust in library.trusts.values()}
    return {"guides/index.md": _index(library), **pages}


def _index(library: Library) -> str:
    rows = "\n".join(
        f'<li><a href="#choose" data-own="guides/#{one.id}">{attribute(one.title)}</a> '
        f"<span>{attribute(one.intro)}</span></li>"
        for one in library.guides
    )
    body = [
        "# Step by step",
        '<p class="intro">What to do, in order, at your trust: who does it, by when, and where the policy says so.</p>',
        f'<ul class="topic-list">\n{rows}\n</ul>',
        "## Where do you work? {#choose}",
        trust_list(library, guides_url, lambda trust: f"What to do at {trust.short_name}."),
    ]
    return page("Step by step", body, description="What to do, step by step.")


def _trust_page(library: Library, trust: Trust) -> str:
    course = Course(course_data(library, trust.id))
    contents = "\n".join(f'<li><a href="#{one.id}">{attribute(one.title)}</a></li>' for one in library.guides)
    body = [
        "# Step by step",
        trust_head(trust),
        f'<nav class="contents" aria-label="On this page">\n<p>On this page</p>\n<ol>\n{contents}\n</ol>\n</nav>',
        *(block for guide in library.guides for block in _guide(library, trust, course, guide)),
        f'<p class="ways-on"><a href="{GUIDES}">These guides at other trusts</a></p>',
    ]
    description = f"What to do, step by step, under the social media policy of {trust.name}."
    title = f"Step by step at {trust.short_name}"
    return page(title, body, description=description, trust=trust.id, contents=True)


def _guide(library: Library, trust: Trust, course: Course, guide: Guide) -> Iterable[str]:
    yield heading(guide.title, guide.id)
    yield f"<p>{attribute(guide.intro)}</p>"
    opened = " open" if len(guide.cases) <= MOST_OPEN else ""
    for number, case in enumerate(guide.cases, start=1):
        found = answered(library, trust, course, case)
        silent = ' <span class="muted">The policy does not say</span>' if found.silent is not None else ""
        yield (
            f'<details class="guide-case"{opened}>\n<summary><h3 id="{guide.id}:{number}">{attribute(case.title)}</h3>'
            f"{silent}</summary>\n{_case(library, trust, found)}\n</details>"
        )


def _case(library: Library, trust: Trust, found: Answered) -> str:
    blocks = []
    if found.open:
        blocks.append('<p class="silent">Nobody has answered this question for the policy yet.</p>')
    elif found.silent is not None:
        blocks.append(_silence(library, trust, found))
    if found.in_short:
        rows = "\n".join(f"<li>{attribute(one)}</li>" for one in found.in_short)
        blocks.append(f'<div class="in-short">\n<p>In short</p>\n<ul>\n{rows}\n</ul>\n</div>')
    if found.spans:
        blocks.append(_table(trust, found.spans))
    if found.steps:
        steps = "\n".join(_step(library, one) for one in found.steps)
        blocks.append(f'<ol class="guide-steps">\n{steps}\n</ol>')
    if found.note:
        blocks.append(f'<p class="odd"><strong>Odd here:</strong> {with_links(trust, found.note)}</p>')
    if found.case.decision in ASKED and found.silent is None:
        blocks.append(
            f'<p class="ways-on"><a href="{may_i_url(found.case.decision)}">Is your case different? '
            f"{attribute(ASKED[found.case.decision].question)}</a></p>"
        )
    return "\n".join(blocks)


def _silence(library: Library, trust: Trust, found: Answered) -> str:
    """Return that the policy does not say, why, and whom to ask all the same."""
    reason = found.silent if found.silent and found.silent.startswith("The policy") else ""
    first = reason or f"The policy does not say. {found.silent or ''}".strip()
    ask = whom_to_ask(library, trust, found.case.decision)
    return (
        f'<p class="silent">{with_links(trust, first)}</p>\n<p>{ask} <a href="{ask_url(trust.id)}">Whom to ask</a></p>'
    )


def whom_to_ask(library: Library, trust: Trust, decision: str) -> str:
    """Return whom to ask where a policy is silent: whom it names for doubts, or else whom the decision names."""
    if not trust.advice:
        return attribute(DECISIONS[decision].if_silent)
    role, provision = trust.advice
    name = next((one.name for one in trust.roles if one.role == role), None)
    name = name or (library.vocabulary.roles.get(role) or library.vocabulary.audiences[role]).label
    return f"Ask the {attribute(name)}. {ref_link(trust.id, provision.removeprefix(f'{trust.id}/'))}"


def _table(trust: Trust, spans: Iterable[Span]) -> str:
    rows = "\n".join(
        f'<tr><th scope="row">{attribute(_named(one))}</th><td>{attribute(_needed(one))} {_refs(trust, one)}</td></tr>'
        for one in spans
    )
    return (
        '<table class="data-table">\n<caption class="visually-hidden">What is needed, case by case</caption>\n'
        f'<thead><tr><th scope="col">Who</th><th scope="col">What it takes</th></tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _named(span: Span) -> str:
    return span.first if span.first == span.last else f"{span.first} to {span.last}"


def _needed(span: Span) -> str:
    return " ".join(one.says for one in span.ruling.unmet) or f"{HEADLINES[span.ruling.verdict]}."


def _refs(trust: Trust, span: Span) -> str:
    return " ".join(ref_link(trust.id, one.removeprefix(f"{trust.id}/")) for one in span.ruling.because)


def _step(library: Library, step: GuideStep) -> str:
    who = [one for one in step.who if one not in step.tell]
    facts = [("Who", ", ".join(who)), ("To", ", ".join(step.tell)), ("When", ", ".join(step.by))]
    said = " ".join(f"<span><b>{name}</b> {attribute(value)}</span>" for name, value in facts if value)
    title = f'<a href="{attribute(clause_url(step.clause))}">{attribute(step.clause.title)}</a>'
    extract = clause_extract(step.clause, library.vocabulary, step.refs)
    return (
        f'<li><p class="guide-step">{title}</p>\n<p class="guide-facts">{said}</p>\n'
        f'<div class="clause">\n{extract}\n</div></li>'
    )
