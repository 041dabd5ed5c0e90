"""The generated part of the home page: the trusts and the topics (docs/index.md is its frame)."""

from handbook.addresses import training_url, trust_url
from handbook.library import Library, Trust
from handbook.pages.dates import review_state
from handbook.pages.markup import attribute, initial
from handbook.pages.topics import topic_links

ASK = (
    '<li><a href="/my/">Ask for the right to post</a> '
    "<span>Your manager agrees when the policy's conditions are met.</span></li>"
)
SEND = (
    "<li><strong>Send your receipt to your manager</strong> "
    "<span>You save it when you have passed. Your manager says when you may post.</span></li>"
)


def home_parts(library: Library, *, register: bool) -> dict[str, str]:
    """Return the parts that docs/index.md takes in; they are no pages of their own."""
    trusts = "\n".join(_trust(library, trust) for trust in library.trusts.values())
    return {
        "home/trusts.md": f'<ul class="trust-list" id="trusts">\n{trusts}\n</ul>\n',
        "home/topics.md": f"{topic_links(library)}\n",
        "home/last-step.md": f"{ASK if register else SEND}\n",
    }


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
