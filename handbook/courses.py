"""A trust's course as data: all that the browser and the register need to ask, decide, explain and grade."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from handbook.addresses import clause_url, provision_url
from handbook.library import Clause, Library, Provision, Trust
from quiz.courses import canonical
from quiz.decisions import DECISIONS
from quiz.positions import listed


def course_data(library: Library, trust_id: str) -> dict[str, Any]:
    """Return the content of a trust's `course.json`, digest included."""
    trust = library.trusts[trust_id]
    clauses = {clause.ref: clause for clause in trust.clauses}
    data: dict[str, Any] = {
        "trust": trust.id,
        "name": trust.name,
        "training_version": trust.training.training_version,
        "pass_mark": trust.training.pass_mark,
        "validity_months": trust.training.validity_months,
        "questions": trust.training.questions,
        "required_for": list(trust.training.required_for),
        "read": [_reading(clauses[ref]) for ref in trust.training.read],
        "critical_topics": list(trust.training.critical_topics),
        "advice": {"to": trust.advice[0], "provision": trust.advice[1]} if trust.advice else None,
        "roles": role_names(library, trust),
        "topics": {topic: term.label for topic, term in library.vocabulary.topics.items()},
        "positions": {decision: trust.positions[decision] for decision in DECISIONS if decision in trust.positions},
        "provisions": _provisions(library, trust),
        "scenarios": dict(library.scenarios) if is_answered(trust) else {},
    }
    return {**data, "digest": sha256(_text(library, data).encode()).hexdigest()}


def is_answered(trust: Trust) -> bool:
    """Say whether every decision has been answered: before that there is nothing to train people in."""
    return all(decision in trust.positions for decision in DECISIONS)


def course_json(library: Library, trust_id: str) -> str:
    """Return the text of a trust's `course.json`: the same bytes for the same sources."""
    return _text(library, course_data(library, trust_id))


def _text(library: Library, data: Mapping[str, Any]) -> str:
    """Return the same as `canonical` does, which puts the scenarios, the same for all trusts, into text only once."""
    texts = {name: canonical(value) for name, value in data.items() if name != "scenarios"}
    texts["scenarios"] = library.scenarios_text if data["scenarios"] else "{}"
    return f"{{{','.join(f'{canonical(name)}:{texts[name]}' for name in sorted(texts))}}}"


def role_names(library: Library, trust: Trust) -> dict[str, str]:
    """Return what a trust calls every role, the vocabulary's label where its policy has no name for it."""
    own = {_ROLE_OF_AUDIENCE.get(one.role, one.role): one.name for one in trust.roles}
    return {role: own.get(role, term.label) for role, term in library.vocabulary.roles.items()}


# The policies name roles as audiences (whom a provision speaks to); decisions name them as who agrees.
_ROLE_OF_AUDIENCE = {"slt": "school-leader", "dsl": "safeguarding-lead", "subject-leader": "department-lead"}


def _reading(clause: Clause) -> dict[str, str]:
    return {"id": clause.id, "title": clause.title, "url": clause_url(clause)}


def _provisions(library: Library, trust: Trust) -> dict[str, dict[str, str]]:
    clause_of = {one.ref: clause for clause in trust.clauses for one in clause.provisions}
    provisions = trust.provisions
    wanted = sorted({*cited_refs(trust.positions), *([trust.advice[1].partition("/")[2]] if trust.advice else [])})
    return {provisions[ref].id: _shown(library, provisions[ref], clause_of[ref]) for ref in wanted}


def cited_refs(positions: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield every ref that a position rests on or points to."""
    for decision, position in positions.items():
        for table in DECISIONS[decision].tables:
            for row in position.get(table.name, ()):
                yield from row["cites"]
                for name, field in table.fields.items():
                    if field.kind == "ref" and name in row:
                        yield from listed(row[name])


def _shown(library: Library, provision: Provision, clause: Clause) -> dict[str, str]:
    return {
        "ref": provision.ref,
        "duty": provision.duty,
        "label": library.vocabulary.duties[provision.duty].label,
        "text": provision.text,
        "clause": clause.title,
        "url": provision_url(provision),
    }
