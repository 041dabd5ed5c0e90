"""Every policy as data keeps to the published schema, and the schema is not so loose that anything would."""

import json
from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from handbook.addresses import SCHEMA
from handbook.library import Library
from handbook.policy_data import policy_data, policy_files


@pytest.fixture(scope="module")
def files(library: Library) -> dict[str, Any]:
    return {path: json.loads(words) for path, words in policy_files(library).items()}


@pytest.fixture(scope="module")
def validator(files: dict[str, Any]) -> Draft202012Validator:
    schema = files[SCHEMA.removeprefix("/handbook/")]
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_every_policy_keeps_to_the_schema(
    files: dict[str, Any], validator: Draft202012Validator, library: Library
) -> None:
    for trust in library.trusts:
        assert not list(validator.iter_errors(files[f"{trust}/policy.json"]))


def test_nothing_of_the_policy_is_missing(files: dict[str, Any], library: Library) -> None:
    for trust in library.trusts.values():
        data = files[f"{trust.id}/policy.json"]
        ids = [one["id"] for clause in data["clauses"] for one in clause["provisions"]]
        assert ids == [one.id for one in trust.provisions.values()]
        assert data["positions"].keys() == trust.positions.keys()


def test_remarks_are_plain_text(files: dict[str, Any]) -> None:
    notes = [note for clause in files["lydiate/policy.json"]["clauses"] for note in clause["notes"]]
    assert notes
    assert not [one for one in notes if "<" in one or "&" in one]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["clauses"][0]["provisions"][0].update(duty="shall"),
        lambda data: data["clauses"][0].update(topic="photos"),
        lambda data: data["clauses"][0].pop("title"),
        lambda data: data.update(extra=1),
        lambda data: data["positions"].update({"use-photo": {"consent": [{"needs": ["parent"]}]}}),
        lambda data: data["positions"].update({"use-photo": {"silent": "why", "consent": []}}),
        lambda data: data["positions"].update({"fly-kite": {"silent": "why"}}),
    ],
)
def test_the_schema_refuses_what_is_not_a_policy(
    change: Any, validator: Draft202012Validator, library: Library
) -> None:
    data = deepcopy(json.loads(json.dumps(policy_data(library.trusts["cockburn"]))))
    assert validator.is_valid(data)
    change(data)
    assert not validator.is_valid(data)
