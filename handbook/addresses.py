"""Where is a trust, a clause, a provision or a topic on the site?"""

from handbook.library import Clause, Provision

TOPICS = "/handbook/topics/"
SEARCH = "/handbook/search/"
ELSEWHERE = "/handbook/elsewhere/"
MAY_I = "/handbook/may-i/"
MAY_I_TRUSTS = f"{MAY_I}trusts.json"
COLLATE = "/handbook/collate/"
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


def course_url(trust: str) -> str:
    """Return the address of a trust's course data."""
    return f"{trust_url(trust)}course.json"


def positions_url(trust: str) -> str:
    """Return the address of what a trust's policy decides, as data."""
    return f"{trust_url(trust)}positions.json"


def may_i_url(decision: str) -> str:
    """Return the address of a question; the same for every trust."""
    return f"{MAY_I}{decision}/"
