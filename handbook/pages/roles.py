"""The pages by role: what a headteacher, an account holder or a volunteer has to do, duties first."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from handbook.addresses import ROLES, ask_url, clause_url, roles_url, training_url
from handbook.courses import is_answered
from handbook.guides import called
from handbook.library import Clause, Library, Provision, Trust
from handbook.pages.chooser import trust_head, trust_list
from handbook.pages.dates import counted
from handbook.pages.markup import attribute, badge, heading, page, ref_link, ref_links
from handbook.roles import Roles, bound_by, roles_of

# More rules than these are folded up by duty.
MOST_OPEN = 12


def role_pages(library: Library) -> dict[str, str]:
    """Return the list of trusts, and for every trust the page of what each role does."""
    pages = {f"{trust.id}/roles/index.md": _trust_page(library, trust) for trust in library.trusts.values()}
    return {"roles/index.md": _index(library), **pages}


def _index(library: Library) -> str:
    body = [
        "# What you do, by role",
        '<p class="intro">Headteacher, line manager, account holder, governor or volunteer: the rules that speak to '
        "you, duties first.</p>",
        "## Where do you work? {#choose}",
        trust_list(library, roles_url, lambda trust: _says(library, trust)),
    ]
    return page("What you do, by role", body, description="Your duties, by role.")


def _says(library: Library, trust: Trust) -> str:
    return f"{counted(len(roles_of(library, trust).spoken_to), 'role').capitalize()}."


def _trust_page(library: Library, trust: Trust) -> str:
    roles = roles_of(library, trust)
    clauses = {one.ref: clause for clause in trust.clauses for one in clause.provisions}
    contents = "\n".join(
        f'<li><a href="#{one}">{attribute(called(library, trust, one))}</a></li>' for one in roles.spoken_to
    )
    body = [
        "# What you do, by role",
        trust_head(trust),
        f'<nav class="contents" aria-label="On this page">\n<p>On this page</p>\n<ol>\n{contents}\n'
        '<li><a href="#not-mentioned">Not mentioned</a></li>\n</ol>\n</nav>',
        f'<p>Rules for everyone stand under <a href="#{roles.widest}">'
        f"{attribute(called(library, trust, roles.widest))}</a>.</p>"
        if roles.widest
        else "",
        *(block for one in roles.spoken_to for block in _role(library, trust, one, clauses)),
        *_unmentioned(library, roles),
        f'<p class="ways-on"><a href="{ask_url(trust.id)}">Whom to ask</a> <a href="{ROLES}">Other trusts</a></p>',
    ]
    description = f"What the social media policy of {trust.name} asks of each role."
    title = f"What you do at {trust.short_name}, by role"
    return page(title, body, description=description, trust=trust.id, contents=True)


def _role(library: Library, trust: Trust, audience: str, clauses: dict[str, Clause]) -> Iterator[str]:
    yield heading(called(library, trust, audience), audience)
    named = next((one for one in trust.roles if one.role == audience), None)
    if named:
        yield f"<p>{attribute(named.does)} {ref_links(trust.id, named.cites)}</p>"
    if audience in trust.training.required_for and is_answered(trust):
        yield f'<p><a href="{training_url(trust.id)}">Take the training</a>: your trust requires it of you.</p>'
    rules = bound_by(trust, audience)
    yield _group(library, "What you do", rules.own, clauses)
    yield _group(library, "Rules that involve you", rules.involving, clauses)


def _group(library: Library, heading: str, found: Iterable[Provision], clauses: dict[str, Clause]) -> str:
    provisions = list(found)
    if not provisions:
        return ""
    head = f'<h3 class="group">{heading}</h3>'
    if len(provisions) <= MOST_OPEN:
        return f"{head}\n{_list(library, provisions, clauses)}"
    by_duty = [(duty, list(found)) for duty, found in groupby(provisions, key=lambda one: one.duty)]
    folded = "\n".join(_folded(library, duty, found, clauses) for duty, found in by_duty)
    return f"{head}\n{folded}"


def _folded(library: Library, duty: str, found: list[Provision], clauses: dict[str, Clause]) -> str:
    label = library.vocabulary.duties[duty].label
    return (
        f'<details class="rule-group">\n<summary>{attribute(label)}: {counted(len(found), "rule")}</summary>\n'
        f"{_list(library, found, clauses)}\n</details>"
    )


def _list(library: Library, found: list[Provision], clauses: dict[str, Clause]) -> str:
    rows = "\n".join(_rule(library, one, clauses[one.ref]) for one in found)
    return f'<ul class="rules">\n{rows}\n</ul>'


def _rule(library: Library, provision: Provision, clause: Clause) -> str:
    where = f'<a href="{attribute(clause_url(clause))}">{attribute(clause.title)}</a>: ' if _is_part(provision) else ""
    return (
        f"<li>{badge(provision.duty, library.vocabulary)} {where}{provision.html} "
        f"{ref_link(provision.trust, provision.ref)}</li>"
    )


def _is_part(provision: Provision) -> bool:
    """Say whether a provision is a point of a list that only its clause makes a sentence."""
    return not provision.text[:1].isupper()


def _unmentioned(library: Library, roles: Roles) -> Iterator[str]:
    yield "## Not mentioned {#not-mentioned}"
    if not roles.unmentioned:
        yield "The policy speaks to every role that this handbook knows."
        return
    labels = ", ".join(library.vocabulary.audiences[one].label for one in roles.unmentioned)
    yield f"<p>The policy does not speak to: {attribute(labels)}.</p>"
