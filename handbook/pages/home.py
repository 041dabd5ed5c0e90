"""The generated part of the home page: the trusts and the topics (docs/index.md is its frame)."""

from handbook.addresses import ASK, CALENDAR, CHANGES, COMPARE, GAPS, GUIDES, MATRIX, ROLES, training_url, trust_url
from handbook.library import Library, Trust
from handbook.pages.dates import review_state
from handbook.pages.markup import attribute, initial
from handbook.pages.topics import topic_links

ASK_FOR_RIGHT = (
    '<li><a href="/my/">Ask for the right to post</a> '
    "<span>Your manager agrees when the policy's conditions are met.</span></li>"
)
SEND = (
    "<li><strong>Send your receipt to your manager</strong> "
    "<span>You save it when you have passed. Your manager says when you may post.</span></li>"
)


# What each trust has a page of its own for; the script leads to the reader's trust where it is known.
MORE = " ".join(
    f'<a href="{address}"{own}>{words}</a>'
    for words, address, own in (
        ("What you do, by role", ROLES, ' data-own="roles/"'),
        ("Whom to ask", ASK, ' data-own="ask/"'),
        ("Compare trusts", COMPARE, ""),
        ("Every question, every trust", MATRIX, ""),
        ("Gaps and tensions", GAPS, ' data-own="gaps/"'),
        ("Review calendar", CALENDAR, ""),
        ("Changes", CHANGES, ""),
    )
)


def home_parts(library: Library, *, register: bool) -> dict[str, str]:
    """Return the parts that docs/index.md takes in; they are no pages of their own."""
    trusts = "\n".join(_trust(library, trust) for trust in library.trusts.values())
    return {
        "home/trusts.md": f'<ul class="trust-list" id="trusts">\n{trusts}\n</ul>\n',
        "home/topics.md": f"{topic_links(library)}\n",
        "home/guides.md": _guides(library),
        "home/more.md": f'<p class="ways-on">{MORE}</p>\n',
        "home/last-step.md": f"{ASK_FOR_RIGHT if register else SEND}\n",
    }


def _guides(library: Library) -> str:
    """Return the guides under their heading; nothing where there are none."""
    rows = "\n".join(
        f'<li><a href="{GUIDES}" data-own="guides/#{one.id}">{attribute(one.title)}</a></li>' for one in library.guides
    )
    return f'## Step by step {{ #guides }}\n\n<ul class="guide-links">\n{rows}\n</ul>\n' if rows else ""


def _trust(library: Library, trust: Trust) -> str:
    due = trust.document.get("review_due")
    state = review_state(due.value if due else None, library.built_on)
    kind = "review overdue" if state.overdue else "review"
    return (
        f'<li data-trust="{attribute(trust.id)}">{initial(trust)} '
        f'<a href="{trust_url(trust.id)}" data-choose-trust="{attribute(trust.id)}" '
        f'data-training="{training_url(trust.id)}">{attribute(trust.name)}</a> '
        f'<span class="{kind}">{state.says}</span></li>'
    )
