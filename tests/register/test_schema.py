"""Whatever is sent to the API, in its described form or out of it: does it answer as it says, and never break down?

The requests come from the description the register itself gives of its API.
"""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from register import programs
from tests.register.staffed import staffed
from tests.register.world import API, CREATING, NOON, World

EXAMPLES = 8
PROGRAM = "a program"
HOLDS_TO = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=["as described", "otherwise"])
@pytest.mark.parametrize("name", [None, "Ada Teacher", "Theo Administrator", PROGRAM])
def test_the_api_answers_anybody_as_it_says_and_never_breaks_down(
    world: World, name: str | None, mode: GenerationMode
) -> None:
    staffed(world)
    browser = world.browser() if name is None or name == PROGRAM else world.signed_in(name, CREATING)
    headers = {**API, **(key(world) if name == PROGRAM else {})}
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", world.app)
    paths = set()
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]  # a description that cannot be read fails here
        paths.add(operation.path)
        if mode is GenerationMode.NEGATIVE and not [*operation.iter_parameters(), *operation.body]:
            # Where nothing is to be sent, nothing can be sent wrongly.
            continue

        @settings(max_examples=EXAMPLES, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(operation.as_strategy(generation_mode=mode))
        def ask(case: Case[Any]) -> None:
            response = case.call(headers=headers, cookies=dict(browser.cookies))
            case.validate_response(response, checks=HOLDS_TO)

        ask()
    assert {"/api/me", "/api/tickets", "/api/attempts", "/api/rights/check"} <= paths


def key(world: World) -> dict[str, str]:
    """Return what a program sends with each call that has a key of the whole trust."""
    made = programs.new_key()
    with world.database.writing() as db:
        programs.add(db, NOON, None, trust_id=CREATING, school_id=None, name="Scheduler", key=made)
    return {"Authorization": f"Bearer {made}"}
