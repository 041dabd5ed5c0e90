"""Which words do several decisions share? Accounts, equipment, platforms, roles, and what a post may contain."""

from handbook.may_i.words import YES_NO, Asking

ACCOUNTS = {
    "trust-official": "The trust's official account",
    "school-official": "The school's official account",
    "department": "A department account",
    "classroom": "A class account",
    "personal": "Your own account",
}
EQUIPMENT = {"organisation": "The school's or the trust's", "personal": "Your own"}
PLATFORMS = {
    "x": "X (Twitter)",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "linkedin": "LinkedIn",
    "youtube": "YouTube",
    "tiktok": "TikTok",
    "whatsapp": "WhatsApp",
    "blog": "A blog",
    "forum": "A forum",
    "game": "An online game",
    "other": "Somewhere else",
}
# The page shows a trust's own names for these once the trust is known.
ROLES = {
    "teacher": "Teacher",
    "support-staff": "Support staff",
    "department-lead": "Subject or department leader",
    "school-leader": "Senior leader",
    "headteacher": "Headteacher",
    "trust-officer": "Trust central staff",
    "governor": "Governor",
    "trustee": "Trustee or director",
    "volunteer": "Volunteer",
    "parent": "Parent or carer",
    "contractor": "Contractor",
}
APPROVERS = {**ROLES, "line-manager": "Line manager", "it-lead": "IT lead", "marketing": "Marketing manager"}
CONTAINS = Asking(
    "What is in it?",
    {
        "pupil-image": "A picture of a pupil",
        "pupil-name": "A pupil's name",
        "exam-result": "Somebody's exam result",
        "negative-performance": "Somebody doing badly",
        "staff-reference": "A mention of a colleague",
        "colleague-detail": "Something private about a colleague",
        "confidential": "Confidential information",
        "not-yet-public": "News that is not public yet",
        "sensitive-personal-data": "Health, beliefs or other sensitive data",
        "third-party-material": "Somebody else's text, picture or music",
        "logo": "A logo or crest",
        "external-link": "A link to another site",
        "personal-view": "Your own opinion",
        "solicits-views": "A question asking people what they think",
        "controversial": "Something people argue about",
        "political": "Politics",
        "religious": "Religion",
        "complaint-about-work": "A complaint about work",
        "offensive": "Something offensive",
        "defamatory": "Something that harms a person's good name",
        "commercial": "Advertising",
        "personal-gain": "Something that earns you money or favours",
        "chain-letter": "A message to pass on to many others",
    },
    hint="Tick everything that is.",
    groups={
        "People": (
            "pupil-image", "pupil-name", "exam-result", "negative-performance", "staff-reference", "colleague-detail",
        ),
        "Private or not yet out": ("confidential", "not-yet-public", "sensitive-personal-data"),
        "From elsewhere": ("third-party-material", "logo", "external-link"),
        "Opinions": (
            "personal-view", "solicits-views", "controversial", "political", "religious", "complaint-about-work",
        ),
        "Harm and gain": ("offensive", "defamatory", "commercial", "personal-gain", "chain-letter"),
    },
    none="None of these",
)  # fmt: skip


def account(question: str) -> Asking:
    """Return a question for the kind of account."""
    return Asking(question, ACCOUNTS)


def platform(question: str) -> Asking:
    """Return a question for the platform."""
    return Asking(question, PLATFORMS)


def equipment(question: str) -> Asking:
    """Return a question for whose equipment it is."""
    return Asking(question, EQUIPMENT)


def yes_no(question: str, hint: str = "") -> Asking:
    """Return a question to be answered with yes or no."""
    return Asking(question, YES_NO, hint)
