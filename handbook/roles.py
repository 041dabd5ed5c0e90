"""To whom does a policy speak, and which of its rules are theirs?"""

from dataclasses import dataclass

from handbook.library import Library, Provision, Trust

# Those that bind or allow; what a word means, and background, ask nothing of anybody.
_ASKING = ("must", "must-not", "process", "role", "should", "should-not", "may")
# Everyone, then staff, then the others in the order of their labels.
_WIDEST = ("staff", "all")
_ORGANISATIONS = ("trust", "schools")


@dataclass(frozen=True)
class Roles:
    """Audiences a policy speaks to, people first; the widest of them, if any; and those it never mentions."""

    spoken_to: tuple[str, ...]
    widest: str | None
    unmentioned: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """Provisions an audience has to follow itself, and others in which it has a part; duties first."""

    own: tuple[Provision, ...]
    involving: tuple[Provision, ...]


def roles_of(library: Library, trust: Trust) -> Roles:
    """Return the audiences of a policy's rules."""
    used = {who for one in trust.provisions.values() if one.duty in _ASKING for who in one.who}
    used |= {one.role for one in trust.roles}
    labels = {id: term.label for id, term in library.vocabulary.audiences.items()}
    people = sorted(used - {*_WIDEST, *_ORGANISATIONS}, key=labels.__getitem__)
    widest = [one for one in _WIDEST if one in used]
    organisations = [one for one in _ORGANISATIONS if one in used]
    return Roles(
        spoken_to=(*widest, *people, *organisations),
        widest=widest[0] if widest else None,
        unmentioned=tuple(sorted((one for one in labels if one not in used), key=labels.__getitem__)),
    )


def bound_by(trust: Trust, audience: str) -> Rules:
    """Return the rules of an audience; a rule's first audience is whom it binds, the others have a part in it."""
    asking = [one for one in trust.provisions.values() if one.duty in _ASKING and audience in one.who]
    # Sorting keeps the document's order among rules of one duty.
    asking.sort(key=lambda one: _ASKING.index(one.duty))
    return Rules(
        own=tuple(one for one in asking if one.who[0] == audience),
        involving=tuple(one for one in asking if one.who[0] != audience),
    )
