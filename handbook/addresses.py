"""Where is a trust, a clause, a provision or a topic on the site?"""

from handbook.library import Clause, Provision

TOPICS = "/handbook/topics/"
TRUSTS = "/handbook/trusts/"
SEARCH = "/handbook/search/"
ELSEWHERE = "/handbook/elsewhere/"
MAY_I = "/handbook/may-i/"
MAY_I_TRUSTS = f"{MAY_I}trusts.json"
COLLATE = "/handbook/collate/"
ROLES = "/handbook/roles/"
GUIDES = "/handbook/guides/"
ASK = "/handbook/ask/"
GAPS = "/handbook/gaps/"
CALENDAR = "/handbook/calendar/"
CALENDAR_FILE = f"{CALENDAR}reviews.ics"
CHANGES = "/handbook/changes/"
FEED = f"{CHANGES}feed.xml"
SCHEMA = "/handbook/schema/policy.schema.json"
COMPARE = "/handbook/compare/"
COMPARE_CASES = f"{COMPARE}cases.json"
MATRIX = "/handbook/matrix/"
STRICTNESS = "/handbook/strictness/"
ENGINE_MANIFEST = "/assets/engine/manifest.json"


def trust_url(trust: str) -> str:
    """Return the address of a trust's whole policy."""
    return f"/handbook/{trust}/"


def passage_url(trust: str, ref: str) -> str:
    """Return the permalink of a clause or a provision."""
    return f"{trust_url(trust)}#{ref}"


def clause_url(clause: Clause) -> str:
    """Return a clause's permalink."""
    return passage_url(clause.trust, clause.ref)


def provision_url(provision: Provision) -> str:
    """Return a provision's permalink."""
    return passage_url(provision.trust, provision.ref)


def topic_url(topic: str) -> str:
    """Return the address of a topic, all trusts side by side."""
    return f"{TOPICS}{topic}/"


def training_url(trust: str) -> str:
    """Return the address of a trust's training."""
    return f"{trust_url(trust)}training/"


def practise_url(trust: str) -> str:
    """Return the address of a trust's practice; `?topic=` says on what."""
    return f"{trust_url(trust)}practise/"


def course_url(trust: str) -> str:
    """Return the address of a trust's course data."""
    return f"{trust_url(trust)}course.json"


def positions_url(trust: str) -> str:
    """Return the address of what a trust's policy decides, as data."""
    return f"{trust_url(trust)}positions.json"


def may_i_url(decision: str) -> str:
    """Return the address of a question; the same for every trust."""
    return f"{MAY_I}{decision}/"


def roles_url(trust: str) -> str:
    """Return the address of what each role does at a trust."""
    return f"{trust_url(trust)}roles/"


def guides_url(trust: str) -> str:
    """Return the address of a trust's step-by-step guides."""
    return f"{trust_url(trust)}guides/"


def ask_url(trust: str) -> str:
    """Return the address of whom to ask at a trust."""
    return f"{trust_url(trust)}ask/"


def gaps_url(trust: str) -> str:
    """Return the address of what a trust's policy leaves open."""
    return f"{trust_url(trust)}gaps/"


def print_url(trust: str) -> str:
    """Return the address of a trust's whole policy for paper."""
    return f"{trust_url(trust)}print/"


def pdf_url(trust: str) -> str:
    """Return the address of a trust's whole policy as a PDF."""
    return f"{trust_url(trust)}policy.pdf"


def policy_data_url(trust: str) -> str:
    """Return the address of a trust's whole policy as data."""
    return f"{trust_url(trust)}policy.json"


def review_file_url(trust: str) -> str:
    """Return the address of a trust's review date for a calendar."""
    return f"{trust_url(trust)}review.ics"
