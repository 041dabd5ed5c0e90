"""The one shape of every error of the API, for its description."""

from typing import Any

from pydantic import BaseModel


class Error(BaseModel):
    """Why nothing was done: a code for programs, and a sentence or two for the person."""

    code: str
    says: str


class Failure(BaseModel):
    """What every answer other than 2xx holds."""

    error: Error


FAILURES: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": Failure, "description": "Refused; nothing was recorded."},
    "5XX": {"model": Failure, "description": "It cannot be done just now; the same may be sent again."},
}
