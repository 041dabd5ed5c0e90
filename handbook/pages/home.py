"""The generated parts of the home page: where you work, what to do before you post, and the ways on.

docs/index.md is their frame; docs/assets/home.mjs makes them speak of the reader's own trust.
"""

import json
from math import ceil

from handbook.addresses import (
    ASK,
    CALENDAR,
    CHANGES,
    COMPARE,
    GAPS,
    GUIDES,
    MATRIX,
    ROLES,
    STRICTNESS,
    TRUSTS,
    trust_url,
)
from handbook.courses import course_data
from handbook.library import Library, Trust
from handbook.pages.dates import review_state
from handbook.pages.markup import attribute, initial, page
from handbook.pages.shares import folders
from handbook.pages.topics import topic_links

ASK_FOR_RIGHT = (
    '<li data-step="right"><a href="/my/">Ask for the right to post</a> '
    "<span>Your manager agrees when the policy's conditions are met.</span></li>"
)
SEND = (
    '<li data-step="right"><strong>Send your receipt to your manager</strong> '
    "<span>You save it when you have passed. Your manager says when you may post.</span></li>"
)
# How fast somebody reads carefully, and how long a case takes with its explanation.
WORDS_A_MINUTE = 180
MINUTES_A_QUESTION = 0.75

# What each trust has a page of its own for; the script leads to the reader's trust where it is known.
FIRST_WAYS = (
    ("The whole policy", TRUSTS, ' data-own=""'),
    ("Whom to ask", ASK, ' data-own="ask/"'),
    ("What you do, by role", ROLES, ' data-own="roles/"'),
)
MORE_WAYS = (
    ("Compare trusts", COMPARE, ""),
    ("Every question, every trust", MATRIX, ""),
    ("How strict each trust is", STRICTNESS, ""),
    ("Gaps and tensions", GAPS, ' data-own="gaps/"'),
    ("Review calendar", CALENDAR, ""),
    ("Changes", CHANGES, ""),
)


def home_parts(library: Library, *, register: bool) -> dict[str, str]:
    """Return the parts that docs/index.md takes in, the list of trusts, and what the home page has to know of each."""
    places = folders(library)
    return {
        "home/my-trust.md": _choice(library),
        "home/steps.md": _steps(register=register),
        "home/first-ways.md": _ways(FIRST_WAYS),
        "home/guides.md": _guides(library),
        "home/topics.md": f"{topic_links(library)}\n",
        "home/more.md": _ways(MORE_WAYS),
        "trusts/index.md": _trusts_page(library),
        **{f"{one.id}/steps.json": steps_json(library, one, places[one.id]) for one in library.trusts.values()},
    }


def steps_json(library: Library, trust: Trust, folder: str) -> str:
    """Return what a trust's two first steps are and about how many minutes they take, as JSON text.

    `folder` is the part of a topic's address that leads to the page the trust is on (see `pages.shares`).
    """
    course = course_data(library, trust.id)
    clauses = {clause.id: clause for clause in trust.clauses}
    read = [one["id"] for one in course["read"]]
    words = sum(len(clauses[one].text.split()) for one in read)
    return json.dumps(
        {
            "digest": course["digest"],
            "read": read,
            "reading": ceil(words / WORDS_A_MINUTE),
            "training": ceil(course["questions"] * MINUTES_A_QUESTION) if course["scenarios"] else 0,
            "folder": folder,
        },
        separators=(",", ":"),
    )


def _choice(library: Library) -> str:
    """Return the choice of one's trust; without scripts it leads to the list of all."""
    options = "\n".join(
        f'<option value="{attribute(one.id)}">{attribute(one.name)}</option>' for one in library.trusts.values()
    )
    return f"""<form class="my-trust" id="my-trust" action="{TRUSTS}" method="get" aria-label="Your trust">
<label for="trust">You work for</label>
<select id="trust" name="trust" autocomplete="off"><option value="">Choose your trust</option>
{options}</select>
<button class="button secondary" type="submit">Show</button>
<p class="muted" role="status"></p>
</form>
"""


def _steps(*, register: bool) -> str:
    """Return what comes before the first post, in the markup that docs/assets/home.mjs keeps to.

    ol#steps[data-register] > li[data-step] > a + span
    """
    return f"""<ol class="steps" id="steps"{" data-register" if register else ""}>
<li data-step="read"><a href="{TRUSTS}">Read what matters</a> <span>Your trust's policy, clause by clause.</span></li>
<li data-step="train"><a href="{TRUSTS}">Take the training</a>
<span>Short cases from a school day. No time limit.</span></li>
{ASK_FOR_RIGHT if register else SEND}
</ol>
"""


def _ways(ways: tuple[tuple[str, str, str], ...]) -> str:
    links = " ".join(f'<a href="{address}"{own}>{words}</a>' for words, address, own in ways)
    return f'<p class="ways-on">{links}</p>\n'


def _guides(library: Library) -> str:
    """Return the guides under their heading; nothing where there are none."""
    rows = "\n".join(
        f'<li><a href="{GUIDES}" data-own="guides/#{one.id}">{attribute(one.title)}</a></li>' for one in library.guides
    )
    return f'## Step by step {{ #guides }}\n\n<ul class="guide-links">\n{rows}\n</ul>\n' if rows else ""


def _trusts_page(library: Library) -> str:
    rows = "\n".join(_trust(library, trust) for trust in library.trusts.values())
    body = [
        "# Where do you work?",
        '<p class="intro">Choose your trust. You read its policy, and this browser remembers your choice.</p>',
        f'<ul class="trust-list" data-mine-first>\n{rows}\n</ul>',
    ]
    return page("All trusts", body, description="Every trust whose policy is in this handbook.")


def _trust(library: Library, trust: Trust) -> str:
    due = trust.document.get("review_due")
    state = review_state(due.value if due else None, library.built_on)
    kind = "review overdue" if state.overdue else "review"
    return (
        f'<li data-trust="{attribute(trust.id)}">{initial(trust)} '
        f'<a href="{trust_url(trust.id)}" data-choose-trust="{attribute(trust.id)}">{attribute(trust.name)}</a> '
        f'<span class="{kind}">{state.says}</span></li>'
    )
