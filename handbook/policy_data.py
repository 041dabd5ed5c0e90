"""A trust's whole policy as data, and the JSON Schema that says what is in it."""

import re
from html import unescape
from typing import Any

from handbook.addresses import SCHEMA, clause_url, provision_url
from handbook.library import Cited, Clause, Library, Provision, Trust, Vocabulary
from handbook.sources.trusts import DOCUMENT, KINDS
from quiz.courses import canonical
from quiz.decisions import DECISIONS

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TAG = re.compile(r"<[^>]+>")


def policy_files(library: Library) -> dict[str, str]:
    """Return every trust's `policy.json` and the schema they keep to, by their path under docs/handbook."""
    files = {f"{trust.id}/policy.json": canonical(policy_data(trust)) for trust in library.trusts.values()}
    return {**files, SCHEMA.removeprefix("/handbook/"): canonical(policy_schema(library.vocabulary))}


def policy_data(trust: Trust) -> dict[str, Any]:
    """Return a trust's policy: the document, the roles, clause by clause every provision, and the positions."""
    return {
        "$schema": SCHEMA,
        "id": trust.id,
        "name": trust.name,
        "short_name": trust.short_name,
        "kind": trust.kind,
        "parent": trust.parent,
        "motto": _cited(trust.motto) if trust.motto else None,
        "document": {name: _cited(fact) for name, fact in trust.document.items()},
        "roles": [
            {"role": one.role, "name": one.name, "does": one.does, "cites": list(one.cites)} for one in trust.roles
        ],
        "advice": {"to": trust.advice[0], "provision": trust.advice[1]} if trust.advice else None,
        "clauses": [_clause(one) for one in trust.clauses],
        "positions": {one: trust.positions[one] for one in DECISIONS if one in trust.positions},
    }


def _cited(fact: Cited) -> dict[str, Any]:
    return {"value": fact.value, "cites": list(fact.cites)}


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "ref": clause.ref,
        "url": clause_url(clause),
        "title": clause.title,
        "section": clause.section,
        "topic": clause.topic,
        "who": list(clause.who),
        "text": clause.text,
        "notes": [" ".join(unescape(_TAG.sub(" ", one)).split()) for one in clause.notes],
        "provisions": [_provision(one) for one in clause.provisions],
    }


def _provision(provision: Provision) -> dict[str, Any]:
    return {
        "id": provision.id,
        "ref": provision.ref,
        "url": provision_url(provision),
        "duty": provision.duty,
        "topic": provision.topic,
        "who": list(provision.who),
        "text": provision.text,
    }


def policy_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the JSON Schema of `policy.json`; duties, topics and audiences are those of the vocabulary."""
    words = {"type": "string", "minLength": 1}
    refs = {"type": "array", "items": words}
    shared = {
        "id": {**words, "description": "<trust>/<ref>, the same in every address, ruling and record"},
        "ref": {**words, "description": "the number the document itself gives, or a name where it has none"},
        "url": {**words, "description": "the permalink in this handbook"},
        "topic": {"enum": list(vocabulary.topics)},
        "who": {"type": "array", "items": {"enum": list(vocabulary.audiences)}, "minItems": 1},
        "text": {"type": "string", "description": "what it says, restated in plain English"},
    }
    cited = _object({"value": words, "cites": refs})
    provision = _object({**shared, "duty": {"enum": list(vocabulary.duties)}})
    clause = _object(
        {
            **shared,
            "title": words,
            "section": words,
            "notes": {"type": "array", "items": words, "description": "what is odd here, in this handbook's words"},
            "provisions": {"type": "array", "items": {"$ref": "#/$defs/provision"}, "minItems": 1},
        }
    )
    role = _object({"role": {"enum": list(vocabulary.audiences)}, "name": words, "does": words, "cites": refs})
    document = {"type": "object", "properties": {one: {"$ref": "#/$defs/cited"} for one in DOCUMENT}}
    top = _object(
        {
            "$schema": {"const": SCHEMA},
            "id": words,
            "name": words,
            "short_name": words,
            "kind": {"enum": list(KINDS)},
            "parent": {"type": ["string", "null"], "description": "the id of another trust, where the policy names it"},
            "motto": {"oneOf": [{"$ref": "#/$defs/cited"}, {"type": "null"}]},
            "document": {**document, "required": ["title"], "additionalProperties": False},
            "roles": {"type": "array", "items": role},
            "advice": {
                "oneOf": [_object({"to": words, "provision": words}), {"type": "null"}],
                "description": "whom the policy names for doubts",
            },
            "clauses": {"type": "array", "items": {"$ref": "#/$defs/clause"}, "minItems": 1},
            "positions": {
                "type": "object",
                "properties": {one: _position(one) for one in DECISIONS},
                "additionalProperties": False,
                "description": "what the policy decides; a decision left out has not been answered yet",
            },
        }
    )
    return {
        "$schema": DRAFT,
        "$id": SCHEMA,
        "title": "A school trust's social media policy",
        **top,
        "$defs": {"cited": cited, "provision": provision, "clause": clause, "silent": _object({"silent": words})},
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object that has all these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _position(decision: str) -> dict[str, Any]:
    """Return the schema of a position: silent, with a reason, or tables whose rows cite what they rest on."""
    refs = {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1}
    row = {"type": "object", "properties": {"cites": refs, "note": {"type": "string"}}, "required": ["cites"]}
    tables = {table.name: {"type": "array", "items": row} for table in DECISIONS[decision].tables}
    said = {"type": "object", "properties": tables, "additionalProperties": False, "minProperties": 1}
    return {"oneOf": [{"$ref": "#/$defs/silent"}, said]}
