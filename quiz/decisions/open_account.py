"""May I open this account or page?"""

from collections.abc import Callable, Iterator

from quiz.decisions.decision import Decision
from quiz.decisions.findings import Wanted, accepted, holders_wanted, refused, wanted, whose
from quiz.facts import ACCOUNTS, APPROVERS, EQUIPMENT, PLATFORMS, ROLES, Choice, Choices, Flag, Number, Situation
from quiz.positions import Field, Position, Row, Table
from quiz.rulings import NOT_COVERED, Condition, Finding, Step

PLAN = {
    "purpose": "what the account is for",
    "audience": "whom the account is meant for",
    "platform-choice": "which platform suits",
    "better-medium": "whether another medium would suit better",
    "update-capacity": "who has the time for regular updates",
    "contingency": "what happens when you cannot update the account",
    "expertise": "who has the skills it takes",
    "promotion": "how people will hear of the account",
    "who-runs": "who will run the account",
    "open-or-closed": "whether the account is open or closed",
}
BRANDING = ("crest-alone", "crest-in-design", "own-logo", "trust-cog", "none")
FACTS = (
    Choice("account", "the kind of account", "department", ACCOUNTS),
    Choice("platform", "where it would be", "whatsapp", PLATFORMS),
    Choice("role", "the role of whoever would run it", "volunteer", ROLES),
    Choices("approvals", "who has agreed, by role", APPROVERS),
    Flag("training_done", "whether whoever would run it has had the training", False),
    Number("named_holders", "how many people are named as its holders", 0, 0, 99),
    Choice("contact_email", "whose e-mail address it is linked to", "personal", EQUIPMENT),
    Choices("plan", "what the plan for it covers", tuple(PLAN)),
    Choice("branding", "what its logo is made of", "crest-alone", BRANDING),
    Flag("settings_agreed", "whether its settings are agreed", False),
    Flag("profile_agreed", "whether the wording of its profile is agreed", False),
    Flag("address_notified", "whether a leader has been given its address", False),
    Flag("acceptable_use_linked", "whether it links to the acceptable use policy", False),
)
TABLES = (
    Table("barred", "Accounts the policy speaks against, whoever agrees."),
    Table(
        "approval",
        "Whose agreement is needed: any one of `of`. `send` is what to give them, asked for in `send_at`.",
        {"of": Field(APPROVERS), "send": Field(optional=True), "send_at": Field(kind="ref", optional=True)},
    ),
    Table("discussion", "With whom the idea has to be talked over: any one of `of`.", {"of": Field(APPROVERS)}),
    Table("plan", "What the plan has to cover.", {"point": Field(tuple(PLAN))}),
    Table("training", "Why training is needed first."),
    Table("holders", "How many people have to be named as holders.", {"number": Field(kind="number")}),
    Table("email", "Why the account is not to be linked to a personal e-mail address."),
    Table("logo_permission", "Logos that need written permission."),
    Table("settings", "Why the settings have to be agreed."),
    Table("profile", "Why the wording of the profile has to be agreed."),
    Table("address", "Why a leader is to be given the address."),
    Table("acceptable_use", "Why the account is to link to the acceptable use policy."),
    Table("permitted", "Accounts the policy accepts."),
    Table("care", "What else to see to, or to know, without a bearing on the answer.", {"step": Field(optional=True)}),
)

DISCUSSION = Wanted(
    "discussion",
    "The idea, the name and the logo have been talked over with those the policy names.",
    "Talk the idea, the name and the logo over with those the policy names.",
)
TRAINING = Wanted("training", "Whoever runs the account has had the training.", "Take the training.")
EMAIL = Wanted(
    "contact-email",
    "The account is linked to an e-mail address of the organisation.",
    "Link the account to an e-mail address of the organisation.",
)
LOGO = Wanted(
    "logo-permission",
    "There is written permission to use the logo.",
    "Get written permission to use the logo.",
)
SETTINGS = Wanted("settings", "The settings of the account are agreed.", "Agree the settings of the account.")
PROFILE = Wanted("profile", "The wording of the profile is agreed.", "Agree the wording of the profile.")
ADDRESS = Wanted(
    "address", "A leader has been given the account's address.", "Give a leader the account's address and name."
)
ACCEPTABLE_USE = Wanted(
    "acceptable-use",
    "The account links to the acceptable use policy.",
    "Put a link to the acceptable use policy on the account.",
)
# What a table may want, and whether a situation has it; no fact tells of permission for a logo.
WISHES: tuple[tuple[str, Callable[[Situation], bool], Wanted], ...] = (
    ("training", lambda case: case.flag("training_done"), TRAINING),
    ("email", lambda case: case.choice("contact_email") == "organisation", EMAIL),
    ("logo_permission", lambda _: False, LOGO),
    ("settings", lambda case: case.flag("settings_agreed"), SETTINGS),
    ("profile", lambda case: case.flag("profile_agreed"), PROFILE),
    ("address", lambda case: case.flag("address_notified"), ADDRESS),
    ("acceptable_use", lambda case: case.flag("acceptable_use_linked"), ACCEPTABLE_USE),
)
POINTS = {
    point: Wanted(f"plan-{point}", f"The plan says {settles}.", f"Settle {settles}.") for point, settles in PLAN.items()
}


def rule(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield what bars the account, who has to agree, everything the policy wants of it first, and what it accepts."""
    for row in position.rows("barred", situation):
        yield refused(row)
    for row in position.rows("approval", situation):
        yield from _approval(row, situation.choices("approvals"), position.trust)
    for table, met, what in WISHES:
        for row in position.rows(table, situation):
            yield wanted(row, met(situation), what)
    yield from _counted(situation, position)
    for row in position.rows("permitted", situation):
        yield accepted(row)
    for row in position.rows("care", situation):
        steps = tuple(Step(step, row.cites.first, key="care") for step in row.words("step"))
        yield Finding(NOT_COVERED, (), steps=steps, note=row.note)


def _counted(situation: Situation, position: Position) -> Iterator[Finding]:
    """Yield what depends on what a row says: whom to talk to, the points of the plan, the number of holders."""
    for row in position.rows("discussion", situation):
        yield wanted(row, bool(situation.choices("approvals").intersection(row.words("of"))), DISCUSSION)
    for row in position.rows("plan", situation):
        yield wanted(row, row.word("point") in situation.choices("plan"), POINTS[row.word("point")])
    for row in position.rows("holders", situation):
        number = int(row.word("number"))
        yield wanted(row, situation.number("named_holders") >= number, holders_wanted(number))


def _approval(row: Row, given: frozenset[str], trust: str) -> Iterator[Finding]:
    """Yield whether any of the named roles has agreed; if not, the strength of the wording decides."""
    if given.intersection(row.words("of")):
        yield Finding("allowed", row.cites.ids)
        return
    first = row.word("of")
    ask = Step("Ask for agreement before you open the account.", row.cites.first, to=first, key=f"ask-{first}")
    sent = zip(row.words("send"), row.words("send_at"), strict=True)
    steps = (ask, *(Step(what, f"{trust}/{ref}", to=first, key=f"send-{first}") for what, ref in sent))
    if row.cites.has("should-not"):
        yield Finding("advised-against", row.cites.ids, steps=steps, note=row.note)
        return
    unmet = (Condition(f"{first}-agrees", f"The {whose(row.words('of'))} has agreed.", row.cites.first),)
    yield Finding("ask-first", row.cites.ids, unmet, steps, row.note)


DECISION = Decision("open-account", "May I open this account or page?", FACTS, TABLES, rule)
