"""Something is wrong: whom do I tell, and how soon?"""

from collections.abc import Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import Wanted, owed
from quiz.facts import TOLD, Choice, Situation
from quiz.positions import Field, Position, Table
from quiz.rulings import Finding

REPORT = Wanted("report", "It has been reported.", "Report it.")
ACTS = {
    "block": Wanted("block", "The unwanted messages are blocked.", "Block the unwanted messages."),
    "remove": Wanted("remove", "The post or comment has been taken down.", "Take the post or comment down."),
    "delete": Wanted("delete", "The picture has been deleted.", "Delete the picture."),
}
FACTS = (
    Choice(
        "concern",
        "what is wrong",
        "pupil-contacted-me",
        (
            "pupil-contacted-me", "inappropriate-contact-with-child", "abuse-by-colleague", "abusive-post",
            "fake-account", "breach-by-colleague", "own-mistake", "compromising-photo", "unwanted-pupil-messages",
        ),
    ),
)  # fmt: skip
TABLES = (
    Table(
        "duty",
        "What has to be done about a concern, whom to tell and how soon; `step` in the trust's own words. A row that "
        "names no `act` wants it reported.",
        {
            "act": Field(tuple(ACTS), optional=True),
            "to": Field(TOLD, optional=True),
            "by": Field(optional=True),
            "step": Field(optional=True),
        },
    ),
)


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield every duty the concern brings; nobody has done any of them yet."""
    for row in position.rows("duty", situation):
        yield owed(row, ACTS[row.word("act")] if row.words("act") else REPORT)


DECISION = Decision(
    "report-concern",
    "Something is wrong: whom do I tell, and how soon?",
    FACTS,
    TABLES,
    rule,
    task=True,
    if_silent="Tell a senior leader; if a child may be at risk, tell the safeguarding lead at once.",
)
