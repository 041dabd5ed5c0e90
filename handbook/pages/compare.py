"""The page on which any two or more trusts are compared, and its data; docs/assets/compare.mjs does the rest."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from handbook.addresses import (
    COMPARE,
    COMPARE_CASES,
    MATRIX,
    MAY_I_TRUSTS,
    STRICTNESS,
    TOPICS,
    may_i_url,
    topic_url,
    trust_url,
)
from handbook.comparison import UNANSWERED, Comparison, Question
from handbook.library import Library, Trust
from handbook.may_i import ASKED, GROUPS
from handbook.pages.differences import case_lines, query, verdict_look, verdict_words
from handbook.pages.markup import COLOURED, module_preloads, page
from quiz.rulings import VERDICTS

# What compare.mjs is made of: named in the page, it is fetched at once, and not one import after the other.
MODULES = (
    "compare/chooser",
    "compare/data",
    "compare/questions-view",
    "compare/relation",
    "compare/shown",
    "compare/topics-view",
    "my-trust",
    "training/elements",
)


def compare_pages(library: Library, comparison: Comparison) -> dict[str, str]:
    """Return the page, the cases as data, and every trust's answers in them: a file for each, so that none grows."""
    return {
        "compare/index.md": _page(),
        "compare/cases.json": _json(cases_data(library, comparison)),
        **{f"{trust.id}/answers.json": _json(answers_data(comparison, trust)) for trust in library.trusts.values()},
    }


def cases_data(library: Library, comparison: Comparison) -> dict[str, Any]:
    """Return all cases in words, by question, which of them belong to each topic, and the words of the badges."""
    return {
        "questions": [
            _question(comparison.questions[decision]) for decisions in GROUPS.values() for decision in decisions
        ],
        "topics": [
            {
                "id": topic.id,
                "label": topic.label,
                "url": topic_url(topic.id),
                "cases": list(comparison.topics[topic.id]),
            }
            for topic in sorted(library.vocabulary.topics.values(), key=lambda one: one.label)
        ],
        "duties": {
            duty.id: [duty.label, duty.id if duty.id in COLOURED else "plain"]
            for duty in library.vocabulary.duties.values()
        },
    }


def _question(question: Question) -> dict[str, Any]:
    decision = question.decision
    return {
        "id": decision,
        "asks": ASKED[decision].question,
        "url": may_i_url(decision),
        "words": {
            verdict: [verdict_words(decision, verdict), verdict_look(decision, verdict)]
            for verdict in (*VERDICTS, UNANSWERED)
        },
        "cases": [
            {"says": case_lines(decision, case), "told": len(case.told), "query": urlencode(query(decision, case))}
            for case in question.cases
        ],
    }


def answers_data(comparison: Comparison, trust: Trust) -> dict[str, Any]:
    """Return a trust's verdict and the refs it rests on in every case, by decision, and its provisions."""
    return {
        "trust": trust.id,
        "short": trust.short_name,
        "policy": trust_url(trust.id),
        "answers": {
            decision: [[answer.verdict, answer.refs] for answer in question.answers[trust.id]]
            for decision, question in comparison.questions.items()
        },
        "provisions": [
            {"ref": one.ref, "duty": one.duty, "topic": one.topic, "text": one.text}
            for one in trust.provisions.values()
        ],
    }


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _page() -> str:
    body = [
        "# Compare trusts",
        '<p class="intro">Choose two trusts or more. See where they answer differently, and which rules say so.</p>',
        _form(),
        "## Other ways to compare {#other-ways}",
        f"""<ul>
<li><a href="{MATRIX}">Every question, every trust</a></li>
<li><a href="{TOPICS}">Topic by topic, policies side by side</a></li>
<li><a href="{STRICTNESS}">How strict each trust is</a></li>
</ul>""",
    ]
    description = "Compare the social media policies of any trusts, question by question and clause by clause."
    return page("Compare trusts", body, description=description, wide=True, modules=["compare.mjs"])


def _form() -> str:
    """Return the place of the comparison, in the markup that docs/assets/compare keeps to.

    #compare[data-trusts][data-cases]
        form[hidden] > ul.chosen-trusts + .field > select#add + button
        p.compare-status[role=status]
        .compared
    """
    return f"""<noscript><p class="notice">Choosing trusts needs JavaScript. Without it, use the
<a href="{TOPICS}">list of topics</a> or <a href="{MATRIX}">the table of all questions</a>.</p></noscript>
<div id="compare" class="compare" data-trusts="{MAY_I_TRUSTS}" data-cases="{COMPARE_CASES}">
{module_preloads(MODULES)}
<form action="{COMPARE}" method="get" hidden>
<ul class="chosen-trusts" aria-label="Trusts to compare"></ul>
<div class="field"><label for="add">Add a trust</label>
<div class="with-button"><select id="add"><option value="">Choose one</option></select>
<button class="button" type="submit">Add</button></div></div>
</form>
<p class="compare-status" role="status"></p>
<div class="compared"></div>
</div>"""
