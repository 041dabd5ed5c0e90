"""Someone commented on or wrote to our account: what do I do, and by when?"""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import Wanted, owed, to_do
from quiz.facts import TOLD, Choice, Number, Situation
from quiz.positions import Field, Position, Row, Table
from quiz.rulings import Finding

ANSWER = Wanted("answer", "It has been answered.", "Answer it.")
ACTS = {
    "deal": Wanted(
        "deal", "The abuse is dealt with swiftly and sensitively.", "Deal with the abuse swiftly and sensitively."
    ),
    "stop": Wanted(
        "stop", "Users or comments are blocked, reported or deleted.", "Block, report or delete users or comments."
    ),
    "explain": Wanted(
        "explain", "The audience has been told why.", "Tell the audience exactly why you blocked, reported or deleted."
    ),
    "remove": Wanted("remove", "It has been taken down.", "Take it down."),
    "report": Wanted("report", "It has been reported.", "Report it."),
    "other-channel": Wanted(
        "other-channel", "A more suitable channel has been offered.", "Offer to talk through a more suitable channel."
    ),
    "contact-details": Wanted(
        "contact-details",
        "Other contact details have been sent by direct message.",
        "Send other contact details by direct message.",
    ),
}
MANNERS = ("offline", "office", "think")
FACTS = (
    Choice("kind", "what it is", "complaint", ("query", "complaint", "abuse", "praise")),
    Choice("via", "how it reached the account", "comment", ("comment", "direct-message")),
    Choice(
        "day",
        "the weekday on which it came in",
        "monday",
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    ),
    Number("hours_since", "how many hours ago it came in, unanswered since", 168, 0, 999),
)
TABLES = (
    Table(
        "duty",
        "What has to be done about it at once, and who is told.",
        {"act": Field(tuple(ACTS)), "to": Field(TOLD, optional=True), "by": Field(optional=True)},
    ),
    Table(
        "answer",
        "By when it has to be answered, in words (`by`); after `hours` the time is certainly over.",
        {"hours": Field(kind="number"), "by": Field(), "step": Field()},
    ),
    Table(
        "manner",
        "How the policy wants it handled; this shows nothing left undone.",
        {"how": Field(MANNERS), "step": Field()},
    ),
)


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield what has to be done at once, then the answer and its deadline, then how to go about it."""
    for row in position.rows("duty", situation):
        yield owed(row, ACTS[row.word("act")])
    for row in position.rows("answer", situation):
        yield _answer(row, situation.number("hours_since"))
    for row in position.rows("manner", situation):
        how = Wanted(row.word("how"), "", row.word("step"))
        yield Finding("allowed", row.cites.ids, steps=to_do(row, how), note=row.note)


def _answer(row: Row, hours: int) -> Finding:
    """Return the answer as a step while there is time, as something left undone once there is none."""
    if hours > int(row.word("hours")):
        return owed(row, ANSWER)
    return Finding("allowed", row.cites.ids, steps=to_do(row, ANSWER), note=row.note)


DECISION = Decision(
    "answer-comment",
    "Someone commented on or wrote to our account: what do I do, and by when?",
    FACTS,
    TABLES,
    rule,
    task=True,
)
