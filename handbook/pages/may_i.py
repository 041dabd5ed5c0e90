"""The *May I…?* pages: every question on one list, and a page for each; docs/assets/may-i.mjs works out the answers.

A page is the same for every trust: its form asks for every fact, and the script hides what does not matter at yours.
"""

import json
from collections.abc import Iterable

from handbook.addresses import ENGINE_MANIFEST, MAY_I, MAY_I_TRUSTS, SEARCH, TOPICS, may_i_url, positions_url, trust_url
from handbook.library import Library
from handbook.may_i import ASKED, GROUPS, Asked, Asking, asking
from handbook.pages.markup import attribute, module_preloads, page, text
from quiz.decisions import DECISIONS
from quiz.facts import TOLD, Choice, Choices, Fact, Flag, Number

# What may-i.mjs is made of: named in the page, it is fetched at once, and not one import after the other.
MODULES = (
    "may-i/answer",
    "may-i/checker",
    "may-i/copy-link",
    "may-i/fact-form",
    "may-i/other-trusts",
    "may-i/ruling-view",
    "may-i/trusts",
    "my-trust",
    "training/chosen-engine",
    "training/course",
    "training/elements",
    "training/engine-client",
    "training/last-load",
    "training/last-start",
    "training/notice",
    "training/opened-worker",
    "training/provisions",
    "training/remote-engine",
    "training/within",
)
ON_HOME = ("use-photo", "connect-with", "group-chat", "publish-post")
# More values than these are quicker found in a list that opens than among so many buttons.
MOST_BUTTONS = 6


def may_i_pages(library: Library) -> dict[str, str]:
    """Return the list of questions, a page for each, the part of it on the home page, and the trusts as data."""
    pages = {"may-i/index.md": _index(), "may-i/trusts.json": trusts_json(library), "home/may-i.md": _home()}
    return {**pages, **{f"may-i/{decision}/index.md": _question_page(decision) for decision in ASKED}}


def trusts_json(library: Library) -> str:
    """Return every trust's id, names and addresses: in a file of its own, so that no page grows with their number."""
    trusts = [
        {
            "id": trust.id,
            "name": trust.name,
            "short": trust.short_name,
            "policy": trust_url(trust.id),
            "positions": positions_url(trust.id),
        }
        for trust in library.trusts.values()
    ]
    return json.dumps(trusts, ensure_ascii=False, separators=(",", ":"))


def _index() -> str:
    groups = (
        f'<section>\n<h2>{attribute(name)}</h2>\n<ul class="ask-list">\n{_links(decisions)}\n</ul>\n</section>'
        for name, decisions in GROUPS.items()
    )
    body = [
        "# May I…?",
        '<p class="intro">Pick a question. Answer what matters at your trust, and read what its policy says.</p>',
        f'<div class="ask-groups">\n{"\n".join(groups)}\n</div>',
    ]
    return page("May I…?", body, description="Ask what your trust's social media policy lets you do.", wide=True)


def _home() -> str:
    items = "\n".join(
        f'<li><a href="{may_i_url(one)}"><span class="visually-hidden">May I </span>{attribute(ASKED[one].short)}</a>'
        "</li>"
        for one in ON_HOME
    )
    return f'<ul class="ask-list short">\n{items}\n</ul>\n<p><a href="{MAY_I}">All questions</a></p>\n'


def _links(decisions: Iterable[str]) -> str:
    return "\n".join(
        f'<li><a href="{may_i_url(one)}">{attribute(ASKED[one].question)}</a> '
        f"<span>{attribute(ASKED[one].intro)}</span></li>"
        for one in decisions
    )


def _question_page(decision: str) -> str:
    asked = ASKED[decision]
    body = [
        f"# {text(asked.question)}",
        f'<p class="intro">{attribute(asked.intro)}</p>',
        _checker(decision, asked),
        f'<p class="ways-on"><a href="{MAY_I}">All questions</a></p>',
    ]
    return page(asked.question, body, description=asked.intro, modules=["may-i.mjs"], wide=True)


def _checker(decision: str, asked: Asked) -> str:
    """Return the form and the place of the answer, in the markup that docs/assets/may-i keeps to.

    #may-i[data-decision][data-trusts][data-engine-manifest]
        form[hidden] > .field > select#trust[name=trust]
                     > fieldset[data-fact] > input[name=<fact>][value], or .field[data-fact] > select | input
        .answer > .verdict[role=status] + .answer-rest
    """
    facts = "\n".join(_asks(asking(DECISIONS[decision], ASKED, fact), fact) for fact in DECISIONS[decision].facts)
    return f"""<div id="may-i" class="may-i" data-decision="{attribute(decision)}" data-trusts="{MAY_I_TRUSTS}"
data-engine-manifest="{ENGINE_MANIFEST}">
{module_preloads(MODULES)}
<noscript><p class="notice">The answers need JavaScript. Without it, read <a href="{TOPICS}">what the policies say by
topic</a>, or <a href="{SEARCH}">search them</a>.</p></noscript>
<form class="asks" action="{may_i_url(decision)}" aria-label="{attribute(asked.question)}" hidden>
<div class="field"><label for="trust">Where do you work?</label>
<select id="trust" name="trust"><option value="">Choose your trust</option></select></div>
{facts}
<p><button class="button secondary" type="button">Clear my answers</button></p>
</form>
<section class="answer" aria-label="The answer" hidden>
<p class="verdict" role="status"></p>
<div class="answer-rest"></div>
</section>
</div>"""


def _asks(words: Asking, fact: Fact) -> str:
    """Return the question for a fact; nothing is chosen beforehand."""
    match fact:
        case Flag():
            return _buttons(fact.name, words, "radio", tuple(words.values), "fact inline")
        case Choice() if len(fact.values) <= MOST_BUTTONS:
            return _buttons(fact.name, words, "radio", fact.values)
        case Choice():
            return _select(fact.name, words, fact.values)
        case Choices():
            return _buttons(fact.name, words, "checkbox", fact.values)
        case Number() if words.values:
            return _select(fact.name, words, tuple(words.values))
        case Number():
            return _typed(fact, words)


def _buttons(name: str, words: Asking, kind: str, values: tuple[str, ...], look: str = "fact") -> str:
    groups = words.groups or {"": values}
    shown = "\n".join(_group(name, words, kind, title, within) for title, within in groups.items())
    none = f"\n{_button(name, kind, '', words.none)}" if words.none else ""
    hint_id, hint = _hint(name, words)
    return (
        f'<fieldset class="{look}" data-fact="{name}"{_roles(values)}{hint_id}>\n'
        f"<legend>{attribute(words.question)}</legend>\n"
        f"{hint}{shown}{none}\n</fieldset>"
    )


def _group(name: str, words: Asking, kind: str, title: str, values: tuple[str, ...]) -> str:
    buttons = "\n".join(_button(name, kind, value, words.values[value]) for value in values)
    if not title:
        return f'<div class="choices">\n{buttons}\n</div>'
    label = attribute(title)
    return f'<div class="choices" role="group" aria-label="{label}">\n<p>{label}</p>\n{buttons}\n</div>'


def _button(name: str, kind: str, value: str, label: str) -> str:
    return (
        f'<label><input type="{kind}" name="{name}" value="{attribute(value)}"> <span>{attribute(label)}</span></label>'
    )


def _select(name: str, words: Asking, values: tuple[str, ...]) -> str:
    options = "\n".join(f'<option value="{one}">{attribute(words.values[one])}</option>' for one in values)
    hint_id, hint = _hint(name, words)
    return (
        f'<div class="field fact" data-fact="{name}"{_roles(values)}>'
        f'<label for="{name}">{attribute(words.question)}</label>\n{hint}'
        f'<select id="{name}" name="{name}"{hint_id}><option value="">Choose one</option>\n{options}</select></div>'
    )


def _typed(fact: Number, words: Asking) -> str:
    hint_id, hint = _hint(fact.name, words)
    return (
        f'<div class="field fact" data-fact="{fact.name}">'
        f'<label for="{fact.name}">{attribute(words.question)}</label>\n{hint}'
        f'<input type="number" id="{fact.name}" name="{fact.name}" min="{fact.least}" max="{fact.most}" step="1" '
        f'autocomplete="off"{hint_id}></div>'
    )


def _roles(values: tuple[str, ...]) -> str:
    """Return the mark of a question whose values are roles: the page shows them by the trust's own names."""
    return " data-roles" if set(values) <= set(TOLD) else ""


def _hint(name: str, words: Asking) -> tuple[str, str]:
    """Return the attribute that points to a hint, and the hint; both empty where there is none."""
    if not words.hint:
        return "", ""
    return f' aria-describedby="{name}-hint"', f'<p class="hint" id="{name}-hint">{attribute(words.hint)}</p>\n'
