"""The training page: what to read, and the first question; docs/assets/training.mjs carries it on."""

from collections.abc import Mapping
from typing import Any

from handbook.addresses import ELSEWHERE, ENGINE_MANIFEST, course_url, gaps_url, training_url, trust_url
from handbook.asked import Asked
from handbook.library import Library, Trust
from handbook.pages.markup import attribute, module_preloads, page, text
from handbook.sharing import each
from quiz.attempts import play
from quiz.courses import Course

# What begins to load the engine before the page has its own program: fetched before all else.
EARLY = ("training/early.mjs", "training/opened-worker.mjs", "training/last-load.mjs")
# What training.mjs is made of: named in the page, it is fetched at once, and not one import after the other.
MODULES = (
    "asking",
    "attempt",
    "carrying-on",
    "chosen-engine",
    "confirmed",
    "course",
    "download",
    "elements",
    "elsewhere",
    "engine-client",
    "fault",
    "feedback",
    "keeping",
    "kept-attempts",
    "last-start",
    "loading",
    "long-date",
    "no-register",
    "notice",
    "open-tab",
    "outbox",
    "progress",
    "provisions",
    "question-form",
    "quiz",
    "reading-list",
    "receipt-file",
    "recording",
    "register",
    "remote-engine",
    "result-view",
    "retry",
    "running-engine",
    "similar",
    "standing",
    "storage",
    "stumble",
    "training",
    "waiting",
    "within",
)


def training_pages(library: Library, *, register: bool) -> dict[str, str]:
    """Return the training page of every trust; without a register it ends with a receipt."""

    asked = Asked(library)

    def page_of(trust: Trust) -> str:
        return _training_page(asked.course(trust.id), trust, register)

    pages = each(page_of, library.trusts.values(), trusts=len(library.trusts))
    return {f"{trust}/training/index.md": one for trust, one in zip(library.trusts, pages, strict=True)}


def _training_page(course: Course, trust: Trust, register: bool) -> str:
    state = play(course, "", [])
    if state["question"] is None:
        return _no_training_page(trust, register)
    body = [
        f"# Training: {text(trust.name)}",
        _intro(course.data),
        "## 1. Read what matters {#read}",
        _reading(course.data, register),
        "## 2. Answer the questions {#questions}",
        _questions(trust, state, register),
    ]
    description = f"Learn what the social media policy of {trust.name} asks of you, case by case."
    return page(
        f"Training: {trust.short_name}",
        body,
        description=description,
        trust=trust.id,
        early=EARLY,
        modules=["training.mjs"],
    )


def _no_training_page(trust: Trust, register: bool) -> str:
    """Return the page of a trust with nothing to be asked: what that means, and what there is instead."""
    barred = " Until there is, nobody can be cleared to post." if register else ""
    body = [
        f"# Training: {text(trust.name)}",
        f'<p class="notice">There is no training here yet.{barred}</p>',
        "<p>The questions come from what the policy decides. Nobody has worked all of that out yet.</p>",
        f'<p class="actions"><a class="button" href="{trust_url(trust.id)}">Read the policy</a> '
        f'<a class="button secondary" href="{gaps_url(trust.id)}">See what is not yet answered</a></p>',
    ]
    description = f"There is no training on the social media policy of {trust.name} yet."
    return page(f"Training: {trust.short_name}", body, description=description, trust=trust.id)


def _intro(course: Mapping[str, Any]) -> str:
    return (
        f'<p class="intro">You need {course["pass_mark"]}% to pass. There is no time limit, and you can take it '
        f"as often as you like. A pass lasts {course['validity_months']} months.</p>\n"
        "<p>Where a policy says two different things, the stricter one counts here.</p>"
    )


def _reading(course: Mapping[str, Any], register: bool) -> str:
    """Return the sections to read and confirm, in the markup that training/reading-list.mjs makes too.

    p.reading-count + ul.reading-list[data-digest] > li* > a + label > input[type=checkbox value=<clause id>]
    """
    whole = f'<p><a href="{trust_url(course["trust"])}">The whole policy</a></p>'
    if not course["read"]:
        return whole
    items = "\n".join(
        f'<li><a href="{attribute(one["url"])}">{attribute(one["title"])}</a> '
        f'<label class="choice"><input type="checkbox" value="{attribute(one["id"])}"> '
        f'I have read this<span class="visually-hidden">: {attribute(one["title"])}</span></label></li>'
        for one in course["read"]
    )
    then = "Your training is recorded" if register else "You can save your receipt"
    return f"""<p>Tick each section once you have read it. {then} when all are ticked.</p>
<p class="reading-count muted" role="status">{len(course["read"])} to read</p>
<ul class="reading-list" data-digest="{course["digest"]}">
{items}
</ul>

{whole}"""


def _questions(trust: Trust, state: dict[str, Any], register: bool) -> str:
    """Return the first question as HTML, in the markup that training/question-form.mjs keeps for every question.

    #training[data-trust][data-course][data-engine-manifest][data-elsewhere][data-without-register]
        .progress > p.progress-text + progress
        form.question[data-question-id] > p.story + fieldset > legend + label* > input[type=radio name=answer] + span
                                        > p.actions > button[type=submit]
        div.feedback[role=status][tabindex=-1][hidden]
    """
    question = state["question"]
    options = "\n".join(
        f'<label><input type="radio" name="answer" value="{attribute(one["key"])}" required> '
        f"<span>{attribute(one['text'])}</span></label>"
        for one in question["options"]
    )
    without = "" if register else " data-without-register"
    return f"""<div id="training" class="training" data-trust="{attribute(trust.id)}"
data-course="{course_url(trust.id)}" data-engine-manifest="{ENGINE_MANIFEST}" data-elsewhere="{ELSEWHERE}"{without}>
{module_preloads(f"training/{one}" for one in MODULES)}
<div class="progress"><p class="progress-text">Question {state["asked"]} of {state["total"]}</p>
<progress max="{state["total"]}" value="{state["asked"] - 1}" aria-label="Questions answered"></progress></div>
<noscript><p class="notice">The questions need JavaScript. You can read the policy without it.</p></noscript>
<form class="question" data-question-id="{attribute(question["id"])}" action="{training_url(trust.id)}">
<p class="story">{attribute(question["story"])}</p>
<fieldset>
<legend>{attribute(question["asks"])}</legend>
{options}
</fieldset>
<p class="actions"><button class="button" type="submit">Check my answer</button></p>
</form>
<div class="feedback" role="status" tabindex="-1" hidden></div>
</div>"""
