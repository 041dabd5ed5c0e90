"""May I use this chat group or messaging app?"""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import accepted, refused
from quiz.facts import APPROVERS, Choice, Flag, Situation
from quiz.positions import Field, Position, Row, Table
from quiz.rulings import NOT_COVERED, Condition, Finding, Step

APPS = ("whatsapp", "squad-in-touch", "arbor", "other")
APP_NAMES = {"whatsapp": "WhatsApp", "squad-in-touch": "Squad In Touch", "arbor": "Arbor", "other": "another app"}
FACTS = (
    Choice("app", "the app", "whatsapp", APPS),
    Choice("with", "who else is in it", "pupils", ("parents", "pupils", "colleagues")),
    Choice(
        "purpose",
        "what it is for",
        "school-business",
        ("general", "sports-fixture", "trip", "school-business", "personal"),
    ),
    Flag("permission", "whether a leader has expressly permitted it", False),
)
TABLES = (
    Table("barred", "Groups the policy speaks against, whoever agrees."),
    Table("on_permission", "Groups that need somebody's express permission.", {"of": Field(APPROVERS)}),
    Table("channel", "The app the policy names for a purpose.", {"use": Field(APPS)}),
    Table("permitted", "Groups the policy accepts."),
)


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield what bars the group, whose permission it needs, and which app the policy names instead."""
    for row in position.rows("barred", situation):
        yield refused(row)
    for row in position.rows("on_permission", situation):
        if situation.flag("permission"):
            yield Finding("allowed", row.cites.ids)
        else:
            unmet = Condition("permission", "A leader has expressly permitted it.", row.cites.first)
            ask = Step("Ask for express permission before you set the group up.", row.cites.first, to=row.word("of"))
            yield Finding("ask-first", row.cites.ids, (unmet,), (ask,), row.note)
    for row in position.rows("channel", situation):
        if situation.choice("app") in row.words("use"):
            yield accepted(row)
        else:
            yield _named_channel(row)
    for row in position.rows("permitted", situation):
        yield accepted(row)


def _named_channel(row: Row) -> Finding:
    """Return what follows where the policy names another app: advice if it says should, an offer if it says may."""
    named = " or ".join(APP_NAMES[app] for app in row.words("use"))
    if row.cites.advisory:
        step = Step(f"Use {named} instead.", row.cites.first, key="use-channel")
        return Finding("advised-against", row.cites.ids, steps=(step,), note=row.note)
    step = Step(f"You can use {named} instead.", row.cites.first, key="use-channel")
    return Finding(NOT_COVERED, (), steps=(step,), note=row.note)


DECISION = Decision("group-chat", "May I use this chat group or messaging app?", FACTS, TABLES, rule)
