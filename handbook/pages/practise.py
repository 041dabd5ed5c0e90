"""The practice pages: a few cases on one topic, and nothing recorded; docs/assets/practise.mjs asks them."""

from collections.abc import Collection
from urllib.parse import urlencode

from handbook.addresses import ELSEWHERE, ENGINE_MANIFEST, course_url, practise_url, topic_url, training_url
from handbook.courses import is_answered
from handbook.library import Library, Term, Trust
from handbook.pages.chooser import trust_head
from handbook.pages.markup import attribute, module_preloads, page

# What practise.mjs is made of: named in the page, it is fetched at once, and not one import after the other.
MODULES = (
    "practise/round",
    "training/course",
    "training/elements",
    "training/elsewhere",
    "training/engine-client",
    "training/feedback",
    "training/last-start",
    "training/loading",
    "training/notice",
    "training/opened-worker",
    "training/progress",
    "training/provisions",
    "training/question-form",
    "training/quiz",
)


def practise_pages(library: Library) -> dict[str, str]:
    """Return the practice page of every trust; which topic is asked about stands in its address."""
    return {f"{trust.id}/practise/index.md": _page(library, trust) for trust in library.trusts.values()}


def practised(library: Library, trust: Trust) -> frozenset[str]:
    """Return the topics that can be practised for a trust: none before all its decisions are answered."""
    scenarios = library.scenarios.values() if is_answered(trust) else ()
    return frozenset(topic for scenario in scenarios for topic in scenario["topics"])


def practise_link(trust: Trust, topics: Collection[str], words: str) -> str:
    """Return the link to practice on the first of some topics, its words as HTML; nothing if there are none."""
    if not topics:
        return ""
    topic = next(iter(topics))
    return f'<a href="{practise_url(trust.id)}?{urlencode({"topic": topic})}">{words}</a>'


def _page(library: Library, trust: Trust) -> str:
    found = practised(library, trust)
    topics = sorted((one for one in library.vocabulary.topics.values() if one.id in found), key=lambda one: one.label)
    body = ["# Practise", trust_head(trust), *_parts(trust, topics)]
    description = f"Practise what the social media policy of {trust.name} asks of you, topic by topic."
    return page(
        f"Practise at {trust.short_name}", body, description=description, trust=trust.id, modules=["practise.mjs"]
    )


def _parts(trust: Trust, topics: list[Term]) -> list[str]:
    if not topics:
        return ["There are no questions for this trust yet."]
    links = "\n".join(
        f'<li data-topic="{attribute(one.id)}" data-policy="{topic_url(one.id)}">'
        f"{practise_link(trust, [one.id], attribute(one.label))}</li>"
        for one in topics
    )
    return [
        '<p class="intro">A few cases on one topic. Nothing is recorded, and you can stop at any time.</p>',
        f"""<noscript><p class="notice">Practice needs JavaScript. You can read the policy without it.</p></noscript>
<div id="practice" class="training" data-trust="{attribute(trust.id)}" data-course="{course_url(trust.id)}"
data-engine-manifest="{ENGINE_MANIFEST}" data-elsewhere="{ELSEWHERE}" data-training="{training_url(trust.id)}" hidden>
{module_preloads(MODULES)}
<h2>Cases</h2>
<div class="progress"><p class="progress-text" role="status">Getting the questions ready…</p>
<progress max="1" value="0" aria-label="Questions answered"></progress></div>
<form class="question" action="{practise_url(trust.id)}" hidden>
<p class="story"></p>
<fieldset><legend>Question</legend></fieldset>
<p class="actions"><button class="button" type="submit">Check my answer</button></p>
</form>
<div class="feedback" role="status" tabindex="-1" hidden></div>
<section class="result" aria-label="How it went" tabindex="-1" hidden></section>
</div>""",
        f'## Choose a topic {{#topics}}\n\n<ul class="topic-links">\n{links}\n</ul>',
        f'<p class="ways-on"><a href="{training_url(trust.id)}">Take the training</a></p>',
    ]
