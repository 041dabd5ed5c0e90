"""The pages of whom to ask: which role a policy names for what; never a person's name."""

from collections.abc import Iterator

from handbook.addresses import ASK, ask_url, roles_url
from handbook.contacts import Contact, contacts
from handbook.courses import is_answered
from handbook.library import Library, NamedRole, Trust
from handbook.may_i import ASKED
from handbook.pages.chooser import trust_head, trust_list
from handbook.pages.dates import counted
from handbook.pages.guides import whom_to_ask
from handbook.pages.markup import attribute, page, ref_link, ref_links
from quiz.decisions import DECISIONS


def ask_pages(library: Library) -> dict[str, str]:
    """Return the list of trusts, and for every trust the page of whom to ask."""
    pages = {f"{trust.id}/ask/index.md": _trust_page(library, trust) for trust in library.trusts.values()}
    return {"ask/index.md": _index(library), **pages}


def _index(library: Library) -> str:
    body = [
        "# Whom to ask",
        '<p class="intro">Who agrees, who is told and who decides, as your trust\'s policy has it.</p>',
        "## Where do you work? {#choose}",
        trust_list(library, ask_url, lambda trust: f"{counted(len(trust.roles), 'role')} named".capitalize()),
    ]
    return page("Whom to ask", body, description="Whom to ask, by trust.")


def _trust_page(library: Library, trust: Trust) -> str:
    found = list(contacts(library, trust))
    body = [
        "# Whom to ask",
        trust_head(trust),
        _in_doubt(library, trust),
        *_by_question(library, trust, found),
        *_by_role(trust),
        f'<p class="ways-on"><a href="{roles_url(trust.id)}">What each role does</a> '
        f'<a href="{ASK}">Other trusts</a></p>',
    ]
    description = f"Whom the social media policy of {trust.name} names for what."
    return page(f"Whom to ask at {trust.short_name}", body, description=description, trust=trust.id)


def _in_doubt(library: Library, trust: Trust) -> str:
    if not trust.advice and not is_answered(trust):
        return "<p><strong>Not sure?</strong> Nobody has looked yet whom the policy names. Ask a senior leader.</p>"
    if not trust.advice:
        return "<p><strong>Not sure?</strong> The policy names nobody for doubts. Ask a senior leader.</p>"
    role, provision = trust.advice
    name = next((one.name for one in trust.roles if one.role == role), None)
    name = name or (library.vocabulary.roles.get(role) or library.vocabulary.audiences[role]).label
    ref = ref_link(trust.id, provision.removeprefix(f"{trust.id}/"))
    return f"<p><strong>Not sure?</strong> Ask the {attribute(name)}. {ref}</p>"


def _by_question(library: Library, trust: Trust, found: list[Contact]) -> Iterator[str]:
    named = [one for one in found if one.roles]
    silent = [one for one in found if one.silent]
    yield "## By question {#questions}"
    if named:
        rows = "\n".join(_row(trust, one) for one in named)
        yield (
            '<div class="table-scroll" tabindex="0" role="region" aria-label="Whom to ask, by question">\n'
            '<table class="data-table">\n<thead><tr><th scope="col">Question</th><th scope="col">Whom</th></tr>'
            "</thead>\n"
            f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
        )
    else:
        yield _nobody(trust)
    if silent:
        rows = "\n".join(
            f"<li>{attribute(_question(one))} {whom_to_ask(library, trust, one.decision)}</li>" for one in silent
        )
        yield "## Where the policy does not say {#silent}"
        yield f"<ul>\n{rows}\n</ul>"


def _nobody(trust: Trust) -> str:
    return "The policy names nobody." if is_answered(trust) else "Not yet answered."


def _row(trust: Trust, contact: Contact) -> str:
    whom = "<br>".join(f"{attribute(role)} {ref_links(trust.id, refs)}" for role, refs in contact.roles)
    return f'<tr><th scope="row">{attribute(_question(contact))}</th><td>{whom}</td></tr>'


def _question(contact: Contact) -> str:
    asked = ASKED.get(contact.decision)
    return asked.question if asked else DECISIONS[contact.decision].question


def _by_role(trust: Trust) -> Iterator[str]:
    yield "## By role {#roles}"
    if not trust.roles:
        yield _nobody(trust)
        return
    rows = "\n".join(_person(trust, one) for one in trust.roles)
    yield f'<dl class="people">\n{rows}\n</dl>'


def _person(trust: Trust, role: NamedRole) -> str:
    return (
        f"<div><dt>{attribute(role.name)}</dt><dd>{attribute(role.does)} {ref_links(trust.id, role.cites)}</dd></div>"
    )
